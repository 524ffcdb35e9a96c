// SPDX-License-Identifier: Apache-2.0
#include "catalog/templates/template_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "catalog/files/toml_reader.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::catalog {
namespace {

constexpr std::size_t kTemplateIdMax = 24;
constexpr std::size_t kCategoryIdMax = 16;
constexpr std::size_t kTemplatePromptMax = 800;
constexpr std::size_t kNameMax = 40;
constexpr std::size_t kDescriptionMax = 120;

bool is_slug(std::string_view id, std::size_t most) {
  return !id.empty() && id.size() <= most && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

std::string read_slug(TableReader& in, std::size_t most) {
  std::string id = in.text("id");
  if (!is_slug(id, most)) {
    in.refuse("id", fmt::format("\"{}\": 1 to {} of [a-z0-9-_] were expected", id, most));
  }
  // "_popular" and its like are made-up categories of the chat.
  if (id.front() == '_') {
    in.refuse("id", "may not start with '_'");
  }
  return id;
}

Words read_words(TableReader& in, std::string_view key, std::size_t most) {
  const toml::table* table = in.table(key);
  if (table == nullptr) {
    in.refuse(key, "is missing: { ru = \"...\", en = \"...\" } was expected");
  }
  TableReader words(in.file(), *table, std::string(key));
  Words out{words.text("ru"), words.text("en")};
  words.finish();
  for (const std::string& text : {out.ru, out.en}) {
    if (domain::count_code_points(text) > most) {
      in.refuse(key, fmt::format("at most {} characters: \"{}\"", most, text));
    }
  }
  return out;
}

std::string read_prompt(TableReader& in, std::string_view key) {
  const auto checked = domain::check_prompt(in.text(key));
  if (!checked || domain::count_code_points(*checked) > kTemplatePromptMax) {
    in.refuse(key, fmt::format("1 to {} characters of plain text were expected", kTemplatePromptMax));
  }
  return *checked;
}

std::string read_ratio(TableReader& in) {
  constexpr std::array<std::string_view, 9> kRatios{"1:1", "3:4", "4:3", "2:3", "3:2", "9:16", "16:9", "9:21", "21:9"};
  std::string ratio = in.text_or("aspect_ratio", "3:4");
  if (std::ranges::find(kRatios, ratio) == kRatios.end()) {
    in.refuse("aspect_ratio", fmt::format("\"{}\" is none of {}", ratio, fmt::join(kRatios, ", ")));
  }
  return ratio;
}

std::optional<Season> read_season(TableReader& in) {
  Season out{in.text_or("from", ""), in.text_or("until", "")};
  if (out.from.empty() && out.until.empty()) {
    return std::nullopt;
  }
  if (out.from.empty() || out.until.empty()) {
    in.refuse(out.from.empty() ? "until" : "from", "a season has both \"from\" and \"until\"");
  }
  for (const auto& [key, date] : {std::pair{"from", &out.from}, std::pair{"until", &out.until}}) {
    if (!is_date_of_year(*date)) {
      in.refuse(key, fmt::format("\"{}\" is no date like \"12-31\"", *date));
    }
  }
  return out;
}

std::string read_since(TableReader& in) {
  std::string out = in.text_or("since", "");
  constexpr std::size_t kYear = 5;
  const bool is_day = out.size() == 10 && out[4] == '-' && is_date_of_year(std::string_view(out).substr(kYear)) &&
                      out.find_first_not_of("0123456789") == 4;
  if (!out.empty() && !is_day) {
    in.refuse("since", fmt::format("\"{}\" is no day like \"2026-12-31\"", out));
  }
  return out;
}

Category read_category(TableReader in) {
  Category out;
  out.id = read_slug(in, kCategoryIdMax);
  out.name = read_words(in, "name", kNameMax);
  out.description = read_words(in, "description", kDescriptionMax);
  out.emoji = in.text("emoji");
  out.order = static_cast<int>(in.integer_or("order", 0, 0, 1000));
  in.finish();
  return out;
}

Template read_template(TableReader in) {
  Template out;
  out.id = read_slug(in, kTemplateIdMax);
  out.category = in.text("category");
  out.name = read_words(in, "name", kNameMax);
  out.description = read_words(in, "description", kDescriptionMax);
  out.emoji = in.text("emoji");
  out.prompt = read_prompt(in, "prompt");
  out.style_prompt = in.has("style_prompt") ? read_prompt(in, "style_prompt") : out.prompt;
  out.prompt_woman = in.has("prompt_woman") ? read_prompt(in, "prompt_woman") : "";
  out.prompt_man = in.has("prompt_man") ? read_prompt(in, "prompt_man") : "";
  out.tags = in.texts("tags");
  out.aspect_ratio = read_ratio(in);
  out.price = static_cast<int>(in.integer_or("price", 5, 0, 10'000));
  out.order = static_cast<int>(in.integer_or("order", 0, 0, 1000));
  out.quick_look = static_cast<int>(in.integer_or("quick_look", 0, 0, 6));
  out.popular = static_cast<int>(in.integer_or("popular", 0, 0, 100));
  out.season = read_season(in);
  out.since = read_since(in);
  out.premium = in.boolean_or("premium", false);
  out.enabled = in.boolean_or("enabled", true);
  const std::vector<std::string> audience = in.texts("for");
  if (!audience.empty()) {
    out.for_portrait = std::ranges::find(audience, "portrait") != audience.end();
    out.for_style = std::ranges::find(audience, "style") != audience.end();
    if (audience.size() != static_cast<std::size_t>(out.for_portrait) + static_cast<std::size_t>(out.for_style)) {
      in.refuse("for", "a list of \"portrait\" and \"style\" was expected");
    }
  }
  in.finish({"style_prompt", "prompt_woman", "prompt_man"});
  return out;
}

/// Collects all files, remembering where each id stood.
class Collector {
 public:
  void add(const SourceFile& file) {
    const toml::table root = parse_file(file);
    TableReader in(file.name, root, "file");
    in.finish({"category", "template"});
    each(file, root, "category", [&](const toml::table& table) {
      once(categories_, file, table, set_.categories.emplace_back(read_category({file.name, table, "category"})).id);
    });
    each(file, root, "template", [&](const toml::table& table) {
      auto entry = read_template({file.name, table, "template"});
      const std::string id = entry.id;
      once(templates_, file, table, id);
      places_[id] = fmt::format("{}:{}", file.name, table.source().begin.line);
      set_.templates.push_back(std::make_shared<const Template>(std::move(entry)));
    });
  }

  TemplateSet finish() {
    std::map<int, std::string> looks;
    for (const TemplateRef& entry : set_.templates) {
      const std::string& place = places_[entry->id];
      if (!categories_.contains(entry->category)) {
        throw Mistake{fmt::format("{}: template.category: no category \"{}\"", place, entry->category)};
      }
      if (entry->quick_look > 0 && !looks.emplace(entry->quick_look, entry->id).second) {
        throw Mistake{fmt::format("{}: template.quick_look: place {} is taken by \"{}\"", place, entry->quick_look,
                                  looks[entry->quick_look])};
      }
    }
    std::ranges::sort(set_.categories, [](const Category& a, const Category& b) {
      return std::tie(a.order, a.id) < std::tie(b.order, b.id);
    });
    std::ranges::sort(set_.templates, [](const TemplateRef& a, const TemplateRef& b) {
      return std::tie(a->category, a->order, a->id) < std::tie(b->category, b->order, b->id);
    });
    return std::move(set_);
  }

 private:
  using Places = std::map<std::string, std::string, std::less<>>;

  static void each(const SourceFile& file, const toml::table& root, std::string_view key, const auto& read) {
    const toml::node* node = root.get(key);
    if (node == nullptr) {
      return;
    }
    if (!node->is_array_of_tables()) {
      complain(file.name, *node, fmt::format("[[{}]] was expected", key));
    }
    for (const toml::node& element : *node->as_array()) {
      read(*element.as_table());
    }
  }

  static void once(Places& places, const SourceFile& file, const toml::table& table, const std::string& id) {
    const auto [known, is_new] = places.emplace(id, fmt::format("{}:{}", file.name, table.source().begin.line));
    if (!is_new) {
      complain(file.name, table, fmt::format("\"{}\" is already defined at {}", id, known->second));
    }
  }

  TemplateSet set_;
  Places categories_;
  Places templates_;
  Places places_;
};

}  // namespace

Result<TemplateSet> parse_templates(const std::vector<SourceFile>& files) {
  try {
    Collector collector;
    for (const SourceFile& file : files) {
      collector.add(file);
    }
    return collector.finish();
  } catch (const Mistake& mistake) {
    return fail(Errc::catalog_invalid, mistake.text);
  }
}

}  // namespace aisha::catalog
