// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Text forms of bytes. Binary data is a std::string throughout the product.
namespace aisha::encoding {

std::string hex(std::span<const std::uint8_t> bytes);
std::string hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);

/// RFC 4648 §5, without padding; decoding accepts padding and refuses anything else.
std::string base64url(std::span<const std::uint8_t> bytes);
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);
/// RFC 4648 §4, padded; decoding also accepts the unpadded form.
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

/// Percent-encoding of everything but RFC 3986 unreserved characters.
std::string percent_encode(std::string_view text);
/// Decodes %XX; with `plus_is_space` also '+'. Empty on a broken sequence.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

std::array<std::uint8_t, 32> sha256(std::string_view bytes);
/// Lower-case hex of SHA-256.
std::string sha256_hex(std::string_view bytes);
std::array<std::uint8_t, 32> hmac_sha256(std::string_view key, std::string_view message);
/// Comparison whose time does not depend on where the texts differ.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace aisha::encoding
