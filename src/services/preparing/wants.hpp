// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace aisha::services {

/// An object of the bucket of pictures that goes into a job's input by its address at the provider.
struct WantedFile {
  std::string at;    ///< JSON Pointer (RFC 6901) to its place in the input: "/image_urls/0"
  std::string key;   ///< of the object
  std::string type;  ///< "image/jpeg"
};

/// What is done before a job can be submitted, words before files.
struct Wants {
  std::vector<WantedFile> files;
  std::string words;  ///< "translate" or "enhance"; "" = they are sent as they are

  bool empty() const { return files.empty() && words.empty(); }
};

/// What stands in the input for a file until its address is known.
std::string stand_in(std::size_t n);
/// Where a stand-in was written to, as `WantedFile::at`; "" = the model does not take that file.
std::string place_of(const json::Object& input, const std::string& stand_in);

/// As `jobs.wants` keeps it: JSON, "" for nothing.
std::string write_wants(const Wants& wants);
/// Errors: update_malformed.
Result<Wants> read_wants(std::string_view text);

}  // namespace aisha::services
