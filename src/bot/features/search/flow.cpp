// SPDX-License-Identifier: Apache-2.0
#include "bot/features/search/flow.hpp"

#include "base/utf8.hpp"
#include "base/words.hpp"
#include "bot/features/search/screen.hpp"
#include "bot/flow/input.hpp"
#include "bot/flow/own_list.hpp"
#include "bot/flow/paid_order.hpp"
#include "bot/flow/refusal.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::search {
namespace {

constexpr std::size_t kFewestLetters = 2;
/// Code points of a text that count.
constexpr std::size_t kMostLetters = 64;

/// What a text looks for, as it is kept and shown: letters, digits and the signs of a keyboard, where letters of the
/// other one may be; "" when there are too few letters.
std::string words_in(std::string_view text) {
  std::string out;
  for (const char32_t code : words::letters(text)) {
    const bool is_sign = code > ' ' && code < 0x7f;
    if (is_sign || utf8::is_letter_or_digit(code) || utf8::is_ideograph(code)) {
      utf8::append(out, code);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  out = domain::shorten(out, kMostLetters);
  return words::letters(words::fold(out)).size() < kFewestLetters ? std::string() : out;
}

/// Nothing is found: the words may be made a picture of. `typed` is what was written.
Reply no_styles(FlowContext& context, std::string_view typed) {
  domain::Chat& chat = context.chat.row;
  auto prompt = domain::check_prompt(typed);
  chat.draft_ref.reset();
  chat.draft = prompt ? std::move(*prompt) : std::string();
  context.chat.renew_card();
  Reply reply;
  reply.card =
      no_styles_card(context.texts(), {.words = chat.searched, .mark = prompt ? mark_of(chat.draft) : std::string()});
  return reply;
}

std::optional<Reply> find_styles(FlowContext& context, std::string words, std::string_view typed) {
  domain::Chat& chat = context.chat.row;
  if (words.empty()) {
    Reply reply;
    reply.card = ask_styles_card(context.texts(), {.is_too_short = true});
    return reply;
  }
  chat.searched = std::move(words);
  if (context.bot.catalog_view.find_styles(chat.searched, context.audience()).ids.empty()) {
    return no_styles(context, typed);
  }
  return std::nullopt;
}

}  // namespace

Task<Reply> ask_styles(FlowContext& context) {
  begin_input(context, domain::Awaits::styles);
  Reply reply;
  reply.card = ask_styles_card(context.texts(), {});
  co_return reply;
}

Task<std::optional<Reply>> written_styles(FlowContext& context) {
  co_return find_styles(context, words_in(context.text), context.text);
}

Task<std::optional<Reply>> suggestion(FlowContext& context, Suggestion what) {
  std::string word = suggestion_word(context.texts(), what.number);
  if (word.empty()) {
    co_return stale();
  }
  begin_input(context, domain::Awaits::styles);
  co_return find_styles(context, word, word);
}

Task<Reply> ask_pictures(FlowContext& context) {
  begin_input(context, domain::Awaits::pictures);
  Reply reply;
  reply.card = ask_pictures_card(context.texts(), {});
  co_return reply;
}

Task<Reply> written_pictures(FlowContext& context) {
  std::string words = words_in(context.text);
  if (words.empty()) {
    Reply reply;
    reply.card = ask_pictures_card(context.texts(), {.is_too_short = true});
    co_return reply;
  }
  context.chat.row.searched = std::move(words);
  const Results first;
  co_return co_await results(context, first);
}

Task<Reply> results(FlowContext& context, Results to) {
  const std::string& words = context.chat.row.searched;
  if (words.empty()) {
    co_return co_await ask_pictures(context);
  }
  const auto place = page_start(to.page);
  const auto found = co_await context.bot.picture_search.find(context.actor.user().id, words, place, kOwnPerPage);
  Reply reply;
  reply.card =
      found_card(context.texts(), {.words = words,
                                   .items = own_items(context.texts(), context.bot.catalog_view, found.pictures),
                                   .has_newer = found.has_newer,
                                   .has_older = found.has_older});
  co_return reply;
}

}  // namespace aisha::bot::search
