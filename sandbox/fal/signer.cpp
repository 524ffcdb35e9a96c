// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/signer.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "base/encoding.hpp"

namespace aisha::sandbox::fal {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Key key_of(const std::array<std::uint8_t, 32>& seed) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()), &EVP_PKEY_free);
  if (!key) {
    throw std::runtime_error("OpenSSL has no Ed25519");
  }
  return key;
}

std::string sign(const std::array<std::uint8_t, 32>& seed, std::string_view message) {
  const Key key = key_of(seed);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::array<std::uint8_t, 64> signature{};
  std::size_t size = signature.size();
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, bytes, message.size()) != 1) {
    throw std::runtime_error("cannot sign a webhook");
  }
  return encoding::hex(signature);
}

}  // namespace

Signer::Signer(std::string_view secret) : seed_(encoding::sha256(secret)) {}

Signer Signer::from_seed(std::string_view seed32) {
  Signer signer;
  std::copy_n(seed32.begin(), std::min(seed32.size(), signer.seed_.size()), signer.seed_.begin());
  return signer;
}

std::vector<std::pair<std::string, std::string>> Signer::headers(std::string_view request_id, std::string_view user_id,
                                                                 std::int64_t timestamp, std::string_view body) const {
  const std::string message = fmt::format("{}\n{}\n{}\n{}", request_id, user_id, timestamp, encoding::sha256_hex(body));
  return {{"X-Fal-Webhook-Request-Id", std::string(request_id)},
          {"X-Fal-Webhook-User-Id", std::string(user_id)},
          {"X-Fal-Webhook-Timestamp", fmt::format("{}", timestamp)},
          {"X-Fal-Webhook-Signature", sign(seed_, message)}};
}

std::string Signer::jwks() const {
  const Key key = key_of(seed_);
  std::array<std::uint8_t, 32> open{};
  std::size_t size = open.size();
  EVP_PKEY_get_raw_public_key(key.get(), open.data(), &size);
  const std::string kid = encoding::sha256_hex(encoding::hex(open)).substr(0, 16);
  return fmt::format(R"({{"keys":[{{"kty":"OKP","crv":"Ed25519","x":"{}","kid":"{}"}}]}})", encoding::base64url(open),
                     kid);
}

}  // namespace aisha::sandbox::fal
