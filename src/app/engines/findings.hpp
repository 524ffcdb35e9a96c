// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

/// What `aisha doctor` sees. A check is a function `Findings check_...(const Config&)` and a line in doctor.cpp; those
/// of the engines stand with them. A check waits seconds at most, throws nothing and tells no secret.
namespace aisha::app {

/// `advice` says what to do about it and is empty when all is well.
struct Finding {
  std::string about;  ///< "database", at most ten characters
  std::string seen;
  std::string advice;
};
using Findings = std::vector<Finding>;

Finding good(std::string about, std::string seen);
Finding bad(std::string about, std::string seen, std::string advice);

/// This machine's clock against that of `whose` ("Telegram"), read just now.
Finding compare_clocks(std::string_view whose, std::chrono::system_clock::time_point theirs);

/// Free space where `folder` lies, which is made when it is missing.
Finding check_folder(std::string about, const std::string& folder);

}  // namespace aisha::app
