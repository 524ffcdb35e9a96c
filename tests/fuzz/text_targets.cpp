// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/other_alphabet.hpp"
#include "base/utf8.hpp"
#include "base/words.hpp"
#include "domain/prompt_text.hpp"
#include "http/common/multipart.hpp"
#include "tests/fuzz/targets.hpp"
#include "texts/markup.hpp"

namespace aisha::fuzz {
namespace {

constexpr std::size_t kCaption = 1024;
constexpr std::string_view kBoundary = "fuzzboundary0123456789";

void require_sound(const texts::RichText& rich) {
  const std::size_t length = texts::utf16_length(rich.text);
  for (const texts::Span& span : rich.spans) {
    require(span.length > 0 && span.offset <= length && span.length <= length - span.offset, "a span lies in its text");
  }
}

}  // namespace

void run_rich_text(std::string_view bytes) {
  // The catalogue's text is ours; what comes from outside are arguments. Both get the bytes here.
  const std::size_t half = bytes.size() / 2;
  const std::string_view typed = bytes.substr(half);
  if (!utf8::is_valid(bytes.substr(0, half)) || !utf8::is_valid(typed)) {
    return;
  }
  texts::RichText rich = texts::expand(bytes.substr(0, half), {{"a", typed}, {"n", 7}});
  require_sound(rich);
  const texts::RichText plain = texts::expand("<b>{a}</b>", {{"a", typed}});
  require(plain.text == typed, "what a person typed stays what they typed");
  require(plain.spans.size() <= 1, "an argument makes no span of its own");
  const texts::RichText cut = texts::cut_utf16(std::move(rich), kCaption);
  require(texts::utf16_length(cut.text) <= kCaption, "a caption never passes 1024");
  require(utf8::is_valid(cut.text), "no cut splits a character");
  require_sound(cut);
}

void run_prompt(std::string_view bytes) {
  const auto prompt = domain::check_prompt(bytes);
  if (prompt) {
    require(utf8::is_valid(*prompt), "a prompt is UTF-8");
    require(domain::count_code_points(*prompt) <= domain::kPromptMaxCodePoints, "a prompt keeps its limit");
    const auto again = domain::check_prompt(*prompt);
    require(again && *again == *prompt, "a checked prompt passes unchanged");
    require(domain::count_code_points(domain::shorten(*prompt, 40)) <= 40, "a shortened prompt keeps its limit");
  }
}

void run_words(std::string_view bytes) {
  const auto is_bare = [](std::string_view word) {
    return std::ranges::none_of(word,
                                [](char c) { return std::string_view(" %_\\'\"").find(c) != std::string_view::npos; });
  };
  const std::string folded = words::fold(bytes);
  require(utf8::is_valid(folded), "a folded text is UTF-8");
  require(words::fold(folded) == folded, "a folded text is folded");
  for (const std::string& word : words::split(bytes)) {
    const std::string stem = words::stem(word);
    require(!word.empty() && is_bare(word) && words::fold(word) == word, "a word is letters and digits");
    require(!stem.empty() && is_bare(stem) && words::fold(stem) == stem, "a stem is letters and digits");
    const std::u32string letters = words::letters(word);
    require(words::distance(letters, words::letters(stem), 2) == words::distance(words::letters(stem), letters, 2),
            "a distance is the same from both ends");
    require(words::distance(letters, letters, 2) == 0, "a word is no distance from itself");
  }
  require(utf8::is_valid(words::fold_case(bytes)), "lower case is UTF-8");
  require(utf8::is_valid(words::other_keyboard(bytes)), "the other keyboard writes UTF-8");
  require(utf8::is_valid(words::transliterated(folded)), "the other alphabet is UTF-8");
}

void run_multipart(std::string_view bytes) {
  const std::size_t line = bytes.find('\n');
  if (line != std::string_view::npos) {
    const auto parts = http::read_multipart(bytes.substr(0, line), bytes.substr(line + 1));
    require(parts.has_value() || parts.error().code == Errc::http_bad_request, "a body is parts or a bad request");
  }
  if (bytes.find(kBoundary) == std::string_view::npos) {
    const http::MultipartWrap wrap =
        http::wrap_multipart({{"chat_id", "", "", "5"}}, {"f0", "photo.jpg", "image/jpeg", ""}, kBoundary);
    const auto back = http::read_multipart(wrap.content_type, wrap.head + std::string(bytes) + wrap.tail);
    require(back && back->size() == 2 && back->back().body == bytes, "a file arrives as it was sent");
  }
}

}  // namespace aisha::fuzz
