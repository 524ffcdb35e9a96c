// SPDX-License-Identifier: Apache-2.0
#include "base/hashing.hpp"

#include <openssl/evp.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <span>
#include <stdexcept>

#include "base/encoding.hpp"

namespace aisha {
namespace {

constexpr std::size_t kPiece = 256U << 10U;

}  // namespace

void Digester::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Digester::Digester() : context_(EVP_MD_CTX_new()) {
  begin();
}

void Digester::begin() {
  if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  bytes_ = 0;
}

void Digester::add(std::string_view piece) {
  EVP_DigestUpdate(context_.get(), piece.data(), piece.size());
  bytes_ += piece.size();
}

Digest Digester::finish() {
  std::array<unsigned char, 32> digest{};
  EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
  Digest out{bytes_, encoding::hex(std::span<const std::uint8_t>(digest))};
  begin();
  return out;
}

Task<std::string> sha256_in_pieces(const std::string& bytes) {
  Digester digester;
  const auto executor = co_await boost::asio::this_coro::executor;
  const std::string_view all(bytes);
  for (std::size_t at = 0; at < all.size(); at += kPiece) {
    digester.add(all.substr(at, kPiece));
    if (at + kPiece < all.size()) {
      co_await boost::asio::post(executor, boost::asio::use_awaitable);
    }
  }
  Digest digest = digester.finish();
  co_return std::move(digest.sha256);
}

}  // namespace aisha
