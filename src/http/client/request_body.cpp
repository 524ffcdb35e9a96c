// SPDX-License-Identifier: Apache-2.0
#include "http/client/request_body.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace aisha::http {

RequestBody::RequestBody(const Request& request) : request_(request) {
  if (request.body_file.empty()) {
    return;
  }
  file_ = ::open(request.body_file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info{};
  if (file_ < 0 || ::fstat(file_, &info) != 0) {
    problem_ = errno;
    return;
  }
  file_bytes_ = static_cast<std::size_t>(info.st_size);
  // Read by the loop's thread: the disk has to be ahead of it.
  ::posix_fadvise(file_, 0, 0, POSIX_FADV_SEQUENTIAL);
  ::posix_fadvise(file_, 0, 0, POSIX_FADV_WILLNEED);
}

RequestBody::~RequestBody() {
  if (file_ >= 0) {
    ::close(file_);
  }
}

Result<void> RequestBody::check() const {
  return problem_ == 0 ? Result<void>() : fail(Errc::unavailable, request_.body_file + ": " + std::strerror(problem_));
}

std::size_t RequestBody::size() const {
  return file_bytes_ + request_.body_head.size() + request_.body.size() + request_.body_tail.size();
}

void RequestBody::give_to(CURL* curl) {
  sent_ = 0;
  const bool is_whole = request_.body_head.empty() && request_.body_tail.empty() && request_.body_file.empty();
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, is_whole ? request_.body.c_str() : nullptr);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &RequestBody::on_read);
  curl_easy_setopt(curl, CURLOPT_READDATA, this);
  curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &RequestBody::on_seek);
  curl_easy_setopt(curl, CURLOPT_SEEKDATA, this);
}

std::size_t RequestBody::on_read(char* target, std::size_t size, std::size_t count, void* self) {
  auto& body = *static_cast<RequestBody*>(self);
  if (body.file_ >= 0) {
    return body.read_file(target, size * count);
  }
  std::size_t at = body.sent_;
  for (const std::string* piece : {&body.request_.body_head, &body.request_.body, &body.request_.body_tail}) {
    if (at < piece->size()) {
      const std::size_t bytes = std::min(size * count, piece->size() - at);
      std::copy_n(piece->data() + at, bytes, target);
      body.sent_ += bytes;
      return bytes;
    }
    at -= piece->size();
  }
  return 0;
}

std::size_t RequestBody::read_file(char* target, std::size_t most) {
  ssize_t got = -1;
  do {
    got = ::pread(file_, target, std::min(most, file_bytes_ - sent_), static_cast<off_t>(sent_));
  } while (got < 0 && errno == EINTR);
  if (got < 0 || (got == 0 && sent_ < file_bytes_)) {
    problem_ = got < 0 ? errno : EIO;
    return CURL_READFUNC_ABORT;
  }
  sent_ += static_cast<std::size_t>(got);
  return static_cast<std::size_t>(got);
}

// curl begins again on a new connection when a kept one has died.
int RequestBody::on_seek(void* self, curl_off_t offset, int origin) {
  auto& body = *static_cast<RequestBody*>(self);
  if (origin != SEEK_SET || offset < 0 || static_cast<std::size_t>(offset) > body.size()) {
    return CURL_SEEKFUNC_CANTSEEK;
  }
  body.sent_ = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

}  // namespace aisha::http
