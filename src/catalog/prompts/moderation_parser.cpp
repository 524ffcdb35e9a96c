// SPDX-License-Identifier: Apache-2.0
#include "catalog/prompts/moderation_parser.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/words.hpp"
#include "catalog/files/toml_reader.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::catalog {
namespace {

namespace moderation = domain::moderation;

/// A beginning of fewer letters says nothing.
constexpr std::size_t kStemMin = 3;

moderation::Category read_category(TableReader& in) {
  const std::string word = in.text("category");
  const auto category = moderation::category_from(word);
  if (!category) {
    std::array<std::string_view, moderation::kCategories> known;
    for (std::size_t i = 0; i < known.size(); ++i) {
      known.at(i) = moderation::text_of(static_cast<moderation::Category>(i));
    }
    in.refuse("category",
              fmt::format("\"{}\" is none of {}{}", word, fmt::join(known, ", "), words::did_you_mean(word, known)));
  }
  return *category;
}

void check_patterns(const TableReader& in, std::string_view key, const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    if (!moderation::is_pattern(pattern)) {
      in.refuse(key, fmt::format("\"{}\": words with single blanks between them were expected", pattern));
    }
  }
}

void check_stems(const TableReader& in, std::string_view key, const std::vector<std::string>& stems) {
  check_patterns(in, key, stems);
  for (const std::string& stem : stems) {
    if (!stem.starts_with('=') && domain::count_code_points(stem) < kStemMin) {
      in.refuse(key, fmt::format("\"{}\": the beginning of a word has at least {} letters", stem, kStemMin));
    }
  }
}

/// `together = [["...", ...], ["...", ...]]`.
std::vector<std::vector<std::string>> read_together(TableReader& in) {
  std::vector<std::vector<std::string>> out;
  const toml::node* node = in.raw().get("together");
  if (node == nullptr) {
    return out;
  }
  const toml::array* lists = node->as_array();
  for (std::size_t i = 0; lists != nullptr && i < lists->size(); ++i) {
    const toml::array* list = (*lists)[i].as_array();
    std::vector<std::string>& stems = out.emplace_back();
    for (std::size_t j = 0; list != nullptr && j < list->size(); ++j) {
      stems.push_back((*list)[j].value_or(std::string()));
    }
  }
  for (const auto& stems : out) {
    if (stems.empty()) {
      in.refuse("together", "lists of texts were expected, none of them empty");
    }
    check_stems(in, "together", stems);
  }
  if (out.size() < 2) {
    in.refuse("together", "two lists or more were expected: a word of each has to stand in the text");
  }
  return out;
}

moderation::Rule read_rule(TableReader in) {
  moderation::Rule out;
  out.id = in.text("id");
  out.category = read_category(in);
  out.words = in.texts("words");
  out.stems = in.texts("stems");
  out.allow = in.texts("allow");
  check_patterns(in, "words", out.words);
  check_patterns(in, "allow", out.allow);
  check_stems(in, "stems", out.stems);
  out.together = read_together(in);
  in.finish({"together"});
  if (out.words.empty() && out.stems.empty() && out.together.empty()) {
    in.refuse("id", fmt::format("\"{}\" has neither words nor stems nor together", out.id));
  }
  return out;
}

std::vector<moderation::Rule> read_rules(const std::vector<SourceFile>& files) {
  std::vector<moderation::Rule> out;
  std::map<std::string, std::string> places;
  for (const SourceFile& file : files) {
    const toml::table root = parse_file(file);
    TableReader top(file.name, root, "file");
    top.finish({"rule"});
    const toml::node* node = root.get("rule");
    if (node == nullptr || !node->is_array_of_tables()) {
      complain(file.name, node == nullptr ? static_cast<const toml::node&>(root) : *node, "[[rule]] was expected");
    }
    for (const toml::node& element : *node->as_array()) {
      const toml::table& table = *element.as_table();
      out.push_back(read_rule({file.name, table, "rule"}));
      const auto [known, is_new] =
          places.emplace(out.back().id, fmt::format("{}:{}", file.name, table.source().begin.line));
      if (!is_new) {
        complain(file.name, table, fmt::format("\"{}\" is already defined at {}", out.back().id, known->second));
      }
    }
  }
  return out;
}

}  // namespace

std::string_view moderation_kind(const Source& source) {
  return source.folder.empty() ? "moderation" : "";
}

Result<moderation::Gate> read_moderation(const Source& source) {
  const auto files = source.read(moderation_kind(source));
  if (!files) {
    return std::unexpected(files.error());
  }
  try {
    return moderation::Gate(read_rules(*files));
  } catch (const Mistake& mistake) {
    return fail(Errc::catalog_invalid, mistake.text);
  }
}

}  // namespace aisha::catalog
