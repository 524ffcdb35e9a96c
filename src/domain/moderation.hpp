// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What may not be drawn, by lists of words.
namespace aisha::domain::moderation {

/// Why a text is not taken; the first of several is told.
enum class Category : std::uint8_t { minors, sexual, violence, hate, selfharm, extremism, documents, people };
inline constexpr std::size_t kCategories = 8;

/// "minors", ...
std::string_view text_of(Category category);
std::optional<Category> category_from(std::string_view text);
/// What no operator's word lets through.
inline bool can_be_allowed(Category category) {
  return category != Category::minors;
}

/// One subject. A text trips it by one of `words` or `stems`, or by one of each list of `together`. All are one word or
/// several that stand side by side, Russian or English, in any case.
struct Rule {
  std::string id;
  Category category = Category::sexual;
  std::vector<std::string> words;                  ///< whole words; "ню*" = words that begin so
  std::vector<std::string> stems;                  ///< beginnings of words
  std::vector<std::vector<std::string>> together;  ///< lists of stems; "=ню" = the whole word
  std::vector<std::string> allow;                  ///< harmless phrases, left out of the text first; as `words`
};

/// Whether a pattern says anything: each of its words has letters or digits.
bool is_pattern(std::string_view written);

/// The rules, ready to be asked; immutable. A text is compared without case, accents and invisible characters; letters
/// of one alphabet stand for those of the other that look the same, digits for letters, a letter repeated thrice for
/// itself, and letters set apart from each other for their word.
class Gate {
 public:
  explicit Gate(std::vector<Rule> rules);

  struct Hit {
    Category category;
    std::string rule;  ///< its id: for the operator
  };
  /// Nothing when the text may pass.
  std::optional<Hit> check(std::string_view text) const;

  std::size_t size() const { return rules_.size(); }

 private:
  struct Token {
    std::u32string text;
    bool is_whole = true;
  };
  /// Words that stand side by side, and what it means that they do.
  struct Phrase {
    std::vector<Token> tokens;
    std::size_t rule = 0;
    std::size_t list = 0;  ///< of `together`, from 1; 0 = trips the rule by itself
  };
  /// By the first letter of their first word.
  using Phrases = std::map<char32_t, std::vector<Phrase>>;
  /// A word in all readings.
  using Readings = std::vector<std::u32string>;
  struct Found;

  static std::vector<Token> tokens_of(std::string_view written, bool are_stems);
  static void add(Phrases& to, std::string_view written, bool are_stems, std::size_t rule, std::size_t list);
  static bool stands_at(const Phrase& phrase, const std::vector<Readings>& words, std::size_t at);
  /// Calls `take(phrase, at)` with each phrase that stands in the words.
  template <class Take>
  static void find(const Phrases& phrases, const std::vector<Readings>& words, Take take);

  std::vector<Rule> rules_;
  Phrases forbidden_;
  Phrases allowed_;
};

}  // namespace aisha::domain::moderation
