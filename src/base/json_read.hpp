// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// The reading half of the mapper; include base/json.hpp.
namespace aisha::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

namespace detail {

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsMap = false;
template <class T>
inline constexpr bool kIsMap<std::map<std::string, T>> = true;

struct Problem {
  std::string path;
  std::string text;
};

constexpr std::string_view key_of(std::string_view member) {
  return member.ends_with('_') ? member.substr(0, member.size() - 1) : member;
}

template <class T>
bool read(const Value& in, T& out, Problem& problem);

inline bool refuse(Problem& problem, const char* text) {
  problem.text = text;
  return false;
}

template <class T>
bool read_number(const Value& in, T& out, Problem& problem) {
  boost::system::error_code ec;
  out = in.to_number<T>(ec);
  return !ec || refuse(problem, std::is_integral_v<T> ? "expected integer in range" : "expected number");
}

template <class T>
bool read_elements(const Value& in, T& out, Problem& problem) {
  if (!in.is_array()) {
    return refuse(problem, "expected array");
  }
  const Array& items = in.get_array();
  out.clear();
  out.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    typename T::value_type element{};
    if (!read(items[i], element, problem)) {
      problem.path = "[" + std::to_string(i) + "]" + problem.path;
      return false;
    }
    out.push_back(std::move(element));
  }
  return true;
}

template <class T>
bool read_members(const Value& in, T& out, Problem& problem) {
  if (!in.is_object()) {
    return refuse(problem, "expected object");
  }
  const Object& object = in.get_object();
  bool ok = true;
  using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    if (!ok) {
      return;
    }
    auto& target = out.*member.pointer;
    const std::string_view key = key_of(member.name);
    const auto* found = object.if_contains(key);
    if (found == nullptr) {
      if constexpr (!kIsOptional<std::remove_reference_t<decltype(target)>>) {
        ok = refuse(problem, "missing");
        problem.path = "." + std::string(key);
      }
      return;
    }
    if (!read(*found, target, problem)) {
      ok = false;
      problem.path = "." + std::string(key) + problem.path;
    }
  });
  return ok;
}

template <class T>
bool read(const Value& in, T& out, Problem& problem) {
  if constexpr (kIsOptional<T>) {
    if (in.is_null()) {
      out.reset();
      return true;
    }
    return read(in, out.emplace(), problem);
  } else if constexpr (std::is_same_v<T, Value>) {
    out = in;
    return true;
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!in.is_bool()) {
      return refuse(problem, "expected bool");
    }
    out = in.get_bool();
    return true;
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!in.is_string()) {
      return refuse(problem, "expected string");
    }
    out.assign(in.get_string().data(), in.get_string().size());
    return true;
  } else if constexpr (std::is_arithmetic_v<T>) {
    return read_number(in, out, problem);
  } else if constexpr (std::is_enum_v<T>) {
    return (in.is_string() && boost::describe::enum_from_string(in.get_string().c_str(), out)) ||
           refuse(problem, "unknown value");
  } else if constexpr (kIsVector<T>) {
    return read_elements(in, out, problem);
  } else if constexpr (kIsMap<T>) {
    if (!in.is_object()) {
      return refuse(problem, "expected object");
    }
    for (const auto& pair : in.get_object()) {
      if (!read(pair.value(), out[std::string(pair.key())], problem)) {
        return false;
      }
    }
    return true;
  } else {
    return read_members(in, out, problem);
  }
}

}  // namespace detail

}  // namespace aisha::json
