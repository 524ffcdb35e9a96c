// SPDX-License-Identifier: Apache-2.0
#include "http/client/request_body.hpp"

#include <algorithm>
#include <cstdio>

namespace aisha::http {

void RequestBody::give_to(CURL* curl) {
  sent_ = 0;
  const bool is_whole = request_.body_head.empty() && request_.body_tail.empty();
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
