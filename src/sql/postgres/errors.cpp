// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace aisha::sql::postgres {
namespace {

/// Conditions of the server or the way to it, by class or whole code. 55P03 and 57014: a lock or a statement took too
/// long; 53: resources; 57P: shutting down; 58: its disk.
constexpr std::array<std::string_view, 9> kOutages = {"08", "53", "57", "58", "55P03", "25006", "25P03", "XX", "28"};

bool is_outage(std::string_view state) {
  if (state == "08P01") {
    return false;  // we broke the protocol: a wrong number of parameters
  }
  return state.empty() ||
         std::ranges::any_of(kOutages, [&](std::string_view known) { return state.starts_with(known); });
}

}  // namespace

bool is_worth_repeating(const Failure& failure) {
  return failure.state == "40P01" || failure.state == "40001";
}

bool is_wrong_count(const Failure& failure) {
  return failure.state == "22012";
}

bool is_read_only(const Failure& failure) {
  return failure.state == "25006";
}

std::exception_ptr exception_of(const Failure& failure, const Statement& statement) {
  if (failure.state == "53100") {
    return std::make_exception_ptr(Outage(Errc::disk_full, failure.message));
  }
  if (is_outage(failure.state) || is_worth_repeating(failure)) {
    return std::make_exception_ptr(Outage(Errc::unavailable, failure.message));
  }
  const std::string what = fmt::format("{} ({}): {}", failure.message, failure.state, statement.text.c_str());
  if (failure.state.starts_with("23")) {
    return std::make_exception_ptr(ConstraintViolation(what));
  }
  return std::make_exception_ptr(std::logic_error(what));
}

}  // namespace aisha::sql::postgres
