// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.hpp"

namespace aisha::sandbox {

/// The demo bot's token: read from `file`, or made (id by the seed, the rest random) and kept there with mode 0600.
/// With an empty path a fresh one that nobody keeps. Errc::start_failed names the file.
Result<std::string> demo_token(const std::filesystem::path& file, std::uint64_t seed);

}  // namespace aisha::sandbox
