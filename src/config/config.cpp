// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/words.hpp"
#include "config/avatar_tables.hpp"
#include "config/fields.hpp"
#include "config/rules.hpp"

namespace aisha::config {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

std::string full_name(const Field& field) {
  return field.section.empty() ? std::string(field.key) : fmt::format("{}.{}", field.section, field.key);
}

std::string environment_name(const Field& field) {
  std::string name =
      field.section.empty() ? fmt::format("AISHA_{}", field.key) : fmt::format("AISHA_{}_{}", field.section, field.key);
  std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
  return name;
}

bool is_choice(std::string_view choices, std::string_view value) {
  const std::string all = fmt::format("|{}|", choices);
  return choices.empty() || (!value.contains('|') && all.contains(fmt::format("|{}|", value)));
}

/// "" or what among the items is none of the field's choices.
std::string not_offered(const Field& field, const std::vector<std::string>& items) {
  const auto odd =
      std::ranges::find_if_not(items, [&](const std::string& item) { return is_choice(field.choices, item); });
  return odd == items.end() ? "" : fmt::format("\"{}\" is not one of {}", *odd, field.choices);
}

/// "" or what is wrong with it.
std::string assign_decimal(const Field& field, double& to, const std::string& value) {
  double parsed = 0;
  const auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), parsed);
  if (ec != std::errc() || end != value.data() + value.size() || !std::isfinite(parsed)) {
    return "expected a number";
  }
  if (parsed < static_cast<double>(field.range.least) || parsed > static_cast<double>(field.range.most)) {
    return fmt::format("{} is outside {}..{}", parsed, field.range.least, field.range.most);
  }
  to = parsed;
  return "";
}

/// Puts a text into the field's target; "" or what is wrong with it (never the value of a secret).
std::string assign_text(const Field& field, Config& config, const std::string& value) {
  const auto number = [&](auto store) -> std::string {
    std::int64_t parsed = 0;
    const auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (ec != std::errc() || end != value.data() + value.size()) {
      return "expected an integer";
    }
    if (parsed < field.range.least || parsed > field.range.most) {
      return fmt::format("{} is outside {}..{}", parsed, field.range.least, field.range.most);
    }
    store(parsed);
    return "";
  };
  return std::visit(Overloaded{
                        [&](Access<std::string> at) -> std::string {
                          if (!is_choice(field.choices, value)) {
                            return fmt::format("\"{}\" is not one of {}", value, field.choices);
                          }
                          at(config) = value;
                          return "";
                        },
                        [&](Access<Secret> at) -> std::string {
                          at(config) = Secret(value);
                          return "";
                        },
                        [&](Access<std::int64_t> at) { return number([&](std::int64_t n) { at(config) = n; }); },
                        [&](Access<Millis> at) { return number([&](std::int64_t n) { at(config) = Millis(n); }); },
                        [&](Access<bool> at) -> std::string {
                          at(config) = value == "true" || value == "1";
                          return at(config) || value == "false" || value == "0" ? "" : "expected true or false";
                        },
                        [&](Access<std::vector<std::string>> at) -> std::string {
                          at(config).clear();
                          for (std::size_t start = 0; start <= value.size() && !value.empty();) {
                            const std::size_t comma = std::min(value.find(',', start), value.size());
                            at(config).push_back(value.substr(start, comma - start));
                            start = comma + 1;
                          }
                          return not_offered(field, at(config));
                        },
                        [&](Access<double> at) { return assign_decimal(field, at(config), value); },
                    },
                    field.target);
}

/// The node's value as the text `assign_text` takes, or what type was expected.
std::expected<std::string, std::string> text_of_node(const Field& field, const toml::node& node) {
  const bool wants_number = std::holds_alternative<Access<std::int64_t>>(field.target) ||
                            std::holds_alternative<Access<Millis>>(field.target);
  if (wants_number) {
    if (const auto* number = node.as_integer()) {
      return std::to_string(number->get());
    }
    return std::unexpected("expected an integer");
  }
  if (std::holds_alternative<Access<double>>(field.target)) {
    if (const auto number = node.value<double>(); number && node.is_number()) {
      return fmt::format("{}", *number);
    }
    return std::unexpected("expected a number");
  }
  if (std::holds_alternative<Access<bool>>(field.target)) {
    if (const auto* flag = node.as_boolean()) {
      return flag->get() ? "true" : "false";
    }
    return std::unexpected("expected true or false");
  }
  if (std::holds_alternative<Access<std::vector<std::string>>>(field.target)) {
    const auto* items = node.as_array();
    if (items == nullptr || !std::ranges::all_of(*items, [](const toml::node& item) { return item.is_string(); })) {
      return std::unexpected("expected an array of strings");
    }
    std::string joined;
    for (const toml::node& item : *items) {
      joined += (joined.empty() ? "" : ",") + item.as_string()->get();
    }
    return joined;
  }
  if (const auto* text = node.as_string()) {
    return text->get();
  }
  return std::unexpected("expected a string");
}

class Reader {
 public:
  Reader(std::string file, Config& config) : file_(std::move(file)), config_(config) {}

  void read(const toml::table& root) {
    for (const auto& [key, node] : root) {
      if (key.str() == "demo_avatar") {
        read_demo_avatars(node, config_, complaint());
      } else if (key.str() == "preview_avatar") {
        read_preview_avatars(node, config_, complaint());
      } else if (const auto* table = node.as_table()) {
        read_section(std::string(key.str()), *table, node);
      } else {
        read_value("", std::string(key.str()), node);
      }
    }
  }

  std::vector<std::string> problems;

 private:
  void problem(const toml::node& node, std::string_view name, std::string_view text) {
    problems.push_back(fmt::format("{}:{}: {}: {}", file_, node.source().begin.line, name, text));
  }

  Complaint complaint() {
    return [this](const toml::node& node, std::string_view name, std::string_view text) { problem(node, name, text); };
  }

  void read_section(const std::string& section, const toml::table& table, const toml::node& at) {
    const bool known = std::ranges::any_of(fields(), [&](const Field& field) { return field.section == section; });
    if (!known) {
      std::vector<std::string_view> names;
      std::ranges::transform(fields(), std::back_inserter(names), &Field::section);
      names.emplace_back("demo_avatar");
      names.emplace_back("preview_avatar");
      problem(at, section, "unknown table" + words::did_you_mean(section, names));
      return;
    }
    for (const auto& [key, node] : table) {
      read_value(section, std::string(key.str()), node);
    }
  }

  void read_value(const std::string& section, const std::string& key, const toml::node& node) {
    const std::string name = section.empty() ? key : section + "." + key;
    std::vector<std::string_view> siblings;
    for (const Field& field : fields()) {
      if (field.section != section) {
        continue;
      }
      siblings.push_back(field.key);
      if (field.key == key) {
        const auto text = text_of_node(field, node);
        const std::string wrong = text ? assign_text(field, config_, *text) : text.error();
        if (!wrong.empty()) {
          problem(node, name, wrong);
        }
        return;
      }
    }
    problem(node, name, "unknown key" + words::did_you_mean(key, siblings));
  }

  std::string file_;
  Config& config_;
};

bool holds_secret(Config& config) {
  return std::ranges::any_of(fields(), [&](const Field& field) {
    const auto* secret = std::get_if<Access<Secret>>(&field.target);
    return secret != nullptr && !(*secret)(config).empty();
  });
}

}  // namespace

Environment process_environment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* value = std::getenv(std::string(name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

Result<Config> load(const std::string& path, const Environment& environment) {
  Config config;
  std::vector<std::string> problems;
  if (!path.empty()) {
    std::ifstream file(path);
    if (!file) {
      return fail(Errc::config_invalid, fmt::format("{}: cannot be read", path));
    }
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    try {
      Reader reader(path, config);
      reader.read(toml::parse(text, path));
      problems = std::move(reader.problems);
    } catch (const toml::parse_error& wrong) {
      return fail(Errc::config_invalid, fmt::format("{}:{}: {}", path, wrong.source().begin.line, wrong.description()));
    }
  }
  const bool file_holds_secret = holds_secret(config);
  for (const Field& field : fields()) {
    const std::string name = environment_name(field);
    if (const auto value = environment(name)) {
      const std::string wrong = assign_text(field, config, *value);
      if (!wrong.empty()) {
        problems.push_back(fmt::format("{}: {}: {}", name, full_name(field), wrong));
      }
    }
    if (const auto* secret = std::get_if<Access<Secret>>(&field.target)) {
      if (const auto file = environment(name + "_FILE")) {
        auto value = read_secret_file(*file, environment);
        if (!value) {
          return std::unexpected(value.error());
        }
        (*secret)(config) = std::move(*value);
      }
    }
  }
  if (!problems.empty()) {
    return fail(Errc::config_invalid, fmt::format("{}", fmt::join(problems, "\n")));
  }
  if (file_holds_secret) {
    if (auto kept = check_file_is_private(path); !kept) {
      return std::unexpected(kept.error());
    }
  }
  return check_rules(std::move(config));
}

}  // namespace aisha::config
