// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/wire.hpp"

#include <fmt/format.h>

#include <bit>
#include <chrono>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "base/encoding.hpp"

namespace aisha::sql::postgres {
namespace {

constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kFloat4 = 700;
constexpr Oid kFloat8 = 701;
constexpr Oid kTimestamp = 1114;
constexpr Oid kTimestamptz = 1184;
constexpr Oid kNumeric = 1700;
constexpr Oid kUuid = 2950;
constexpr Oid kJsonb = 3802;

/// Timestamps count microseconds from 2000-01-01.
constexpr std::int64_t kEpochMs = 946'684'800'000;

std::string big_endian(std::uint64_t value) {
  std::string out(8, '\0');
  for (int i = 7; i >= 0; --i) {
    out[static_cast<std::size_t>(i)] = static_cast<char>(value & 0xFFU);
    value >>= 8U;
  }
  return out;
}

std::uint64_t unsigned_of(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) {
    value = (value << 8U) | static_cast<std::uint8_t>(c);
  }
  return value;
}

/// Two's complement of any width up to eight bytes.
std::int64_t signed_of(std::string_view bytes) {
  const auto shift = 8U * (8U - static_cast<unsigned>(bytes.size()));
  return static_cast<std::int64_t>(unsigned_of(bytes) << shift) >> shift;
}

void expect(std::string_view bytes, std::size_t size, const char* type) {
  if (bytes.size() != size) {
    throw std::logic_error(fmt::format("a {} of {} bytes from the server", type, bytes.size()));
  }
}

Uuid uuid_of(std::string_view bytes) {
  expect(bytes, 16, "uuid");
  Uuid id;
  std::memcpy(id.bytes.data(), bytes.data(), id.bytes.size());
  return id;
}

TimePoint time_of(std::string_view bytes) {
  expect(bytes, 8, "timestamp");
  const std::chrono::microseconds since(signed_of(bytes));
  return std::chrono::floor<Millis>(std::chrono::sys_time<std::chrono::microseconds>(since)) + Millis(kEpochMs);
}

/// sum(bigint) is numeric: groups of four decimal digits (utils/adt/numeric.c, numeric_send).
Value number_of(std::string_view bytes) {
  if (bytes.size() < 8 || bytes.size() % 2 != 0) {
    throw std::logic_error("a broken numeric from the server");
  }
  const auto half = [bytes](std::size_t i) { return static_cast<int>(signed_of(bytes.substr(i * 2, 2))); };
  const int digits = half(0);
  const int weight = half(1);
  const int sign = static_cast<int>(unsigned_of(bytes.substr(4, 2)));
  if (sign != 0 && sign != 0x4000) {
    return std::nan("");
  }
  double real = 0;
  std::int64_t whole = 0;
  for (int i = 0; i < digits; ++i) {
    const int digit = half(4 + static_cast<std::size_t>(i));
    real += digit * std::pow(10'000.0, weight - i);
    whole = i <= weight ? whole * 10'000 + digit : whole;
  }
  for (int i = digits; i <= weight; ++i) {
    whole *= 10'000;
  }
  const bool negative = sign != 0;
  if (digits > weight + 1 || weight > 3) {
    return negative ? -real : real;
  }
  return negative ? -whole : whole;
}

struct ToText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(std::int64_t v) const { return std::to_string(v); }
  std::string operator()(double v) const { return fmt::format("{}", v); }
  std::string operator()(const std::string& v) const { return v; }
  std::string operator()(const Bytes& v) const { return "\\x" + encoding::hex(v.data); }
  std::string operator()(bool v) const { return v ? "t" : "f"; }
  std::string operator()(const Uuid& v) const { return v.to_string(); }
  std::string operator()(TimePoint v) const { return to_iso8601(v); }
};

struct ToBinary {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(std::int64_t v) const { return big_endian(static_cast<std::uint64_t>(v)); }
  std::string operator()(double v) const { return big_endian(std::bit_cast<std::uint64_t>(v)); }
  std::string operator()(const std::string& v) const { return v; }
  std::string operator()(const Bytes& v) const { return v.data; }
  std::string operator()(bool v) const { return std::string(1, v ? '\1' : '\0'); }
  std::string operator()(const Uuid& v) const {
    return {reinterpret_cast<const char*>(v.bytes.data()), v.bytes.size()};
  }
  std::string operator()(TimePoint v) const {
    return big_endian(static_cast<std::uint64_t>((epoch_ms(v) - kEpochMs) * 1'000));
  }
};

}  // namespace

Oid declared_type(const Value& value) {
  static constexpr Oid kTypes[] = {0, kInt8, kFloat8, 0, kBytea, kBool, kUuid, kTimestamptz};
  return kTypes[value.data().index()];
}

Parameter encode(const Value& value, Oid declared) {
  Parameter out;
  out.null = value.is_null();
  out.binary = declared != 0 && declared == declared_type(value);
  out.data = out.binary ? std::visit(ToBinary{}, value.data()) : std::visit(ToText{}, value.data());
  return out;
}

Value decode(Oid type, std::string_view bytes) {
  switch (type) {
    case kBool: return !bytes.empty() && bytes[0] != '\0';
    case kInt2:
    case kInt4:
    case kInt8: return signed_of(bytes);
    case kFloat4: return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(unsigned_of(bytes))));
    case kFloat8: return std::bit_cast<double>(unsigned_of(bytes));
    case kBytea: return Bytes{std::string(bytes)};
    case kUuid: return uuid_of(bytes);
    case kTimestamp:
    case kTimestamptz: return time_of(bytes);
    case kNumeric: return number_of(bytes);
    case kJsonb: return bytes.substr(bytes.empty() ? 0 : 1);  // a version byte comes first
    default: return bytes;
  }
}

}  // namespace aisha::sql::postgres
