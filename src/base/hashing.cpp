// SPDX-License-Identifier: Apache-2.0
#include "base/hashing.hpp"

#include <openssl/evp.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <span>
#include <stdexcept>

#include "base/encoding.hpp"

namespace aisha {
namespace {

constexpr std::size_t kPiece = 256U << 10U;

}  // namespace

Task<std::string> sha256_in_pieces(const std::string& bytes) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  const auto executor = co_await boost::asio::this_coro::executor;
  for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
    EVP_DigestUpdate(context.get(), bytes.data() + at, std::min(kPiece, bytes.size() - at));
    if (at + kPiece < bytes.size()) {
      co_await boost::asio::post(executor, boost::asio::use_awaitable);
    }
  }
  std::array<unsigned char, 32> digest{};
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  co_return encoding::hex(std::span<const std::uint8_t>(digest));
}

}  // namespace aisha
