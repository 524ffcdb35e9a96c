// SPDX-License-Identifier: Apache-2.0
#include "bot/features/sharing/inline_results.hpp"

#include <iterator>
#include <utility>

#include "bot/cards/card_wire.hpp"
#include "bot/features/sharing/routes.hpp"
#include "domain/picture.hpp"

namespace aisha::bot::sharing {
namespace {

constexpr std::int64_t kPerAnswer = 20;
/// What one types changes, and so do one's pictures.
constexpr std::int64_t kCachedSeconds = 5;
constexpr std::string_view kOfOne = "i ";
// Offsets: which list goes on, and behind which of its pictures.
constexpr char kFound = 's';
constexpr char kKept = 'f';
constexpr char kNewest = 'n';

std::string offset_of(char list, const Uuid& last) {
  return list + last.to_base64url();
}

/// Nothing for an offset of another list, or that is none.
std::optional<Uuid> behind_of(const std::string& offset, char list) {
  const bool is_of_list = !offset.empty() && offset.front() == list;
  return is_of_list ? Uuid::from_base64url(std::string_view(offset).substr(1)) : std::nullopt;
}

/// The one picture that is asked for; nothing for words.
std::optional<Uuid> picture_in(std::string_view query) {
  return query.starts_with(kOfOne) ? Uuid::from_base64url(query.substr(kOfOne.size())) : std::nullopt;
}

domain::PageStart start_of(const std::optional<Uuid>& behind) {
  return behind ? domain::PageStart{domain::PageStart::Side::older, *behind} : domain::PageStart{};
}

}  // namespace

Task<telegram::AnswerInlineQuery> InlineResults::answer(telegram::InlineQuery query) {
  telegram::AnswerInlineQuery out;
  out.inline_query_id = query.id;
  const auto person = co_await bot_.people.of_chat(query.from_.id);
  if (!person) {
    const auto language = domain::text_of(domain::language_for(query.from_.language_code.value_or("")));
    out.button =
        telegram::InlineQueryResultsButton{bot_.library.in(language).plain("inline.open"), std::string(kFromInline)};
    co_return out;
  }
  if (person->is_being_erased) {
    co_return out;
  }
  out.cache_time = picture_in(query.query) ? 0 : kCachedSeconds;
  const Page page = co_await page_of(person->user_id, query);
  std::vector<std::string> keys;
  for (const domain::OwnPicture& own : page.pictures) {
    keys.push_back(domain::result_photo_key(own.picture.id));
  }
  auto file_ids = co_await uploads_.file_ids(std::move(keys));
  const domain::Language language = person->settings.language;
  const texts::Texts& texts = bot_.library.in(domain::text_of(language));
  for (std::size_t i = 0; i < page.pictures.size(); ++i) {
    if (file_ids[i]) {
      out.results.push_back(result_of(texts, language, page.pictures[i], std::move(*file_ids[i]), page.token));
    }
  }
  out.next_offset = page.next;
  co_return out;
}

Task<InlineResults::Page> InlineResults::page_of(Uuid owner, const telegram::InlineQuery& query) {
  if (const auto picture = picture_in(query.query)) {
    co_return co_await one(owner, *picture);
  }
  if (query.query.find_first_not_of(" \t\n") != std::string_view::npos) {
    co_return co_await found(owner, query);
  }
  if (const auto behind = behind_of(query.offset, kNewest)) {
    Page nothing;
    co_return co_await newest(owner, behind, std::move(nothing));
  }
  co_return co_await kept(owner, behind_of(query.offset, kKept));
}

Task<InlineResults::Page> InlineResults::one(Uuid owner, Uuid picture) {
  auto shared = co_await bot_.sharing.shared(owner, picture);
  Page page;
  if (shared) {
    page.token = std::move(shared->token);
    page.pictures.push_back({.picture = std::move(shared->picture), .name = {}});
  }
  co_return page;
}

Task<InlineResults::Page> InlineResults::found(Uuid owner, const telegram::InlineQuery& query) {
  const domain::PageStart start = start_of(behind_of(query.offset, kFound));
  auto read = co_await bot_.picture_search.find(owner, query.query, start, kPerAnswer);
  Page page;
  page.pictures = std::move(read.pictures);
  if (read.has_older && !page.pictures.empty()) {
    page.next = offset_of(kFound, page.pictures.back().picture.id);
  }
  co_return page;
}

Task<InlineResults::Page> InlineResults::kept(Uuid owner, std::optional<Uuid> behind) {
  const domain::PageStart start = start_of(behind);
  auto read = co_await bot_.collections.page(owner, services::Collection::favorites, start, kPerAnswer);
  Page page;
  page.pictures = std::move(read.pictures);
  const bool is_full = read.before + std::ssize(page.pictures) < read.total;
  if (is_full) {
    page.next = offset_of(kKept, page.pictures.back().picture.id);
    co_return page;
  }
  co_return co_await newest(owner, std::nullopt, std::move(page));
}

/// Fills the page up.
Task<InlineResults::Page> InlineResults::newest(Uuid owner, std::optional<Uuid> behind, Page page) {
  const std::int64_t room = kPerAnswer - std::ssize(page.pictures);
  auto read = co_await bot_.sharing.newest(owner, behind, room + 1);
  const bool has_more = std::ssize(read) > room;
  if (has_more) {
    read.pop_back();
  }
  std::ranges::move(read, std::back_inserter(page.pictures));
  if (has_more && !page.pictures.empty()) {
    page.next = offset_of(kNewest, page.pictures.back().picture.id);
  }
  co_return page;
}

telegram::InlineQueryResultPhoto InlineResults::result_of(const texts::Texts& texts, domain::Language language,
                                                          const domain::OwnPicture& own, std::string file_id,
                                                          const std::string& token) const {
  const std::string& style = own.picture.template_id;
  const texts::RichText caption =
      style.empty() ? texts.rich("inline.own_prompt")
                    : texts.rich("inline.style", {{"style", bot_.catalog_view.style_title(style, language)}});
  std::string argument(kFromInline);
  if (!token.empty()) {
    argument = std::string(kByToken) + token;
  } else if (!style.empty()) {
    argument = std::string(kByStyle) + style;
  }
  telegram::InlineQueryResultPhoto out;
  out.id = own.picture.id.to_base64url();
  out.photo_file_id = std::move(file_id);
  out.caption = caption.text;
  out.caption_entities = wire::entities(caption.spans);
  telegram::InlineKeyboardButton same;
  same.text = texts.plain("button.same");
  same.url = deep_link(bot_.options.username, argument);
  if (!same.url->empty()) {
    out.reply_markup = telegram::InlineKeyboardMarkup{{{std::move(same)}}};
  }
  return out;
}

}  // namespace aisha::bot::sharing
