// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <toml++/toml.h>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "catalog/files/source.hpp"

namespace aisha::catalog {

/// The first thing wrong in a file, as "file:line: ...". Thrown inside the parsers, which turn it into a Result: dozens
/// of nested reads would drown in checks otherwise.
struct Mistake {
  std::string text;
};

[[noreturn]] void complain(std::string_view file, const toml::node& where, std::string_view what);

/// Parses one file. Throws Mistake, also for text that is not UTF-8.
toml::table parse_file(const SourceFile& file);

/// One table of a file, read key by key; a key that nobody asked for is a mistake (with a suggestion).
class TableReader {
 public:
  TableReader(std::string_view file, const toml::table& table, std::string path)
      : file_(file), table_(table), path_(std::move(path)) {}

  std::string text(std::string_view key);
  std::string text_or(std::string_view key, std::string_view fallback);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::int64_t integer_or(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most);
  double number_or(std::string_view key, double fallback);
  bool boolean_or(std::string_view key, bool fallback);
  std::vector<std::string> texts(std::string_view key);
  std::vector<double> numbers(std::string_view key);
  /// nullptr when absent.
  const toml::table* table(std::string_view key);
  const toml::table& need_table(std::string_view key);
  /// The place of the text in `names`, which it must be one of.
  std::size_t one_of(std::string_view key, std::span<const std::string_view> names);
  bool has(std::string_view key) const { return table_.contains(key); }

  /// Every key was one of those read above or of `also`.
  void finish(std::initializer_list<std::string_view> also = {});
  /// Mistake at the value of `key`, or at the table when the key is absent.
  [[noreturn]] void refuse(std::string_view key, std::string_view what) const;
  const toml::table& raw() const { return table_; }
  std::string_view file() const { return file_; }

 private:
  const toml::node* take(std::string_view key);
  const toml::node& need(std::string_view key);

  std::string file_;
  const toml::table& table_;
  std::string path_;
  std::vector<std::string_view> known_;
};

}  // namespace aisha::catalog
