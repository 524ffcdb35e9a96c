// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/recommendation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/encoding.hpp"
#include "services/tastes/taste.hpp"

namespace aisha::services {
namespace {

constexpr std::size_t kStrongest = 10;
constexpr double kAlikeWeight = 0.65;
constexpr double kShelfWeight = 0.15;
constexpr double kPopularLeast = 0.2;
constexpr double kPopularFades = 5;  // likes that halve what is beyond the least, four times as many in fact
constexpr double kDislikeWeight = 0.05;
constexpr std::size_t kPages = 3;
constexpr std::size_t kOfOneCategory = 3;
constexpr std::int64_t kRest = 14;  // days until what is liked may come again

struct Likes {
  std::vector<StyleTaste> strongest;  ///< at most kStrongest
  std::map<std::string, double> shelves;
  std::map<std::string, double> disliked;
  double all = 0;
  std::size_t count = 0;
};

Likes likes_of(const std::vector<StyleTaste>& tastes, const Offer& offer) {
  std::map<std::string_view, std::string_view> category_of;
  for (const StyleOnOffer& style : offer.styles) {
    category_of[style.style] = style.category;
  }
  Likes out;
  for (const StyleTaste& one : tastes) {
    const std::string category(category_of[one.style]);
    if (one.taste >= kLiked) {
      ++out.count;
      out.all += one.taste;
      out.shelves[category] += one.taste;
      if (out.strongest.size() < kStrongest) {
        out.strongest.push_back(one);
      }
    } else if (one.taste <= -kLiked) {
      out.disliked[category] += 1;
    }
  }
  return out;
}

std::set<std::string_view> made_by(const PersonStyles& own) {
  std::set<std::string_view> out;
  for (const auto& day : own.days) {
    if (day.made > 0) {
      out.insert(day.style);
    }
  }
  return out;
}

/// What the strongest likes say for a style, before it is compared with the others.
void add_alike(ScoredStyle& out, const Likes& likes, const Likeness& likeness) {
  std::vector<double> alike;
  double sum = 0;
  double tastes = 0;
  for (const StyleTaste& liked : likes.strongest) {
    alike.push_back(likeness.of(liked.style, out.style));
    sum += alike.back();
    tastes += liked.taste;
  }
  // What is near to everything is near to this person's likes too, and says less about them.
  const double usual = alike.empty() ? 0 : sum / static_cast<double>(alike.size()) / 2;
  double best = 0;
  for (std::size_t i = 0; i < alike.size(); ++i) {
    const double share = likes.strongest[i].taste * std::max(0.0, alike[i] - usual) / tastes;
    out.alike += share;
    if (share > best) {
      best = share;
      out.because = likes.strongest[i].style;
    }
  }
}

double found(const std::map<std::string, double>& in, const std::string& key) {
  const auto at = in.find(key);
  return at == in.end() ? 0 : at->second;
}

/// Among `left`, the index of one that stays the same for a person and a week.
std::size_t drawn(const PersonStyles& own, std::size_t page, std::size_t left) {
  // ISO weeks begin on a Monday; the first day of 1970 was a Thursday.
  const std::int64_t week = (own.today.time_since_epoch().count() + 3) / 7;
  const auto hash = encoding::sha256(fmt::format("{} {} {}", own.person.to_string(), week, page));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) {
    number = number << 8U | hash[i];
  }
  return number % left;
}

Recommended with_reason(const ScoredStyle& style, bool counts) {
  if (style.alike * 2 > style.score && !style.because.empty()) {
    return {style.style, Why::liked, style.because};
  }
  return {style.style, counts ? Why::popular : Why::start, ""};
}

/// One page, filled from `left`.
class Page {
 public:
  explicit Page(std::vector<ScoredStyle>& left) : left_(left) {}

  bool suits(const ScoredStyle& style) const {
    const auto at = of_category_.find(style.category);
    return at == of_category_.end() || at->second < kOfOneCategory;
  }
  /// The best that suits, else the best.
  ScoredStyle best() {
    const auto at = std::ranges::find_if(left_, [this](const ScoredStyle& style) { return suits(style); });
    return take(at == left_.end() ? 0 : at - left_.begin());
  }
  ScoredStyle any(const PersonStyles& own, std::size_t number) {
    std::vector<std::ptrdiff_t> fit;
    for (std::size_t i = 0; i < left_.size(); ++i) {
      if (suits(left_[i])) {
        fit.push_back(static_cast<std::ptrdiff_t>(i));
      }
    }
    return take(fit.empty() ? 0 : fit[drawn(own, number, fit.size())]);
  }

 private:
  ScoredStyle take(std::ptrdiff_t at) {
    ScoredStyle out = std::move(left_[static_cast<std::size_t>(at)]);
    left_.erase(left_.begin() + at);
    ++of_category_[out.category];
    return out;
  }

  std::vector<ScoredStyle>& left_;
  std::map<std::string, std::size_t> of_category_;
};

/// What they like most and have let rest, at most `most`.
std::vector<Recommended> once_more(const PersonStyles& own, const Offer& offer, std::size_t most) {
  std::vector<Recommended> out;
  for (const StyleTaste& one : tastes_of(own.days, own.today)) {
    const bool offered = std::ranges::any_of(
        offer.styles, [&](const StyleOnOffer& style) { return style.offered && style.style == one.style; });
    const bool rested = std::ranges::all_of(own.days, [&](const stores::own_styles::OwnStyleDay& day) {
      return day.style != one.style || day.made == 0 || age_in_days(day.day, own.today) >= kRest;
    });
    if (out.size() < most && one.taste >= kLiked && offered && rested) {
      out.push_back({one.style, Why::liked, one.style});
    }
  }
  return out;
}

}  // namespace

std::vector<ScoredStyle> score_styles(const PersonStyles& own, const Offer& offer) {
  const Likes likes = likes_of(tastes_of(own.days, own.today), offer);
  const std::set<std::string_view> made = made_by(own);
  const double popular =
      kPopularLeast + (1 - kPopularLeast) * kPopularFades / (kPopularFades + 4 * static_cast<double>(likes.count));
  std::vector<ScoredStyle> out;
  double most = 0;
  for (const StyleOnOffer& style : offer.styles) {
    if (!style.offered || made.contains(style.style)) {
      continue;
    }
    ScoredStyle& one = out.emplace_back();
    one.style = style.style;
    one.category = style.category;
    one.score = popular * style.popularity - kDislikeWeight * found(likes.disliked, style.category);
    if (likes.all > 0) {
      one.score += kShelfWeight * found(likes.shelves, style.category) / likes.all;
    }
    add_alike(one, likes, offer.likeness);
    most = std::max(most, one.alike);
  }
  for (ScoredStyle& one : out) {
    one.alike = most > 0 ? kAlikeWeight * one.alike / most : 0;
    one.score += one.alike;
  }
  std::ranges::sort(out, [](const ScoredStyle& a, const ScoredStyle& b) {
    return std::tie(b.score, a.style) < std::tie(a.score, b.style);
  });
  return out;
}

std::vector<Recommended> recommend(const PersonStyles& own, const Offer& offer) {
  std::vector<ScoredStyle> left = score_styles(own, offer);
  std::vector<Recommended> out;
  const std::size_t unused = left.size();
  for (std::size_t number = 0; number < kPages && !left.empty(); ++number) {
    Page page(left);
    const std::size_t size = std::min(kForYouPerPage, left.size());
    for (std::size_t i = 0; i + 1 < size; ++i) {
      out.push_back(with_reason(page.best(), offer.counts));
    }
    if (unused < kForYouPerPage) {
      for (Recommended& one : once_more(own, offer, kForYouPerPage - unused)) {
        out.push_back(std::move(one));
      }
    }
    const ScoredStyle something = page.any(own, number);
    out.push_back({something.style, Why::fresh, ""});
  }
  return out.empty() ? once_more(own, offer, kForYouPerPage) : out;
}

}  // namespace aisha::services
