// SPDX-License-Identifier: Apache-2.0
#include "services/people/lora_file.hpp"

#include <cstdint>
#include <fstream>

#include "base/json.hpp"

namespace aisha::services {
namespace {

constexpr std::size_t kLength = 8;
constexpr std::uint64_t kLongestHeader = 1U << 20U;

std::unexpected<Error> no_lora(std::string_view why) {
  return fail(Errc::option_out_of_range, "what lies there is no LoRA: " + std::string(why));
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t out = 0;
  for (std::size_t i = kLength; i > 0; --i) {
    out = out << 8U | static_cast<unsigned char>(bytes[i - 1]);
  }
  return out;
}

}  // namespace

Result<void> check_lora_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(Errc::unavailable, path + ": cannot be read");
  }
  std::string head(kLength, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  const std::uint64_t length = file ? little_endian(head) : 0;
  if (length == 0 || length > kLongestHeader) {
    return no_lora("it does not begin with the header of a safetensors file");
  }
  std::string header(length, '\0');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  const auto parsed = file ? json::parse(header) : Result<json::Value>(fail(Errc::unavailable));
  if (!parsed || !parsed->is_object()) {
    return no_lora(file ? "the header of its safetensors file is no JSON object" : "the file ends within its header");
  }
  return {};
}

}  // namespace aisha::services
