// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "domain/avatar.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/tastes/likeness.hpp"
#include "services/tastes/popularity.hpp"
#include "services/tastes/recommendation.hpp"

namespace aisha::catalog {
struct Audience;
class TemplateManager;
}  // namespace aisha::catalog

namespace aisha::services {

/// What people like: which styles are liked, grow, go together, and suit one person. This process's copy of what the
/// chores of this room counted for all, read anew when it is half an hour old, each minute while there is too little to
/// go by. Before the first `run` nothing is known, which is a start. Lists hold enabled styles that suit the
/// audience. Loop thread only.
class Tastes final : public Chore {
 public:
  Tastes(Context context, const catalog::TemplateManager& templates) : context_(context), templates_(templates) {}

  Task<void> run() override;

  struct Popular {
    std::vector<std::string> styles;  ///< at most kShelf
    std::size_t counted = 0;          ///< so many of them, the first, by what people made; the rest is the catalogue's
  };
  static constexpr std::size_t kShelf = 9;
  Popular popular(const catalog::Audience& audience) const;
  /// Those that grew clearly this week, most clearly first; at most kShelf.
  std::vector<std::string> rising(const catalog::Audience& audience) const;
  /// The three highest; none while there is too little to go by.
  std::vector<std::string> flames(const catalog::Audience& audience) const;
  /// What people like who like this one, nearest first; at most three.
  std::vector<std::string> neighbours(std::string_view style, const catalog::Audience& audience) const;

  /// What the person did with styles, for `for_you`.
  Task<PersonStyles> own(Uuid person);
  std::vector<Recommended> for_you(const PersonStyles& own, const catalog::Audience& audience) const;

 private:
  Task<void> read_popularity_anew(TimePoint now);
  Task<Popularity> compute(TimePoint now);
  bool is_offered(std::string_view style, const catalog::Audience& audience) const;

  Context context_;
  const catalog::TemplateManager& templates_;
  Popularity popularity_;
  Likeness likeness_;
  std::optional<TimePoint> likeness_read_at_;
};

}  // namespace aisha::services
