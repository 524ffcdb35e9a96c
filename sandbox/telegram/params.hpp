// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace aisha::sandbox::telegram {

/// One size of a recompressed photo; its bytes lie in the file store under `sha256`.
struct LadderStep {
  int width = 0;
  int height = 0;
  std::int64_t size = 0;
  std::string sha256;
};

/// An uploaded file as the world sees it: facts only, the bytes stay in the file store.
struct FileFacts {
  std::string field;  ///< name of the multipart part
  std::string name;
  std::string type;
  std::int64_t size = 0;
  std::string sha256;
  /// Of a picture that decodes; 0 otherwise.
  int width = 0;
  int height = 0;
  /// s, m, x, y, w as far as the picture reaches, ascending; empty = not a picture.
  std::vector<LadderStep> ladder;
};
BOOST_DESCRIBE_STRUCT(LadderStep, (), (width, height, size, sha256))
BOOST_DESCRIBE_STRUCT(FileFacts, (), (field, name, type, size, sha256, width, height, ladder))

/// Arguments of a call as the server sees them: texts; any JSON value but a string is kept as its raw JSON text, so an
/// object and the same object as text are equal: the Bot API takes both.
class Params {
 public:
  Params() = default;
  /// From an object such as a JSON body.
  explicit Params(const json::Object& object);

  void set(std::string name, std::string value) { values_[std::move(name)] = std::move(value); }
  bool has(std::string_view name) const { return values_.contains(name); }
  /// "" when absent.
  const std::string& text(std::string_view name) const;
  /// Leading digits like the server reads them (garbage = 0), clamped; `fallback` when absent or empty.
  std::int64_t integer(std::string_view name, std::int64_t fallback, std::int64_t least, std::int64_t most) const;
  /// "true", "yes", "1" in any case.
  bool flag(std::string_view name) const;
  /// Empty when absent; null value when the text is not JSON.
  std::optional<json::Value> parsed(std::string_view name) const;
  const std::map<std::string, std::string, std::less<>>& all() const { return values_; }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

/// A call: arguments and uploads.
struct Call {
  Params params;
  std::vector<FileFacts> files;

  const FileFacts* file(std::string_view field) const;
};

/// Whole decimal number or empty.
std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace aisha::sandbox::telegram
