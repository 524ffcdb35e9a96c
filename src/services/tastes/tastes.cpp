// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/tastes.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/zone.hpp"
#include "cache/recall.hpp"
#include "catalog/templates/template_manager.hpp"
#include "services/tastes/taste.hpp"
#include "stores/tastes/style_days.hpp"
#include "stores/tastes/style_neighbours.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

constexpr Millis kFresh{30 * 60'000};
constexpr std::size_t kFlames = 3;
constexpr std::size_t kNeighbours = 3;
/// So many pictures have been made by enough people, or by a crowd of machines.
constexpr std::int64_t kLookedThrough = 5'000;

std::chrono::sys_days day_of(TimePoint now) {
  return std::chrono::floor<std::chrono::days>(now);
}

}  // namespace

Task<void> Tastes::run() {
  const TimePoint now = context_.db.now();
  if (!popularity_.counts || now - from_epoch_ms(popularity_.computed_at) >= kFresh) {
    co_await read_popularity_anew(now);
  }
  if (likeness_.empty() || now - *likeness_read_at_ >= kFresh) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto neighbours = co_await stores::style_neighbours::all(unit);
    likeness_ = Likeness(neighbours);
    likeness_read_at_ = now;
  }
}

Task<void> Tastes::read_popularity_anew(TimePoint now) {
  cache::keys::Entry entry = cache::keys::popular();
  const auto copy = co_await cache::recall(context_.cache, entry, kPopularityFormat);
  std::optional<Popularity> known = copy ? read_popularity(*copy) : std::nullopt;
  if (known) {
    popularity_ = std::move(*known);
    co_return;
  }
  Popularity fresh = co_await compute(now);
  popularity_ = std::move(fresh);
  std::string text = write_popularity(popularity_);
  co_await cache::keep(context_.cache, std::move(entry), kPopularityFormat, std::move(text));
}

Task<Popularity> Tastes::compute(TimePoint now) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto today = day_of(now);
  const auto days = co_await stores::style_days::since(unit, today - kRisingDays);
  Popularity out;
  out.computed_at = epoch_ms(now);
  out.styles = rank_styles(days, today);
  std::int64_t pictures = 0;
  for (const auto& day : days) {
    pictures += age_in_days(day.day, today) < kPopularDays.count() ? day.made : 0;
  }
  if (pictures >= kPicturesToCount) {
    const TimePoint first = today - kPopularDays + std::chrono::days(1);
    const std::int64_t people = co_await stores::style_days::people_since(unit, first, kLookedThrough);
    out.counts = people >= kPeopleToCount;
  }
  co_return out;
}

bool Tastes::is_offered(std::string_view style, const catalog::Audience& audience) const {
  const auto found = templates_.find(style);
  return found && (*found)->suits(audience);
}

Tastes::Popular Tastes::popular(const catalog::Audience& audience) const {
  Popular out;
  if (popularity_.counts) {
    for (const StylePopularity& one : popularity_.styles) {
      if (out.styles.size() < kShelf && is_offered(one.style, audience)) {
        out.styles.push_back(one.style);
      }
    }
    out.counted = out.styles.size();
  }
  for (const catalog::TemplateRef& style : templates_.popular_defaults(audience)) {
    if (out.styles.size() < kShelf && std::ranges::find(out.styles, style->id) == out.styles.end()) {
      out.styles.push_back(style->id);
    }
  }
  return out;
}

std::vector<std::string> Tastes::rising(const catalog::Audience& audience) const {
  std::vector<StylePopularity> growing;
  std::ranges::copy_if(popularity_.styles, std::back_inserter(growing),
                       [&](const StylePopularity& one) { return one.rising > 0 && is_offered(one.style, audience); });
  std::ranges::sort(growing, [](const StylePopularity& a, const StylePopularity& b) {
    return std::tie(b.rising, a.style) < std::tie(a.rising, b.style);
  });
  std::vector<std::string> out;
  for (std::size_t i = 0; i < growing.size() && i < kShelf && popularity_.counts; ++i) {
    out.push_back(growing[i].style);
  }
  return out;
}

std::vector<std::string> Tastes::flames(const catalog::Audience& audience) const {
  Popular high = popular(audience);
  high.styles.resize(std::min(kFlames, high.counted));
  return std::move(high.styles);
}

std::vector<std::string> Tastes::neighbours(std::string_view style, const catalog::Audience& audience) const {
  std::vector<std::string> out;
  for (std::string& near : likeness_.nearest(style)) {
    if (out.size() < kNeighbours && is_offered(near, audience)) {
      out.push_back(std::move(near));
    }
  }
  return out;
}

Task<PersonStyles> Tastes::own(Uuid person) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  PersonStyles out;
  out.person = person;
  out.today = day_of(unit.now());
  // A day more than counts: the person's own may be behind.
  std::string since = local_day(out.today - kTasteDays - std::chrono::days(1), "UTC");
  out.days = co_await stores::own_styles::of(unit, person, std::move(since));
  co_return out;
}

std::vector<Recommended> Tastes::for_you(const PersonStyles& own, const catalog::Audience& audience) const {
  std::map<std::string_view, double> popular;
  if (popularity_.counts) {
    for (const StylePopularity& one : popularity_.styles) {
      popular[one.style] = one.score / popularity_.styles.front().score;
    }
  }
  const auto start = templates_.popular_defaults(audience);
  for (std::size_t i = 0; i < start.size() && !popularity_.counts; ++i) {
    popular[start[i]->id] = static_cast<double>(start.size() - i) / static_cast<double>(start.size());
  }
  Offer offer;
  offer.counts = popularity_.counts;
  offer.likeness = likeness_;
  for (const catalog::TemplateRef& style : templates_.all().templates) {
    offer.styles.push_back({style->id, style->category, popular[style->id], style->enabled && style->suits(audience)});
  }
  return recommend(own, offer);
}

}  // namespace aisha::services
