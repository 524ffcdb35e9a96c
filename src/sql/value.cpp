// SPDX-License-Identifier: Apache-2.0
#include "sql/value.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace aisha::sql {
namespace {

[[noreturn]] void mismatch(std::size_t column, const char* wanted, const Value& found) {
  static constexpr const char* kKinds[] = {"NULL", "integer", "real", "text", "bytes", "bool", "uuid", "time"};
  throw std::logic_error(fmt::format("column {}: {} wanted, {} found", column, wanted, kKinds[found.data().index()]));
}

const std::string kNoText;

}  // namespace

const Value& Row::at(std::size_t column) const {
  if (column >= count_) {
    throw std::logic_error(fmt::format("column {} of a row of {}", column, count_));
  }
  return cells_[column];
}

std::int64_t Row::i64(std::size_t column) const {
  const Value& cell = at(column);
  if (const auto* v = std::get_if<std::int64_t>(&cell.data())) {
    return *v;
  }
  mismatch(column, "integer", cell);
}

double Row::real(std::size_t column) const {
  const Value& cell = at(column);
  if (const auto* v = std::get_if<double>(&cell.data())) {
    return *v;
  }
  return static_cast<double>(i64(column));
}

bool Row::boolean(std::size_t column) const {
  const Value& cell = at(column);
  if (const auto* v = std::get_if<bool>(&cell.data())) {
    return *v;
  }
  return i64(column) != 0;  // SQLite keeps flags as numbers
}

const std::string& Row::text(std::size_t column) const {
  const Value& cell = at(column);
  if (const auto* v = std::get_if<std::string>(&cell.data())) {
    return *v;
  }
  if (cell.is_null()) {
    return kNoText;
  }
  mismatch(column, "text", cell);
}

const std::string& Row::bytes(std::size_t column) const {
  const Value& cell = at(column);
  if (const auto* v = std::get_if<Bytes>(&cell.data())) {
    return v->data;
  }
  mismatch(column, "bytes", cell);
}

Uuid Row::uuid(std::size_t column) const {
  const Value& cell = at(column);
  if (const auto* v = std::get_if<Uuid>(&cell.data())) {
    return *v;
  }
  mismatch(column, "uuid", cell);
}

TimePoint Row::time(std::size_t column) const {
  const Value& cell = at(column);
  if (const auto* v = std::get_if<TimePoint>(&cell.data())) {
    return *v;
  }
  return from_epoch_ms(i64(column));  // SQLite keeps times as numbers
}

std::optional<std::int64_t> Row::opt_i64(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(i64(column));
}

std::optional<Uuid> Row::opt_uuid(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(uuid(column));
}

std::optional<TimePoint> Row::opt_time(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(time(column));
}

void Rows::append(Rows&& other) {
  affected_ += other.affected_;
  if (other.cells_.empty()) {
    return;
  }
  if (cells_.empty()) {
    cells_ = std::move(other.cells_);
    columns_ = other.columns_;
    return;
  }
  if (columns_ != other.columns_) {
    throw std::logic_error(fmt::format("results of {} and of {} columns in one batch", columns_, other.columns_));
  }
  cells_.insert(cells_.end(), std::make_move_iterator(other.cells_.begin()),
                std::make_move_iterator(other.cells_.end()));
}

}  // namespace aisha::sql
