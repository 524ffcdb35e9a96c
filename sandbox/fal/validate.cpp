// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace aisha::sandbox::fal {

namespace {

template <class Range>
bool contains(const Range& range, std::string_view what) {
  return std::ranges::find(range, what) != std::ranges::end(range);
}

class Checker {
 public:
  void field(const Field& f, const json::Object& object, json::Array loc) {
    loc.emplace_back(f.name);
    const json::Value* value = object.if_contains(f.name);
    if (value == nullptr) {
      if (f.required) {
        report(loc, "missing", "Field required", json::Value(object));
      }
      return;
    }
    if (value->is_null() && f.nullable) {
      return;
    }
    switch (f.type) {
      case FieldType::text: text(f, *value, loc); break;
      case FieldType::integer: integer(f, *value, loc); break;
      case FieldType::number: number(f, *value, loc); break;
      case FieldType::boolean: boolean(*value, loc); break;
      case FieldType::choice: choice(f, *value, loc); break;
      case FieldType::image_size: image_size(*value, loc); break;
      case FieldType::loras: loras(*value, loc); break;
      case FieldType::addresses: addresses(f, *value, loc); break;
    }
  }

  void report(const json::Array& loc, std::string_view type, std::string msg, json::Value input,
              json::Object ctx = {}) {
    json::Object fault{{"type", type}, {"loc", loc}, {"msg", std::move(msg)}, {"input", std::move(input)}};
    if (!ctx.empty()) {
      fault.emplace("ctx", std::move(ctx));
    }
    out.emplace_back(std::move(fault));
  }

  json::Array out;

 private:
  void text(const Field& f, const json::Value& value, const json::Array& loc) {
    if (!value.is_string()) {
      report(loc, "string_type", "Input should be a valid string", value);
    } else if (f.name == "aspect_ratio" && !is_ratio(value.get_string())) {
      report(loc, "value_error", "Value error, Aspect ratio should look like 16:9", value);
    }
  }

  void integer(const Field& f, const json::Value& value, const json::Array& loc) {
    double number = 0;
    if (value.is_string()) {
      const std::string_view digits = value.get_string();
      long long parsed = 0;
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), parsed);
      if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) {
        report(loc, "int_parsing", "Input should be a valid integer, unable to parse string as an integer", value);
        return;
      }
      number = double(parsed);
    } else if (value.is_bool()) {
      number = value.get_bool() ? 1 : 0;
    } else if (!value.is_number()) {
      report(loc, "int_type", "Input should be a valid integer", value);
      return;
    } else {
      number = value.to_number<double>();
      if (number != std::floor(number)) {
        report(loc, "int_from_float", "Input should be a valid integer, got a number with a fractional part", value);
        return;
      }
    }
    range(f, number, value, loc, false);
  }

  void number(const Field& f, const json::Value& value, const json::Array& loc) {
    double number = 0;
    if (value.is_string()) {
      const std::string_view digits = value.get_string();
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
      if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) {
        report(loc, "float_parsing", "Input should be a valid number, unable to parse string as a number", value);
        return;
      }
    } else if (value.is_bool()) {
      number = value.get_bool() ? 1 : 0;
    } else if (!value.is_number()) {
      report(loc, "float_type", "Input should be a valid number", value);
      return;
    } else {
      number = value.to_number<double>();
    }
    range(f, number, value, loc, true);
  }

  void range(const Field& f, double number, const json::Value& value, const json::Array& loc, bool real) {
    const auto bound = [&](double limit) { return real ? json::Value(limit) : json::Value(std::int64_t(limit)); };
    if (f.most && number > *f.most) {
      report(loc, "less_than_equal", fmt::format("Input should be less than or equal to {}", *f.most), value,
             {{"le", bound(*f.most)}});
    } else if (f.least && number < *f.least) {
      report(loc, "greater_than_equal", fmt::format("Input should be greater than or equal to {}", *f.least), value,
             {{"ge", bound(*f.least)}});
    }
  }

  void boolean(const json::Value& value, const json::Array& loc) {
    static constexpr std::array<std::string_view, 12> kWords = {"true", "false", "1", "0", "yes", "no",
                                                                "on",   "off",   "t", "f", "y",   "n"};
    bool fine = value.is_bool();
    if (value.is_string()) {
      std::string word(value.get_string());
      std::ranges::transform(word, word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
      fine = contains(kWords, std::string_view(word));
    } else if (value.is_number()) {
      const double n = value.to_number<double>();
      fine = n == 0 || n == 1;
    } else if (!fine) {
      report(loc, "bool_type", "Input should be a valid boolean", value);
      return;
    }
    if (!fine) {
      report(loc, "bool_parsing", "Input should be a valid boolean, unable to interpret input", value);
    }
  }

  static std::string quoted_list(std::span<const std::string_view> choices) {
    std::string list;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      list += i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ";
      list += fmt::format("'{}'", choices[i]);
    }
    return list;
  }

  void choice(const Field& f, const json::Value& value, const json::Array& loc) {
    // A number never equals a literal that is text: safety_tolerance 2 is refused, "2" is not.
    if (value.is_string() && contains(f.choices, std::string_view(value.get_string()))) {
      return;
    }
    const std::string list = quoted_list(f.choices);
    report(loc, "literal_error", "Input should be " + list, value, {{"expected", list}});
  }

  void image_size(const json::Value& value, const json::Array& loc) {
    json::Array object_loc = loc;
    object_loc.emplace_back("ImageSize");
    if (value.is_object()) {
      for (const std::string_view side : {"width", "height"}) {
        const Field f{.name = side, .type = FieldType::integer, .most = 14142};
        const std::size_t before = out.size();
        field(f, value.get_object(), object_loc);
        const json::Value* pixels = value.get_object().if_contains(side);
        if (out.size() == before && pixels != nullptr && pixels->is_number() && pixels->to_number<double>() <= 0) {
          object_loc.emplace_back(side);
          report(object_loc, "greater_than", "Input should be greater than 0", *pixels, {{"gt", 0}});
          object_loc.pop_back();
        }
      }
      return;
    }
    std::vector<std::string_view> names;
    for (const Preset& preset : presets()) {
      names.push_back(preset.name);
    }
    if (value.is_string() && contains(names, std::string_view(value.get_string()))) {
      return;
    }
    report(object_loc, "model_attributes_type", "Input should be a valid dictionary or object to extract fields from",
           value);
    json::Array literal_loc = loc;
    literal_loc.emplace_back(fmt::format("literal['{}']", fmt::join(names, "','")));
    const std::string list = quoted_list(names);
    report(literal_loc, "literal_error", "Input should be " + list, value, {{"expected", list}});
  }

  void addresses(const Field& f, const json::Value& value, const json::Array& loc) {
    if (!value.is_array()) {
      report(loc, "list_type", "Input should be a valid list", value);
      return;
    }
    const auto count = double(value.get_array().size());
    if (count < *f.least) {
      report(loc, "too_short",
             fmt::format("List should have at least {} item after validation, not {}", *f.least, count), value,
             {{"field_type", "List"}, {"min_length", std::int64_t(*f.least)}, {"actual_length", std::int64_t(count)}});
    } else if (count > *f.most) {
      report(loc, "too_long", fmt::format("List should have at most {} items after validation, not {}", *f.most, count),
             value,
             {{"field_type", "List"}, {"max_length", std::int64_t(*f.most)}, {"actual_length", std::int64_t(count)}});
    }
    static constexpr Field kAddress = {.name = "", .type = FieldType::text};
    for (std::size_t i = 0; i < value.get_array().size(); ++i) {
      json::Array item_loc = loc;
      item_loc.emplace_back(std::int64_t(i));
      text(kAddress, value.get_array()[i], item_loc);
    }
  }

  void loras(const json::Value& value, const json::Array& loc) {
    if (!value.is_array()) {
      report(loc, "list_type", "Input should be a valid list", value);
      return;
    }
    static constexpr Field kPath = {.name = "path", .type = FieldType::text, .required = true};
    static constexpr Field kScale = {.name = "scale", .type = FieldType::number, .least = 0, .most = 4};
    for (std::size_t i = 0; i < value.get_array().size(); ++i) {
      const json::Value& item = value.get_array()[i];
      json::Array item_loc = loc;
      item_loc.emplace_back(std::int64_t(i));
      if (!item.is_object()) {
        report(item_loc, "model_attributes_type", "Input should be a valid dictionary or object to extract fields from",
               item);
        continue;
      }
      field(kPath, item.get_object(), item_loc);
      field(kScale, item.get_object(), item_loc);
    }
  }
};

}  // namespace

json::Array faults_of(const Endpoint& endpoint, const json::Value& input) {
  Checker checker;
  if (!input.is_object()) {
    checker.report({"body"}, "model_attributes_type",
                   "Input should be a valid dictionary or object to extract fields from", input);
    return checker.out;
  }
  for (const Field& f : endpoint.fields) {
    checker.field(f, input.get_object(), {"body"});
  }
  return checker.out;
}

}  // namespace aisha::sandbox::fal
