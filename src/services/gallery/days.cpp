// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/days.hpp"

#include <utility>
#include <vector>

#include "base/json.hpp"
#include "cache/recall.hpp"
#include "domain/prompt_text.hpp"
#include "stores/pictures/own_pages.hpp"
#include "stores/pictures/saved_images.hpp"

namespace aisha::services {
namespace {

namespace own_pages = stores::own_pages;

constexpr std::int64_t kPage = 9;
constexpr const char* kLastDay = "9999-12-31";
/// More than a line of a list holds.
constexpr std::size_t kWordsKept = 64;

/// What a line and a cell need of a picture.
struct HistoryPicture {
  std::string id;
  std::string style;
  std::string words;
  std::string name;
  std::string object;
  std::int64_t width = 0;
  bool favorite = false;
  bool saved = false;
};
BOOST_DESCRIBE_STRUCT(HistoryPicture, (), (id, style, words, name, object, width, favorite, saved))

/// `day`, `pictures` and `made` prove that the page is still the one of the newest day.
struct History {
  std::string day;
  std::int64_t pictures = 0;
  std::int64_t made = 0;
  std::vector<HistoryPicture> page;
};
BOOST_DESCRIBE_STRUCT(History, (), (day, pictures, made, page))

std::optional<domain::OwnPicture> own_picture_of(HistoryPicture& kept, const std::string& day) {
  const auto id = Uuid::parse(kept.id);
  if (!id) {
    return std::nullopt;
  }
  domain::OwnPicture own;
  own.picture.id = *id;
  own.picture.template_id = std::move(kept.style);
  own.picture.custom_prompt = std::move(kept.words);
  own.picture.local_day = day;
  own.picture.state = domain::PictureState::ready;
  own.picture.object.key = std::move(kept.object);
  own.picture.object.width = kept.width;
  own.name = std::move(kept.name);
  own.is_favorite = kept.favorite;
  own.is_saved = kept.saved;
  return own;
}

bool proves(const domain::OwnDay& kept, const domain::OwnDay& now) {
  return kept.day == now.day && kept.pictures == now.pictures && kept.made == now.made;
}

}  // namespace

std::string write_history(const domain::DayPage& page) {
  History out{page.day.day, page.day.pictures, page.day.made, {}};
  for (const domain::OwnPicture& own : page.pictures) {
    const domain::Picture& picture = own.picture;
    out.page.push_back({.id = picture.id.to_string(),
                        .style = picture.template_id,
                        .words = domain::shorten(picture.custom_prompt, kWordsKept),
                        .name = own.name,
                        .object = picture.object.key,
                        .width = picture.object.width,
                        .favorite = own.is_favorite,
                        .saved = own.is_saved});
  }
  return json::encode_text(out);
}

std::optional<domain::DayPage> read_history(std::string_view text) {
  auto read = json::decode<History>(text);
  if (!read) {
    return std::nullopt;
  }
  domain::DayPage out;
  out.day.day = std::move(read->day);
  out.day.pictures = read->pictures;
  out.day.made = read->made;
  for (HistoryPicture& kept : read->page) {
    auto own = own_picture_of(kept, out.day.day);
    if (!own) {
      return std::nullopt;
    }
    out.pictures.push_back(std::move(*own));
  }
  return out;
}

Task<domain::DayPage> Days::newest(Uuid owner) {
  const auto entry = cache::keys::history(owner);
  const auto copy = co_await cache::recall(context_.cache, entry, kHistoryFormat);
  auto known = copy ? read_history(*copy) : std::nullopt;
  stores::UnitOfWork unit(context_.db, context_.rng);
  if (known) {
    auto now = co_await own_pages::day(unit, owner, kLastDay);
    if (proves(known->day, now)) {
      known->day = std::move(now);
      co_return std::move(*known);
    }
  }
  const domain::PageStart first;
  auto fresh = co_await own_pages::page(unit, owner, kLastDay, first, kPage);
  if (!fresh.pictures.empty()) {
    if (known) {
      co_await cache::forget(context_.cache, entry);
    }
    std::string text = write_history(fresh);
    co_await cache::keep(context_.cache, entry, kHistoryFormat, std::move(text));
  }
  co_return fresh;
}

Task<domain::DayPage> Days::day(Uuid owner, std::int64_t day, domain::PageStart from) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_return co_await own_pages::page(unit, owner, domain::day_text(day), from, kPage);
}

Task<domain::OwnMonth> Days::month(Uuid owner, std::int64_t month) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_return co_await own_pages::month(unit, owner, domain::month_text(month));
}

Task<Result<domain::OwnPlace>> Days::picture(Uuid owner, Uuid id, domain::OwnOrder order) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await own_pages::picture(unit, owner, id, order);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  co_return std::move(*found);
}

Task<Result<domain::OwnPlace>> Days::set_name(Actor& actor, Uuid id, std::string name) {
  auto found = co_await own_pages::picture(actor.unit(), actor.user().id, id, domain::OwnOrder::days);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  if (found->own.picture.deleted_at) {
    co_return fail(Errc::already_deleted);
  }
  stores::saved_images::set_name(actor.unit(), actor.user().id, id, name);
  found->own.is_saved = found->own.is_saved || !name.empty();
  found->own.name = std::move(name);
  actor.forget_pictures();
  co_return std::move(*found);
}

Task<std::int64_t> Days::count_removed(Uuid owner) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_return co_await own_pages::count_removed(unit, owner);
}

}  // namespace aisha::services
