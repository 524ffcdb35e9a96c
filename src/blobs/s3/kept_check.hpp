// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/s3/client.hpp"

namespace aisha::blobs::s3 {

/// What one object looks like to the server, as far as it says.
struct Kept {
  std::string etag;
  std::string checksum;  ///< SHA-256, base64
  std::optional<std::uint64_t> bytes;
};
/// What a PUT with a `body_sha256` sends.
Kept kept_of(const Call& putting, std::uint64_t bytes);

/// Whether a server keeps what was sent: by its HEAD as long as that tells, else by reading the bytes back, from then
/// on. Loop thread only.
class KeptCheck {
 public:
  explicit KeptCheck(Client& client) : client_(client) {}

  /// False: there is nothing, or something else.
  Task<Result<bool>> is_kept(const Call& putting, Kept sent);
  bool reads_back() const { return reads_back_; }

 private:
  Task<Result<bool>> is_kept_by_reading(Call putting);

  Client& client_;
  bool reads_back_ = false;
};

/// A header's number; 0 when it is none.
std::uint64_t number_of(std::string_view text);

}  // namespace aisha::blobs::s3
