// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/previews/preview_rendering.hpp"
#include "services/previews/preview_shelf.hpp"

namespace aisha::catalog {
struct TemplateSet;
}
namespace aisha::services {

/// Which previews are wanted.
struct WantedPreviews {
  std::vector<std::string> styles;         ///< ids; none = every style
  std::optional<domain::AvatarKind> kind;  ///< nothing = both
  bool force = false;                      ///< those too that there are
  bool built_in_count = false;             ///< a style that has a built-in one lacks none
};

/// The wanted previews that a shelf lacks: no picture, one of another prompt, or one whose bytes are not those of the
/// index. In the order of the catalogue. Errors: template_unknown, catalog_invalid, unavailable.
Task<Result<std::vector<PreviewOrder>>> lacking_previews(PreviewShelf& shelf, const catalog::TemplateSet& styles,
                                                         WantedPreviews wanted);

/// Makes previews, several at a time. Each is whole on the shelf before the index speaks of it, and the index is
/// written after each: killed at any moment, it has lost what was on its way and nothing else.
class PreviewMaking {
 public:
  /// Told of each in the order in which they end.
  using Report = std::function<void(const PreviewOrder& order, const Result<void>& outcome)>;
  using Avatars = std::map<domain::AvatarKind, PreviewAvatar>;

  PreviewMaking(PreviewRendering& rendering, PreviewShelf& shelf, Avatars avatars, Clock& clock, Report report)
      : rendering_(rendering), shelf_(shelf), avatars_(std::move(avatars)), clock_(clock), report_(std::move(report)) {}

  /// How many could not be made. Once the provider takes nothing any more (provider_auth, provider_balance), or what it
  /// made could not be kept several times in a row, the rest is not tried: it would be paid for and lost.
  Task<int> run(std::vector<PreviewOrder> orders);

  /// Takes what the catalogue has no style for out of the shelf; how many. Errors of PreviewShelf, catalog_invalid.
  Task<Result<int>> drop_strangers(const catalog::TemplateSet& styles);

 private:
  Task<void> work();
  Task<Result<void>> make(PreviewOrder order);
  Task<Result<void>> keep_surely(PreviewOrder order, std::string jpeg);
  Task<Result<void>> keep(PreviewOrder order, std::string jpeg);
  Task<Result<void>> write_index(catalog::PreviewIndex index);

  PreviewRendering& rendering_;
  PreviewShelf& shelf_;
  Avatars avatars_;
  Clock& clock_;
  Report report_;
  std::vector<PreviewOrder> orders_;
  std::size_t next_ = 0;
  int failed_ = 0;
  std::optional<Error> stopped_;
  bool writing_ = false;  ///< one at a time reads the index and writes it
};

}  // namespace aisha::services
