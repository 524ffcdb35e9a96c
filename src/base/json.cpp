// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <boost/json/parse_options.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>

namespace aisha::json {

Result<Value> parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 32;
  boost::json::parser parser({}, options);
  boost::system::error_code ec;
  const std::size_t used = parser.write(text.data(), text.size(), ec);
  if (ec) {
    return fail(Errc::update_malformed, ec.message() + " at byte " + std::to_string(used));
  }
  return parser.release();
}

std::string serialize(const Value& value) {
  return boost::json::serialize(value);
}

}  // namespace aisha::json
