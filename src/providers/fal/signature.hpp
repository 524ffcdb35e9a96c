// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "providers/webhook.hpp"

/// How fal signs its webhooks (docs.fal.ai, "Webhooks"): Ed25519 over request id, user id, timestamp and the SHA-256 of
/// the body, a line each. No I/O here.
namespace aisha::providers::fal {

using PublicKey = std::array<std::uint8_t, 32>;
using RawSignature = std::array<std::uint8_t, 64>;

/// The Ed25519 keys of a JSON Web Key Set, with or without padding; keys of other kinds are skipped. Empty when there
/// are none.
std::vector<PublicKey> read_jwks(std::string_view text);

/// The signed part of a call.
struct SignedCall {
  std::string message;
  RawSignature signature{};
};

/// Errc::fal_bad_signature (a header is missing or has no such form), Errc::fal_stale (timestamp not within 300 s of
/// `now`). Cheap: the body is hashed only when all headers have their form.
Result<SignedCall> read_signed(const WebhookCall& call, TimePoint now);

bool is_signed_by(const SignedCall& call, const PublicKey& key);

}  // namespace aisha::providers::fal
