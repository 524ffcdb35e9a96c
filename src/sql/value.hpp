// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace aisha::sql {

/// Binary data, told apart from text.
struct Bytes {
  std::string data;
  bool operator==(const Bytes&) const = default;
};

/// One parameter or one cell. A Uuid is `uuid` in PostgreSQL and a 16-byte BLOB in SQLite; a TimePoint is
/// `timestamptz` there and milliseconds since 1970 here.
class Value {
 public:
  using Data = std::variant<std::monostate, std::int64_t, double, std::string, Bytes, bool, Uuid, TimePoint>;

  Value() = default;
  Value(std::nullptr_t) {}                               // NOLINT: parameters read like literals
  Value(std::int64_t v) : data_(v) {}                    // NOLINT
  Value(int v) : data_(static_cast<std::int64_t>(v)) {}  // NOLINT
  Value(double v) : data_(v) {}                          // NOLINT
  Value(bool v) : data_(v) {}                            // NOLINT
  Value(std::string v) : data_(std::move(v)) {}          // NOLINT
  Value(std::string_view v) : data_(std::string(v)) {}   // NOLINT
  Value(const char* v) : data_(std::string(v)) {}        // NOLINT
  Value(Bytes v) : data_(std::move(v)) {}                // NOLINT
  Value(const Uuid& v) : data_(v) {}                     // NOLINT
  Value(TimePoint v) : data_(v) {}                       // NOLINT
  template <class T>
  Value(const std::optional<T>& v) {  // NOLINT
    if (v) {
      *this = Value(*v);
    }
  }

  const Data& data() const { return data_; }
  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }

 private:
  Data data_;
};

/// NULL for an empty text: nullable columns whose domain member says "" for "none".
inline Value or_null(std::string_view text) {
  return text.empty() ? Value() : Value(text);
}

/// One row of a result; valid while its Rows lives. Columns by position, from 0. A getter on a cell of another kind, or
/// on NULL where it does not say otherwise, throws std::logic_error: the SQL and the code disagree.
class Row {
 public:
  Row(const Value* cells, std::size_t count) : cells_(cells), count_(count) {}

  std::size_t size() const { return count_; }
  bool is_null(std::size_t column) const { return at(column).is_null(); }
  std::int64_t i64(std::size_t column) const;
  double real(std::size_t column) const;
  bool boolean(std::size_t column) const;
  /// "" for NULL.
  const std::string& text(std::size_t column) const;
  const std::string& bytes(std::size_t column) const;
  Uuid uuid(std::size_t column) const;
  TimePoint time(std::size_t column) const;
  std::optional<std::int64_t> opt_i64(std::size_t column) const;
  std::optional<Uuid> opt_uuid(std::size_t column) const;
  std::optional<TimePoint> opt_time(std::size_t column) const;

 private:
  const Value& at(std::size_t column) const;

  const Value* cells_;
  std::size_t count_;
};

/// A whole result, independent of the connection it came from.
class Rows {
 public:
  Rows() = default;
  explicit Rows(std::size_t columns) : columns_(columns) {}

  bool empty() const { return cells_.empty(); }
  std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  Row operator[](std::size_t row) const { return {cells_.data() + row * columns_, columns_}; }
  /// Rows written, for a statement that writes.
  std::int64_t affected() const { return affected_; }

  class Iterator {
   public:
    Iterator(const Rows* rows, std::size_t row) : rows_(rows), row_(row) {}
    Row operator*() const { return (*rows_)[row_]; }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return row_ != other.row_; }

   private:
    const Rows* rows_;
    std::size_t row_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

  /// For drivers: cells are appended row by row, `columns` of them each.
  void set_columns(std::size_t columns) { columns_ = columns; }
  void add_cell(Value value) { cells_.push_back(std::move(value)); }
  void add_affected(std::int64_t rows) { affected_ += rows; }
  /// Joins another result of the same shape (either may be without columns).
  void append(Rows&& other);

 private:
  std::vector<Value> cells_;
  std::size_t columns_ = 0;
  std::int64_t affected_ = 0;
};

}  // namespace aisha::sql
