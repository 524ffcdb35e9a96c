// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <curl/curl.h>

#include <cstddef>

#include "http/client/client.hpp"

/// Private to src/http/client.
namespace aisha::http {

/// What a request sends, handed to curl out of the pieces that it lies in. Lives as long as the transfer.
class RequestBody {
 public:
  explicit RequestBody(const Request& request) : request_(request) {}
  RequestBody(const RequestBody&) = delete;
  RequestBody& operator=(const RequestBody&) = delete;

  /// Sets every option of a POST's body: handles are reused.
  void give_to(CURL* curl);

 private:
  static std::size_t on_read(char* target, std::size_t size, std::size_t count, void* self);
  static int on_seek(void* self, curl_off_t offset, int origin);
  std::size_t size() const { return request_.body_head.size() + request_.body.size() + request_.body_tail.size(); }

  const Request& request_;
  std::size_t sent_ = 0;
};

}  // namespace aisha::http
