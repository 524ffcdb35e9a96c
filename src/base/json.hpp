// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/error.hpp"
#include "base/json_read.hpp"

/// JSON <-> described structs (BOOST_DESCRIBE_STRUCT). Unknown keys are ignored, an optional member may be absent or
/// null, any other member is required. On writing an empty optional is left out. A member that is a C++ keyword or
/// clashes ends in an underscore (`from_`), which the mapper drops.
namespace aisha::json {

/// Parses a whole text; depth at most 32. Errc::update_malformed with the offset on bad input.
Result<Value> parse(std::string_view text);
/// The same for a value that is read and dropped: all its parts share one growing block that is freed as a whole, which
/// costs a fifth less. Whatever is changed or taken out of it keeps the whole block.
Result<Value> parse_briefly(std::string_view text);
std::string serialize(const Value& value);

/// Errc::update_malformed names the path, e.g. ".callback_query.message.chat.id: expected integer in range".
template <class T>
Result<T> decode(const Value& value) {
  T out{};
  detail::Problem problem;
  if (!detail::read(value, out, problem)) {
    return fail(Errc::update_malformed, problem.path + ": " + problem.text);
  }
  return out;
}

template <class T>
Result<T> decode(std::string_view text) {
  const auto value = parse_briefly(text);
  if (!value) {
    return std::unexpected(value.error());
  }
  return decode<T>(*value);
}

template <class T>
Value encode(const T& in) {
  if constexpr (detail::kIsOptional<T>) {
    return in ? encode(*in) : Value(nullptr);
  } else if constexpr (std::is_same_v<T, Value>) {
    return in;
  } else if constexpr (std::is_enum_v<T>) {
    return Value(boost::describe::enum_to_string(in, ""));
  } else if constexpr (detail::kIsVector<T>) {
    Array out;
    out.reserve(in.size());
    for (const auto& element : in) {
      out.push_back(encode(element));
    }
    return out;
  } else if constexpr (detail::kIsMap<T>) {
    Object out;
    for (const auto& [key, element] : in) {
      out.emplace(key, encode(element));
    }
    return out;
  } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
    return Value(in);
  } else {
    Object out;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
      const auto& source = in.*member.pointer;
      if constexpr (detail::kIsOptional<std::remove_cvref_t<decltype(source)>>) {
        if (!source) {
          return;
        }
      }
      out.emplace(detail::key_of(member.name), encode(source));
    });
    return out;
  }
}

template <class T>
std::string encode_text(const T& in) {
  return aisha::json::serialize(encode(in));
}

}  // namespace aisha::json
