// SPDX-License-Identifier: Apache-2.0
#include "services/search/picture_search.hpp"

#include <algorithm>

#include "base/words.hpp"
#include "catalog/templates/template_manager.hpp"
#include "services/search/vocabulary.hpp"
#include "stores/pictures/picture_texts.hpp"

namespace aisha::services {
namespace {

namespace picture_texts = stores::picture_texts;
using domain::PageStart;
using Side = PageStart::Side;

/// The newest pictures whose words are compared one by one: what the loop thread does within a millisecond
/// (`bench_search`).
constexpr std::int64_t kMostCompared = 3'000;
/// Those that come with a page that is empty: most people have no more.
constexpr std::int64_t kComparedAtOnce = 250;

std::vector<std::string> stems_of(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string& word : words::telling(text)) {
    std::string stem = words::stem(word);
    if (std::ranges::find(out, stem) == out.end()) {
      out.push_back(std::move(stem));
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> PictureSearch::styles_of(std::string_view text, bool forgives) const {
  std::vector<std::string> out;
  for (const auto& style : templates_.search({.text = text, .audience = {}, .forgives = forgives}).styles) {
    out.push_back(style->id);
  }
  return out;
}

Task<FoundPictures> PictureSearch::find(Uuid owner, std::string text, PageStart place, std::int64_t per_page) {
  const picture_texts::Wanted wanted{stems_of(text), styles_of(text, false)};
  if (wanted.stems.empty()) {
    co_return FoundPictures{};
  }
  Looked typed = co_await page(owner, wanted, place, per_page);
  if (!typed.found.pictures.empty()) {
    co_return std::move(typed.found);
  }
  const picture_texts::Wanted meant = co_await meant_by(owner, text, std::move(typed.words));
  const PageStart first;
  // A place with nothing beyond it, of words that are the person's own as they stand.
  const bool is_beyond = place.side != Side::first && (!wanted.styles.empty() || meant.stems == wanted.stems);
  if (is_beyond) {
    typed = co_await page(owner, wanted, first, per_page);
    if (!typed.found.pictures.empty()) {
      co_return std::move(typed.found);
    }
  }
  const bool says_more = (!meant.stems.empty() && meant.stems != wanted.stems) || meant.styles != wanted.styles;
  if (says_more) {
    FoundPictures found = co_await nearest_page(owner, meant, place, per_page);
    if (!found.pictures.empty()) {
      co_return found;
    }
  }
  if (place.side == Side::first || is_beyond) {
    co_return FoundPictures{};
  }
  typed = co_await page(owner, wanted, first, per_page);
  co_return std::move(typed.found);
}

/// What the words may stand for beside what they say; the rest of the person's own are read when the newest tell
/// nothing.
Task<picture_texts::Wanted> PictureSearch::meant_by(Uuid owner, std::string text, std::vector<std::string> words) {
  picture_texts::Wanted meant{Vocabulary(words).meant_by(text), styles_of(text, true)};
  if (meant.stems.empty() && std::ssize(words) == kComparedAtOnce) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    words = co_await picture_texts::newest_words(unit, owner, kMostCompared);
    meant.stems = Vocabulary(words).meant_by(text);
  }
  co_return meant;
}

Task<FoundPictures> PictureSearch::nearest_page(Uuid owner, picture_texts::Wanted wanted, PageStart place,
                                                std::int64_t per_page) {
  Looked looked = co_await page(owner, wanted, place, per_page);
  if (looked.found.pictures.empty() && place.side != Side::first) {
    const PageStart first;
    looked = co_await page(owner, std::move(wanted), first, per_page);
  }
  co_return std::move(looked.found);
}

/// The first page in the place of one that would not be full; nothing behind the last picture, and before the newest.
Task<PictureSearch::Looked> PictureSearch::page(Uuid owner, picture_texts::Wanted wanted, PageStart place,
                                                std::int64_t per_page) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const picture_texts::Limits limits{per_page + 1, kComparedAtOnce};
  Looked out;
  FoundPictures& found = out.found;
  if (place.side == Side::newer) {
    auto read = co_await picture_texts::newer(unit, owner, wanted, place.picture, limits);
    out.words = std::move(read.words);
    if (read.pictures.empty()) {
      co_return out;
    }
    if (std::ssize(read.pictures) <= per_page) {
      const PageStart first;
      co_return co_await page(owner, std::move(wanted), first, per_page);
    }
    found.pictures = std::move(read.pictures);
    found.pictures.pop_back();
    std::ranges::reverse(found.pictures);
    found.has_newer = true;
    found.has_older = true;
    co_return out;
  }
  auto read = co_await picture_texts::older(unit, owner, std::move(wanted), place.picture, limits);
  out.words = std::move(read.words);
  found.pictures = std::move(read.pictures);
  found.has_older = std::ssize(found.pictures) > per_page;
  if (found.has_older) {
    found.pictures.pop_back();
  }
  found.has_newer = place.side == Side::older;
  co_return out;
}

}  // namespace aisha::services
