// SPDX-License-Identifier: Apache-2.0
#include "tools/faultproxy/toxic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace aisha::faultproxy {
namespace {

using Type = Toxic::Type;

struct Kind {
  Type type;
  std::string_view name;
  std::vector<std::pair<std::string_view, std::int64_t>> attributes;  ///< with their least values, the defaults too
};

const std::array<Kind, 9>& kinds() {
  static const std::array<Kind, 9> table{{
      {Type::latency, "latency", {{"latency", 0}, {"jitter", 0}}},
      {Type::bandwidth, "bandwidth", {{"rate", 1}}},
      {Type::slow_close, "slow_close", {{"delay", 0}}},
      {Type::timeout, "timeout", {{"timeout", 0}}},
      {Type::reset_peer, "reset_peer", {{"timeout", 0}}},
      {Type::slicer, "slicer", {{"average_size", 1}, {"size_variation", 0}, {"delay", 0}}},
      {Type::limit_data, "limit_data", {{"bytes", 0}}},
      {Type::drop_response, "drop_response", {}},
      {Type::corrupt, "corrupt", {{"every", 1}}},
  }};
  return table;
}

const Kind* kind_named(std::string_view name) {
  const auto found = std::ranges::find(kinds(), name, &Kind::name);
  return found == kinds().end() ? nullptr : &*found;
}

std::string text_of(const json::Object& object, std::string_view key, std::string_view otherwise) {
  const auto* found = object.if_contains(key);
  return std::string(found != nullptr && found->is_string() ? std::string_view(found->get_string()) : otherwise);
}

Result<> read_attribute(Toxic& toxic, std::string_view key, const json::Value& value) {
  if (key == "match") {
    if (!value.is_string() || value.get_string().size() > kMaxMatch) {
      return fail(Errc::http_bad_request, fmt::format("match must be a text of at most {} bytes", kMaxMatch));
    }
    toxic.match = value.get_string();
    return {};
  }
  boost::system::error_code ec;
  const auto number = value.to_number<std::int64_t>(ec);
  const auto known = toxic.numbers.find(key);
  if (key != "times" && known == toxic.numbers.end()) {
    return fail(Errc::http_bad_request, fmt::format("this type has no attribute \"{}\"", key));
  }
  const std::int64_t least = key == "times" ? 0 : known->second;
  if (ec || number < least) {
    return fail(Errc::http_bad_request, fmt::format("{} must be a whole number of at least {}", key, least));
  }
  (key == "times" ? toxic.times : known->second) = number;
  return {};
}

}  // namespace

Result<Toxic> read_toxic(const json::Value& order) {
  if (!order.is_object()) {
    return fail(Errc::http_bad_request, "a toxic is a JSON object");
  }
  const json::Object& object = order.get_object();
  const std::string type = text_of(object, "type", "");
  const Kind* kind = kind_named(type);
  if (kind == nullptr) {
    return fail(Errc::http_bad_request, fmt::format("there is no toxic of type \"{}\"", type));
  }
  Toxic toxic;
  toxic.type = kind->type;
  toxic.numbers.insert(kind->attributes.begin(), kind->attributes.end());
  const std::string stream = text_of(object, "stream", "downstream");
  if (stream != "upstream" && stream != "downstream") {
    return fail(Errc::http_bad_request, "stream must be \"upstream\" or \"downstream\"");
  }
  toxic.stream = stream == "upstream" ? Stream::upstream : Stream::downstream;
  toxic.name = text_of(object, "name", type + "_" + stream);
  if (const auto* share = object.if_contains("toxicity")) {
    boost::system::error_code ec;
    toxic.toxicity = share->to_number<double>(ec);
    if (ec || !(toxic.toxicity >= 0 && toxic.toxicity <= 1)) {
      return fail(Errc::http_bad_request, "toxicity must be between 0 and 1");
    }
  }
  if (const auto* attributes = object.if_contains("attributes"); attributes != nullptr && attributes->is_object()) {
    for (const auto& [key, value] : attributes->get_object()) {
      if (auto read = read_attribute(toxic, key, value); !read) {
        return std::unexpected(read.error());
      }
    }
  }
  return toxic;
}

json::Object toxic_json(const Toxic& toxic) {
  json::Object attributes{{"match", toxic.match}, {"times", toxic.times}};
  for (const auto& [key, value] : toxic.numbers) {
    attributes[key] = value;
  }
  const auto kind = std::ranges::find(kinds(), toxic.type, &Kind::type);
  return {{"name", toxic.name},
          {"type", kind->name},
          {"stream", toxic.stream == Stream::upstream ? "upstream" : "downstream"},
          {"toxicity", toxic.toxicity},
          {"attributes", attributes},
          {"struck", toxic.struck}};
}

}  // namespace aisha::faultproxy
