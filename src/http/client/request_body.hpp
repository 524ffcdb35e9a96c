// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <curl/curl.h>

#include <cstddef>
#include <string_view>

#include "http/client/client.hpp"

/// Private to src/http/client.
namespace aisha::http {

/// What a request sends, handed to curl out of the pieces that it lies in. Lives as long as the transfer.
class RequestBody {
 public:
  explicit RequestBody(const Request& request);
  RequestBody(const RequestBody&) = delete;
  RequestBody& operator=(const RequestBody&) = delete;
  ~RequestBody();

  bool is_empty() const { return size() == 0 && request_.body_file.empty(); }
  /// Errc::unavailable: its file cannot be read.
  Result<void> check() const;

  /// Sets every option of a POST's body: handles are reused.
  void give_to(CURL* curl);

 private:
  static std::size_t on_read(char* target, std::size_t size, std::size_t count, void* self);
  static int on_seek(void* self, curl_off_t offset, int origin);
  std::size_t size() const;
  std::size_t read_file(char* target, std::size_t most);

  const Request& request_;
  std::size_t sent_ = 0;
  int file_ = -1;
  std::size_t file_bytes_ = 0;
  int problem_ = 0;  ///< errno of opening or reading it
};

}  // namespace aisha::http
