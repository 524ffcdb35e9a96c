// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/signature.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "base/encoding.hpp"
#include "base/json.hpp"

namespace aisha::providers::fal {
namespace {

constexpr std::int64_t kWindowSeconds = 300;
constexpr std::size_t kMostKeys = 16;

std::string_view text_at(const json::Object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::string_view header(const WebhookCall& call, const char* name) {
  const auto found = call.headers.find(name);
  return found == call.headers.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::int64_t> seconds_of(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && out >= 0 ? std::optional(out) : std::nullopt;
}

}  // namespace

std::vector<PublicKey> read_jwks(std::string_view text) {
  std::vector<PublicKey> keys;
  const auto value = json::parse(text);
  const auto* root = value ? value->if_object() : nullptr;
  const auto* listed = root != nullptr ? root->if_contains("keys") : nullptr;
  if (listed == nullptr || !listed->is_array()) {
    return keys;
  }
  for (const auto& item : listed->get_array()) {
    const auto* jwk = item.if_object();
    if (jwk == nullptr || text_at(*jwk, "kty") != "OKP" || text_at(*jwk, "crv") != "Ed25519") {
      continue;
    }
    const auto bytes = encoding::from_base64url(text_at(*jwk, "x"));
    if (bytes && bytes->size() == PublicKey().size() && keys.size() < kMostKeys) {
      std::ranges::copy(*bytes, keys.emplace_back().begin());
    }
  }
  return keys;
}

Result<SignedCall> read_signed(const WebhookCall& call, TimePoint now) {
  const std::string_view request = header(call, "x-fal-webhook-request-id");
  const std::string_view user = header(call, "x-fal-webhook-user-id");
  const std::string_view timestamp = header(call, "x-fal-webhook-timestamp");
  const auto signature = encoding::from_hex(header(call, "x-fal-webhook-signature"));
  SignedCall out;
  if (request.empty() || user.empty() || timestamp.empty() || !signature || signature->size() != out.signature.size()) {
    return fail(Errc::fal_bad_signature, "a header of the signature is missing or has another form");
  }
  const auto seconds = seconds_of(timestamp);
  const std::int64_t ours = epoch_ms(now) / 1000;
  if (!seconds || *seconds < ours - kWindowSeconds || *seconds > ours + kWindowSeconds) {
    return fail(Errc::fal_stale, "the timestamp is not within 300 s of this machine's clock");
  }
  std::ranges::copy(*signature, out.signature.begin());
  out.message = fmt::format("{}\n{}\n{}\n{}", request, user, timestamp, encoding::sha256_hex(call.body));
  return out;
}

bool is_signed_by(const SignedCall& call, const PublicKey& key) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> open(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()), &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!open || !context || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, open.get()) != 1) {
    return false;
  }
  const auto* message = reinterpret_cast<const unsigned char*>(call.message.data());
  return EVP_DigestVerify(context.get(), call.signature.data(), call.signature.size(), message, call.message.size()) ==
         1;
}

}  // namespace aisha::providers::fal
