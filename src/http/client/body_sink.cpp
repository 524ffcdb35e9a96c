// SPDX-License-Identifier: Apache-2.0
#include "http/client/body_sink.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace aisha::http {
namespace {

std::unexpected<Error> failed(const std::string& path, int problem) {
  const bool is_full = problem == ENOSPC || problem == EDQUOT || problem == EFBIG;
  return fail(is_full ? Errc::disk_full : Errc::unavailable, path + ": " + std::strerror(problem));
}

}  // namespace

Result<void> DigestSink::begin() {
  digester_.begin();
  return {};
}

Result<void> DigestSink::take(std::string_view piece) {
  digester_.add(piece);
  return {};
}

FileSink::~FileSink() {
  if (file_ >= 0) {
    ::close(file_);
    if (!is_kept_) {
      ::unlink(path_.c_str());
    }
  }
}

Result<void> FileSink::begin() {
  if (file_ < 0) {
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  }
  if (file_ < 0 || ::ftruncate(file_, 0) != 0 || ::lseek(file_, 0, SEEK_SET) != 0) {
    return failed(path_, errno);
  }
  return DigestSink::begin();
}

Result<void> FileSink::take(std::string_view piece) {
  std::string_view left = piece;
  while (!left.empty()) {
    const ssize_t written = ::write(file_, left.data(), left.size());
    if (written < 0 && errno != EINTR) {
      return failed(path_, errno);
    }
    left.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
  }
  return DigestSink::take(piece);
}

}  // namespace aisha::http
