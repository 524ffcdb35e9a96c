// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aisha::sandbox::fal {

/// Signs webhooks as fal does: Ed25519 over "request id \n user id \n timestamp \n lower-case hex SHA-256 of the body".
class Signer {
 public:
  /// The key is derived from `secret`: the same one after a restart.
  explicit Signer(std::string_view secret);
  /// From the 32 bytes of an RFC 8032 private key.
  static Signer from_seed(std::string_view seed32);

  /// The four X-Fal-Webhook-* headers. `timestamp` in seconds since the epoch.
  std::vector<std::pair<std::string, std::string>> headers(std::string_view request_id, std::string_view user_id,
                                                           std::int64_t timestamp, std::string_view body) const;
  /// {"keys":[{"kty":"OKP","crv":"Ed25519","x":...,"kid":...}]}
  std::string jwks() const;

 private:
  Signer() = default;
  std::array<std::uint8_t, 32> seed_{};
};

}  // namespace aisha::sandbox::fal
