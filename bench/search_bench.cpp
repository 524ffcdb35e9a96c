// SPDX-License-Identifier: Apache-2.0
// Looking for a style among 500: twenty times the built-in ones, each copy with words of its own; and for what was
// meant among the words of 10,000 prompts.
#include <benchmark/benchmark.h>

#include <string>

#include "catalog/templates/style_search.hpp"
#include "catalog/templates/template_manager.hpp"
#include "services/search/vocabulary.hpp"
#include "services/search/word_index.hpp"

namespace {

using namespace aisha::catalog;

constexpr int kStyles = 500;

/// A word that no other copy has: the number's digits as letters.
std::string word_of(int number) {
  std::string out = "слово";
  for (; number > 0; number /= 10) {
    constexpr std::string_view kLetters[] = {"ба", "ве", "ги", "до", "жу", "зы", "ка", "ле", "ми", "но"};
    out += kLetters[number % 10];
  }
  return out;
}

TemplateSet many() {
  const auto shipped = TemplateManager::load({}).value();
  TemplateSet set;
  set.categories = shipped->all().categories;
  for (int i = 0; set.templates.size() < kStyles; ++i) {
    const auto& from = shipped->all().templates;
    Template style = *from[static_cast<std::size_t>(i) % from.size()];
    style.id += std::to_string(i);
    style.name.ru += " " + word_of(2 * i + 1);
    style.prompt += ", " + word_of(7 * i + 5) + " " + word_of(13 * i + 3);
    set.templates.push_back(std::make_shared<const Template>(std::move(style)));
  }
  return set;
}

void find(benchmark::State& state, const char* typed) {
  const StyleSearch search(many());
  for (auto _ : state) {
    benchmark::DoNotOptimize(search.find({.text = typed, .audience = aisha::catalog::Audience{}}));
  }
}
BENCHMARK_CAPTURE(find, word, "офисе");
BENCHMARK_CAPTURE(find, words, "рассвет у моря");
BENCHMARK_CAPTURE(find, slip, "пртрет");
BENCHMARK_CAPTURE(find, keyboard, "jabc");
BENCHMARK_CAPTURE(find, sound, "ofis");
BENCHMARK_CAPTURE(find, three_slips, "средневиковый пртрет карлевы");
BENCHMARK_CAPTURE(find, nothing, "гиппопотамус");

void build(benchmark::State& state) {
  const TemplateSet set = many();
  for (auto _ : state) {
    const StyleSearch search(set);
    benchmark::DoNotOptimize(&search);
  }
}
BENCHMARK(build)->Unit(benchmark::kMillisecond);

void compare_own_words(benchmark::State& state) {
  std::vector<std::string> texts;
  for (int i = 0; i < 10'000; ++i) {
    std::string prompt = "портрет у моря на закате в красном пальто и шляпе";
    for (int k = 0; k < 6; ++k) {
      prompt += " " + word_of((i * 7 + k * 131) % 5'000);
    }
    texts.push_back(aisha::services::index_words("", prompt));
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(aisha::services::Vocabulary(texts).meant_by("пртрет закта"));
  }
}
BENCHMARK(compare_own_words)->Unit(benchmark::kMillisecond);

}  // namespace
