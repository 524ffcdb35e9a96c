// SPDX-License-Identifier: Apache-2.0
#include "sandbox/bot_token.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/encoding.hpp"
#include "base/rng.hpp"

namespace aisha::sandbox {
namespace {

std::string new_token(std::uint64_t seed) {
  SeededRng by_seed(seed);
  SystemRng random;
  std::array<std::uint8_t, 26> secret{};
  random.fill(secret);
  return fmt::format("{}:{}", 7'000'000'000ULL + by_seed.below(999'999'999),
                     "A" + encoding::base64url(secret).substr(0, 34));
}

std::unexpected<Error> cannot(std::string_view verb, const std::filesystem::path& file) {
  return fail(Errc::start_failed, fmt::format("cannot {} {}: {}", verb, file.string(), std::strerror(errno)));
}

}  // namespace

Result<std::string> demo_token(const std::filesystem::path& file, std::uint64_t seed) {
  if (file.empty()) {
    return new_token(seed);
  }
  if (std::filesystem::exists(file)) {
    std::ifstream in(file);
    std::string token;
    if (!(in >> token) || token.find(':') == std::string::npos) {
      return fail(Errc::start_failed, fmt::format("{} holds no bot token", file.string()));
    }
    return token;
  }
  std::string token = new_token(seed);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    return cannot("create", file);
  }
  const std::string line = token + "\n";
  const bool written = ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  ::close(fd);
  if (!written) {
    return cannot("write", file);
  }
  return token;
}

}  // namespace aisha::sandbox
