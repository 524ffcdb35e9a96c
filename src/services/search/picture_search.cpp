// SPDX-License-Identifier: Apache-2.0
#include "services/search/picture_search.hpp"

#include <algorithm>

#include "base/words.hpp"
#include "catalog/template_manager.hpp"
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
  for (const auto& style : templates_.search({.text = text, .kind = {}, .forgives = forgives}).styles) {
    out.push_back(style->id);
  }
  return out;
}

Task<FoundPictures> PictureSearch::find(Uuid owner, std::string text, PageStart place, std::int64_t per_page) {
  picture_texts::Wanted wanted{stems_of(text), styles_of(text, false)};
  if (wanted.stems.empty()) {
    co_return FoundPictures{};
  }
  FoundPictures found = co_await nearest_page(owner, wanted, place, per_page);
  if (!found.pictures.empty()) {
    co_return found;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto texts = co_await picture_texts::all_words(unit, owner, kMostCompared);
  picture_texts::Wanted meant{Vocabulary(texts).meant_by(text), styles_of(text, true)};
  const bool says_more = (!meant.stems.empty() && meant.stems != wanted.stems) || meant.styles != wanted.styles;
  if (!says_more) {
    co_return found;
  }
  co_return co_await nearest_page(owner, std::move(meant), place, per_page);
}

Task<FoundPictures> PictureSearch::nearest_page(Uuid owner, picture_texts::Wanted wanted, PageStart place,
                                                std::int64_t per_page) {
  FoundPictures found = co_await page(owner, wanted, place, per_page);
  if (found.pictures.empty() && place.side != Side::first) {
    const PageStart first;
    found = co_await page(owner, std::move(wanted), first, per_page);
  }
  co_return found;
}

/// Nothing where the first page is to be shown instead.
Task<FoundPictures> PictureSearch::page(Uuid owner, picture_texts::Wanted wanted, PageStart place,
                                        std::int64_t per_page) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  FoundPictures found;
  if (place.side == Side::newer) {
    found.pictures = co_await picture_texts::newer(unit, owner, std::move(wanted), place.picture, per_page + 1);
    if (std::ssize(found.pictures) <= per_page) {
      co_return FoundPictures{};
    }
    found.pictures.pop_back();
    std::ranges::reverse(found.pictures);
    found.has_newer = true;
    found.has_older = true;
    co_return found;
  }
  found.pictures = co_await picture_texts::older(unit, owner, std::move(wanted), place.picture, per_page + 1);
  found.has_older = std::ssize(found.pictures) > per_page;
  if (found.has_older) {
    found.pictures.pop_back();
  }
  found.has_newer = place.side == Side::older;
  co_return found;
}

}  // namespace aisha::services
