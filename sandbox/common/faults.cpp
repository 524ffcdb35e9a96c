// SPDX-License-Identifier: Apache-2.0
#include "sandbox/common/faults.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace aisha::sandbox {
namespace {

constexpr std::array<std::string_view, 3> kPlaces = {"telegram", "fal", "fal_files"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::unexpected<Error> bad(std::string sentence) {
  return fail(Errc::http_bad_request, std::move(sentence));
}

std::optional<int> whole(const json::Value& value) {
  boost::system::error_code ec;
  const int number = value.to_number<int>(ec);
  return ec || number < 0 ? std::nullopt : std::optional(number);
}

std::string text_of(const json::Value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

Result<> read_match(const json::Value& value, FaultFacts& match, int& nth) {
  if (!value.is_object()) {
    return bad("match must be an object");
  }
  for (const auto& pair : value.get_object()) {
    const std::string key(pair.key());
    if (key == "nth") {
      const auto number = whole(pair.value());
      if (!number || *number == 0) {
        return bad("match.nth counts from 1");
      }
      nth = *number;
    } else if (key == "method" || key == "chat" || key == "endpoint" || key == "path") {
      match[key] = text_of(pair.value());
    } else {
      return bad(fmt::format("match has no key \"{}\": it knows method, chat, endpoint, path, nth", key));
    }
  }
  return {};
}

Result<> read_number(std::string_view key, const json::Value& value, FaultAction& action) {
  const auto number = whole(value);
  if (!number) {
    return bad(fmt::format("then.{} must be a whole number of at least 0", key));
  }
  if (key == "status") {
    if (*number < 100 || *number > 599) {
      return bad("then.status must be an HTTP status");
    }
    action.status = number;
  } else if (key == "retry_after") {
    action.retry_after = *number;
  } else {
    action.delay_ms = *number;
  }
  return {};
}

Result<> read_action(const json::Value& value, FaultAction& action) {
  if (!value.is_object()) {
    return bad("then must be an object");
  }
  for (const auto& pair : value.get_object()) {
    const std::string_view key(pair.key());
    if (key == "status" || key == "retry_after" || key == "delay_ms") {
      if (auto read = read_number(key, pair.value(), action); !read) {
        return read;
      }
    } else if (key == "body") {
      action.body = text_of(pair.value());
    } else if (key == "truncate" && pair.value().is_bool()) {
      action.truncate = pair.value().get_bool();
    } else if (key == "drop" && pair.value() == "before") {
      action.drop = FaultAction::Drop::before;
    } else if (key == "drop" && pair.value() == "after") {
      action.drop = FaultAction::Drop::after;
    } else {
      return bad(
          fmt::format("then.{} is unknown or of a wrong type: it knows status, body, retry_after, delay_ms, "
                      "drop (\"before\" or \"after\"), truncate (true or false)",
                      key));
    }
  }
  if (action.retry_after > 0 && !action.status) {
    action.status = 429;
  }
  return {};
}

bool matches(const FaultFacts& wanted, const FaultFacts& facts) {
  return std::ranges::all_of(wanted, [&](const auto& want) {
    const auto found = facts.find(want.first);
    if (found == facts.end()) {
      return false;
    }
    if (want.first == "path" || want.first == "endpoint") {
      return found->second.find(want.second) != std::string::npos;
    }
    return want.first == "method" ? lower(found->second) == lower(want.second) : found->second == want.second;
  });
}

}  // namespace

Result<int> Faults::add(const json::Value& order) {
  if (!order.is_object()) {
    return bad("a fault is an object {where, match, times, then}");
  }
  Rule rule;
  for (const auto& pair : order.get_object()) {
    const std::string_view key(pair.key());
    Result<> read;
    if (key == "where") {
      rule.where = text_of(pair.value());
    } else if (key == "match") {
      read = read_match(pair.value(), rule.match, rule.nth);
    } else if (key == "then") {
      read = read_action(pair.value(), rule.action);
    } else if (key == "times") {
      const auto times = whole(pair.value());
      if (!times) {
        return bad("times must be a whole number; 0 means for ever");
      }
      rule.times = *times;
    } else {
      return bad(fmt::format("a fault has no key \"{}\": it knows where, match, times, then", key));
    }
    if (!read) {
      return std::unexpected(read.error());
    }
  }
  if (std::ranges::find(kPlaces, rule.where) == kPlaces.end()) {
    return bad("where must be \"telegram\", \"fal\" or \"fal_files\"");
  }
  if (!order.get_object().contains("then")) {
    return bad("then is missing: what shall happen?");
  }
  rule.id = next_id_++;
  rule.order = order;
  rules_.push_back(std::move(rule));
  return rules_.back().id;
}

std::optional<FaultAction> Faults::take(std::string_view where, const FaultFacts& facts) {
  for (Rule& rule : rules_) {
    const bool spent = rule.times > 0 && rule.hits >= rule.times;
    if (spent || rule.where != where || !matches(rule.match, facts)) {
      continue;
    }
    if (++rule.seen >= rule.nth) {
      ++rule.hits;
      return rule.action;
    }
  }
  return std::nullopt;
}

bool Faults::remove(int id) {
  return std::erase_if(rules_, [id](const Rule& rule) { return rule.id == id; }) > 0;
}

void Faults::clear() {
  rules_.clear();
}

json::Value Faults::list() const {
  json::Array faults;
  for (const Rule& rule : rules_) {
    json::Object item = rule.order.get_object();
    item["id"] = rule.id;
    item["times"] = rule.times;
    item["hits"] = rule.hits;
    item["left"] = rule.times == 0 ? json::Value(nullptr) : json::Value(std::max(0, rule.times - rule.hits));
    faults.emplace_back(std::move(item));
  }
  return json::Object{{"faults", std::move(faults)}};
}

}  // namespace aisha::sandbox
