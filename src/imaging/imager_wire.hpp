// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "imaging/picture_types.hpp"
#include "imaging/sniff.hpp"

/// What the product and its imager child say to each other: one request, one answer, each a frame of a little-endian
/// 32-bit length and that many bytes. Both ends are of the same build.
namespace aisha::imaging::wire {

/// Room for a contact sheet's pictures; a longer frame means a broken peer.
inline constexpr std::uint32_t kMaxFrame = 512U << 20U;
inline constexpr std::size_t kLengthBytes = 4;
/// Descriptor on which the child finds its socket.
inline constexpr int kChildSocket = 3;

enum class Operation : std::uint8_t { inspect = 1, contact_sheet = 2, resize = 3, chart = 4, photo = 5 };

struct Request {
  Operation operation = Operation::inspect;
  std::uint32_t cpu_ms = 0;  ///< allowance of this request
  PictureLimits limits;
  std::string picture;  ///< inspect, photo, resize
  ResizeSpec resize;
  SheetSpec sheet;  ///< contact_sheet
  ChartSpec chart;  ///< chart
};

/// Exactly one member is meaningful, by the operation, unless `error` is set.
struct Answer {
  std::optional<Error> error;
  Inspection inspection;
  PhotoReport photo;
  std::string bytes;
};

/// Frame bodies; the length goes in front separately.
std::string encode(const Request& request);
std::string encode(const Answer& answer);
/// nullopt for anything that `encode` does not make.
std::optional<Request> decode_request(std::string_view body);
std::optional<Answer> decode_answer(std::string_view body);

std::string length_prefix(std::size_t bytes);
std::uint32_t read_length(std::string_view prefix);

}  // namespace aisha::imaging::wire
