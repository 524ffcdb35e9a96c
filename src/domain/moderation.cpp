// SPDX-License-Identifier: Apache-2.0
#include "domain/moderation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/words.hpp"
#include "domain/disguise.hpp"
#include "domain/enum_names.hpp"

namespace aisha::domain::moderation {
namespace {

constexpr std::array<std::string_view, kCategories> kNames = {"minors",   "sexual",    "violence",  "hate",
                                                              "selfharm", "extremism", "documents", "people"};

/// "один два" -> its words.
std::vector<std::string_view> parts_of(std::string_view written) {
  std::vector<std::string_view> out;
  for (std::size_t start = written.find_first_not_of(' '); start != std::string_view::npos;) {
    const std::size_t end = std::min(written.find(' ', start), written.size());
    out.push_back(written.substr(start, end - start));
    start = written.find_first_not_of(' ', end);
  }
  return out;
}

}  // namespace

std::string_view text_of(Category category) {
  return enum_names::text_of(kNames, category);
}

std::optional<Category> category_from(std::string_view text) {
  return enum_names::find<Category>(kNames, text);
}

std::vector<Gate::Token> Gate::tokens_of(std::string_view written, bool are_stems) {
  std::vector<Token> out;
  for (std::string_view part : parts_of(written)) {
    Token token;
    token.is_whole = !are_stems;
    if (part.starts_with('=')) {
      part.remove_prefix(1);
      token.is_whole = true;
    }
    if (part.ends_with('*')) {
      part.remove_suffix(1);
      token.is_whole = false;
    }
    token.text = words::letters(words::fold(part));
    out.push_back(std::move(token));
  }
  return out;
}

bool is_pattern(std::string_view written) {
  const auto parts = parts_of(written);
  return !parts.empty() && std::ranges::all_of(parts, [](std::string_view part) {
    const std::string folded = words::fold(part);
    return !folded.empty() && !folded.contains(' ');
  });
}

void Gate::add(Phrases& to, std::string_view written, bool are_stems, std::size_t rule, std::size_t list) {
  Phrase phrase{tokens_of(written, are_stems), rule, list};
  if (!phrase.tokens.empty() && !phrase.tokens.front().text.empty()) {
    to[phrase.tokens.front().text.front()].push_back(std::move(phrase));
  }
}

Gate::Gate(std::vector<Rule> rules) : rules_(std::move(rules)) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = rules_[i];
    for (const std::string& word : rule.words) {
      add(forbidden_, word, false, i, 0);
    }
    for (const std::string& stem : rule.stems) {
      add(forbidden_, stem, true, i, 0);
    }
    for (std::size_t list = 0; list < rule.together.size(); ++list) {
      for (const std::string& stem : rule.together[list]) {
        add(forbidden_, stem, true, i, list + 1);
      }
    }
    for (const std::string& phrase : rule.allow) {
      add(allowed_, phrase, false, i, 0);
    }
  }
}

bool Gate::stands_at(const Phrase& phrase, const std::vector<Readings>& words, std::size_t at) {
  if (at + phrase.tokens.size() > words.size()) {
    return false;
  }
  for (const Token& token : phrase.tokens) {
    const bool fits = std::ranges::any_of(words[at++], [&](const std::u32string& word) {
      return token.is_whole ? word == token.text : word.starts_with(token.text);
    });
    if (!fits) {
      return false;
    }
  }
  return true;
}

template <class Take>
void Gate::find(const Phrases& phrases, const std::vector<Readings>& words, Take take) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    char32_t last = 0;
    for (const std::u32string& reading : words[at]) {
      const auto begun = phrases.find(reading.front());
      if (begun == phrases.end() || reading.front() == last) {
        continue;
      }
      last = reading.front();
      for (const Phrase& phrase : begun->second) {
        if (stands_at(phrase, words, at)) {
          take(phrase, at);
        }
      }
    }
  }
}

/// What stands in a text, rule by rule.
struct Gate::Found {
  std::vector<std::vector<bool>> harmless;  ///< by word; empty = none of them
  std::vector<std::vector<bool>> lists;     ///< those of `together`, at 0 what trips by itself
};

std::optional<Gate::Hit> Gate::check(std::string_view text) const {
  const std::vector<Readings> words = disguise::read(text);
  Found found{std::vector<std::vector<bool>>(rules_.size()), std::vector<std::vector<bool>>(rules_.size())};
  find(allowed_, words, [&](const Phrase& phrase, std::size_t at) {
    auto& harmless = found.harmless[phrase.rule];
    harmless.resize(words.size());
    std::fill_n(harmless.begin() + static_cast<std::ptrdiff_t>(at), phrase.tokens.size(), true);
  });
  find(forbidden_, words, [&](const Phrase& phrase, std::size_t at) {
    const auto& harmless = found.harmless[phrase.rule];
    for (std::size_t i = at; i < at + phrase.tokens.size() && !harmless.empty(); ++i) {
      if (harmless[i]) {
        return;
      }
    }
    auto& lists = found.lists[phrase.rule];
    lists.resize(rules_[phrase.rule].together.size() + 1);
    lists[phrase.list] = true;
  });
  const Rule* first = nullptr;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const auto& lists = found.lists[i];
    const bool by_itself = !lists.empty() && lists.front();
    const bool together = lists.size() > 1 && std::all_of(lists.begin() + 1, lists.end(), [](bool hit) { return hit; });
    if ((by_itself || together) && (first == nullptr || rules_[i].category < first->category)) {
      first = &rules_[i];
    }
  }
  return first == nullptr ? std::nullopt : std::optional(Hit{first->category, first->id});
}

}  // namespace aisha::domain::moderation
