// SPDX-License-Identifier: Apache-2.0
#include "catalog/files/toml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "base/words.hpp"

namespace aisha::catalog {

void complain(std::string_view file, const toml::node& where, std::string_view what) {
  throw Mistake{fmt::format("{}:{}: {}", file, where.source().begin.line, what)};
}

toml::table parse_file(const SourceFile& file) {
  if (!utf8::is_valid(file.text)) {
    // The parser would name a line too, but only after it has tried to make sense of the bytes.
    std::size_t line = 1;
    std::string_view rest = file.text;
    for (auto end = rest.find('\n'); utf8::is_valid(rest.substr(0, end)) && end != std::string_view::npos;
         end = rest.find('\n')) {
      rest.remove_prefix(end + 1);
      ++line;
    }
    throw Mistake{fmt::format("{}:{}: not UTF-8", file.name, line)};
  }
  try {
    return toml::parse(file.text, file.name);
  } catch (const toml::parse_error& problem) {
    throw Mistake{fmt::format("{}:{}: {}", file.name, problem.source().begin.line, problem.description())};
  }
}

const toml::node* TableReader::take(std::string_view key) {
  known_.push_back(key);
  return table_.get(key);
}

const toml::node& TableReader::need(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) {
    refuse(key, "is missing");
  }
  return *node;
}

void TableReader::refuse(std::string_view key, std::string_view what) const {
  const toml::node* node = table_.get(key);
  complain(file_, node != nullptr ? *node : static_cast<const toml::node&>(table_),
           fmt::format("{}.{}: {}", path_, key, what));
}

std::string TableReader::text(std::string_view key) {
  const auto value = need(key).value<std::string>();
  if (!value) {
    refuse(key, "a text was expected");
  }
  if (value->find_first_not_of(" \t\n") == std::string::npos) {
    refuse(key, "is empty");
  }
  return *value;
}

std::string TableReader::text_or(std::string_view key, std::string_view fallback) {
  return has(key) ? text(key) : (take(key), std::string(fallback));
}

std::int64_t TableReader::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const toml::node& node = need(key);
  const auto* value = node.as_integer();
  if (value == nullptr || value->get() < least || value->get() > most) {
    refuse(key, fmt::format("a whole number from {} to {} was expected", least, most));
  }
  return value->get();
}

std::int64_t TableReader::integer_or(std::string_view key, std::int64_t fallback, std::int64_t least,
                                     std::int64_t most) {
  return has(key) ? integer(key, least, most) : (take(key), fallback);
}

double TableReader::number_or(std::string_view key, double fallback) {
  const toml::node* node = take(key);
  if (node == nullptr) {
    return fallback;
  }
  const auto value = node->is_number() ? node->value<double>() : std::nullopt;
  if (!value) {
    refuse(key, "a number was expected");
  }
  return *value;
}

bool TableReader::boolean_or(std::string_view key, bool fallback) {
  const toml::node* node = take(key);
  if (node == nullptr) {
    return fallback;
  }
  if (!node->is_boolean()) {
    refuse(key, "true or false was expected");
  }
  return node->as_boolean()->get();
}

std::vector<std::string> TableReader::texts(std::string_view key) {
  std::vector<std::string> out;
  const toml::node* node = take(key);
  if (node == nullptr) {
    return out;
  }
  if (!node->is_array()) {
    refuse(key, "a list of texts was expected");
  }
  for (const toml::node& element : *node->as_array()) {
    const auto value = element.value<std::string>();
    if (!value || value->empty()) {
      complain(file_, element, fmt::format("{}.{}: a text was expected", path_, key));
    }
    out.push_back(*value);
  }
  return out;
}

std::vector<double> TableReader::numbers(std::string_view key) {
  std::vector<double> out;
  const toml::node* node = take(key);
  if (node == nullptr) {
    return out;
  }
  if (!node->is_array()) {
    refuse(key, "a list of numbers was expected");
  }
  for (const toml::node& element : *node->as_array()) {
    const auto value = element.value<double>();
    if (!value) {
      complain(file_, element, fmt::format("{}.{}: a number was expected", path_, key));
    }
    out.push_back(*value);
  }
  return out;
}

const toml::table* TableReader::table(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) {
    return nullptr;
  }
  if (!node->is_table()) {
    refuse(key, "a table was expected");
  }
  return node->as_table();
}

void TableReader::finish(std::initializer_list<std::string_view> also) {
  known_.insert(known_.end(), also.begin(), also.end());
  for (const auto& [key, node] : table_) {
    if (std::ranges::find(known_, key.str()) == known_.end()) {
      complain(file_, node,
               fmt::format("{}.{}: unknown key{}", path_, key.str(), words::did_you_mean(key.str(), known_)));
    }
  }
}

const toml::table& TableReader::need_table(std::string_view key) {
  const toml::table* found = table(key);
  if (found == nullptr) {
    refuse(key, "is missing");
  }
  return *found;
}

std::size_t TableReader::one_of(std::string_view key, std::span<const std::string_view> names) {
  const std::string found = text(key);
  const auto place = std::ranges::find(names, found);
  if (place == names.end()) {
    refuse(key, fmt::format("\"{}\" is none of {}", found, fmt::join(names, ", ")));
  }
  return static_cast<std::size_t>(place - names.begin());
}

}  // namespace aisha::catalog
