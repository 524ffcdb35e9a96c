// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "services/tastes/likeness.hpp"
#include "stores/tastes/own_styles.hpp"

namespace aisha::services {

/// A style of the catalogue, as choosing sees it.
struct StyleOnOffer {
  std::string style;
  std::string category;
  double popularity = 0;  ///< of the most popular one, at most 1
  bool offered = true;    ///< enabled, and suits the avatar
};

/// What there is to choose from, and what is known about it.
struct Offer {
  std::vector<StyleOnOffer> styles;
  bool counts = false;  ///< `popularity` is that of people; otherwise a start
  Likeness likeness;
};

/// What one person did, and when it is looked at.
struct PersonStyles {
  Uuid person;
  std::vector<stores::own_styles::OwnStyleDay> days;
  std::chrono::sys_days today;
};

/// A style never made by the person, and what speaks for it.
struct ScoredStyle {
  std::string style;
  std::string category;
  double score = 0;
  double alike = 0;     ///< the part of `score` that what they like gave
  std::string because;  ///< the liked style that gave most of it; "" = none
};
/// Best first.
std::vector<ScoredStyle> score_styles(const PersonStyles& own, const Offer& offer);

enum class Why { liked, popular, start, fresh };
struct Recommended {
  std::string style;
  Why why = Why::popular;
  std::string because;  ///< the style that was liked
};

inline constexpr std::size_t kForYouPerPage = 6;
/// Pages of kForYouPerPage, one after the other. The last place of each is for something that nothing speaks for,
/// another one each week; at most three of a page are of one category while there are others. When the person has made
/// nearly everything, what they like and have not made for two weeks comes again.
std::vector<Recommended> recommend(const PersonStyles& own, const Offer& offer);

}  // namespace aisha::services
