// SPDX-License-Identifier: Apache-2.0
#include "catalog/templates/style_words.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/words.hpp"

namespace aisha::catalog {
namespace {

// How much a text of a style counts.
constexpr int kName = 8;
constexpr int kTag = 6;
constexpr int kCategory = 4;
constexpr int kDescription = 3;
constexpr int kPrompt = 1;

using Places = std::map<std::string, std::map<std::size_t, int>>;

void read(Places& places, std::size_t style, std::string_view text, int weight) {
  for (std::string& word : words::split(text)) {
    int& best = places[std::move(word)][style];
    best = std::max(best, weight);
  }
}

void read(Places& places, std::size_t at, const Template& style) {
  for (const std::string* name : {&style.name.ru, &style.name.en}) {
    read(places, at, *name, kName);
  }
  read(places, at, style.id, kTag);
  for (const std::string& tag : style.tags) {
    read(places, at, tag, kTag);
  }
  for (const std::string* description : {&style.description.ru, &style.description.en}) {
    read(places, at, *description, kDescription);
  }
  for (const std::string* prompt : {&style.prompt, &style.style_prompt}) {
    read(places, at, *prompt, kPrompt);
  }
}

}  // namespace

StyleWords::Shape shape_of(std::string_view text) {
  StyleWords::Shape shape{words::letters(text)};
  for (const char32_t letter : shape.letters) {
    shape.has |= std::uint64_t{1} << (letter % 64);
  }
  return shape;
}

StyleWords read_words(const TemplateSet& set) {
  Places places;
  for (std::size_t i = 0; i < set.templates.size(); ++i) {
    const Template& style = *set.templates[i];
    read(places, i, style);
    if (const auto shelf = std::ranges::find(set.categories, style.category, &Category::id);
        shelf != set.categories.end()) {
      read(places, i, shelf->name.ru, kCategory);
      read(places, i, shelf->name.en, kCategory);
    }
  }
  StyleWords catalogue;
  catalogue.styles = set.templates;
  catalogue.words.reserve(places.size());
  for (const auto& [text, where] : places) {
    StyleWords::Word word;
    word.text = text;
    word.stem = words::stem(text);
    word.shape = shape_of(text);
    word.stem_shape = shape_of(word.stem);
    for (const auto& [style, weight] : where) {
      word.places.push_back({style, weight});
    }
    catalogue.words.push_back(std::move(word));
  }
  return catalogue;
}

}  // namespace aisha::catalog
