// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <algorithm>
#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>

namespace aisha::json {
namespace {

// Enough for the nesting and the unfinished strings of nearly every Telegram answer.
constexpr std::size_t kParserScratch = 4096;
// A parsed value is two to four times as large as its text; the block grows by itself when that was too little.
constexpr std::size_t kLeastBlock = 1024;

Result<Value> parse_into(std::string_view text, boost::json::storage_ptr storage) {
  boost::json::parse_options options;
  options.max_depth = 32;
  std::array<unsigned char, kParserScratch> scratch;  // left as it is: the parser writes before it reads
  boost::json::parser parser({}, options, scratch.data(), scratch.size());
  parser.reset(std::move(storage));
  boost::system::error_code ec;
  const std::size_t used = parser.write(text.data(), text.size(), ec);
  if (ec) {
    return fail(Errc::update_malformed, ec.message() + " at byte " + std::to_string(used));
  }
  return parser.release();
}

}  // namespace

Result<Value> parse(std::string_view text) {
  return parse_into(text, {});
}

Result<Value> parse_briefly(std::string_view text) {
  const std::size_t block = std::max(kLeastBlock, 3 * text.size());
  return parse_into(text, boost::json::make_shared_resource<boost::json::monotonic_resource>(block));
}

std::string serialize(const Value& value) {
  return boost::json::serialize(value);
}

}  // namespace aisha::json
