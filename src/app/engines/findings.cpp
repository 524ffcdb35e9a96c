// SPDX-License-Identifier: Apache-2.0
#include "app/engines/findings.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

namespace aisha::app {
namespace {

constexpr std::uintmax_t kLowDisk = 1ULL << 30U;
// Presigned requests of an object store are refused from 15 min on, webhook signatures from 5 min on.
constexpr std::chrono::seconds kClockTolerance{30};

}  // namespace

Finding good(std::string about, std::string seen) {
  return {std::move(about), std::move(seen), ""};
}

Finding bad(std::string about, std::string seen, std::string advice) {
  return {std::move(about), std::move(seen), std::move(advice)};
}

Finding compare_clocks(std::string_view whose, std::chrono::system_clock::time_point theirs) {
  const auto ours = std::chrono::system_clock::now();
  const auto apart = std::chrono::round<std::chrono::seconds>(ours > theirs ? ours - theirs : theirs - ours);
  std::string seen = fmt::format("{} s from {}'s", apart.count(), whose);
  return apart <= kClockTolerance ? good("clock", std::move(seen))
                                  : bad("clock", std::move(seen), "set the clocks, e.g. with chrony");
}

Finding check_folder(std::string about, const std::string& folder) {
  std::error_code ec;
  std::filesystem::create_directories(folder, ec);
  const auto space = std::filesystem::space(folder, ec);
  if (ec || ::access(folder.c_str(), W_OK) != 0) {
    return bad(std::move(about), folder + " cannot be written", "make the folder writable for this user");
  }
  std::string seen = fmt::format("{}: {} MiB free", folder, space.available >> 20U);
  return space.available > kLowDisk ? good(std::move(about), std::move(seen))
                                    : bad(std::move(about), std::move(seen), "free disk space: under 1 GiB is left");
}

}  // namespace aisha::app
