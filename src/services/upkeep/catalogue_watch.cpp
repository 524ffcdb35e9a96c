// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/catalogue_watch.hpp"

#include <utility>

#include "base/log.hpp"
#include "base/on_pool.hpp"
#include "catalog/templates/template_manager.hpp"

namespace aisha::services {
namespace {

constexpr std::string_view kKind = "templates";

}  // namespace

CatalogueWatch::CatalogueWatch(Context context, Executor loop, catalog::Source source,
                               catalog::TemplateManager& templates)
    : loop_(std::move(loop)),
      source_(std::move(source)),
      templates_(templates),
      files_(std::make_unique<boost::asio::thread_pool>(1)),
      broken_(context.metrics.registry().gauge("aisha_catalogue_broken",
                                               "1 while the catalogue's files are not those in force.")) {}

CatalogueWatch::~CatalogueWatch() = default;

/// The first look reads the files too: they may have changed since the process read them.
Task<void> CatalogueWatch::run() {
  const auto look = [source = source_] { return source.stamp(kKind); };
  auto stamp = co_await on_pool(*files_, loop_, look);
  if (!stamp) {
    note(stamp.error().detail);
    stamp_.clear();
    co_return;
  }
  if (*stamp == stamp_) {
    co_return;
  }
  // Taken before they are read: what changes meanwhile is another stamp the next time.
  stamp_ = std::move(*stamp);
  co_await take_anew();
}

Task<void> CatalogueWatch::take_anew() {
  const auto read = [source = source_] { return catalog::read_edition(source); };
  auto edition = co_await on_pool(*files_, loop_, read);
  if (!edition) {
    // Read again at the next look: a disk that was away for a moment leaves the same stamp.
    stamp_.clear();
    note(edition.error().detail);
    co_return;
  }
  log::info("the catalogue has {} styles", edition->set->templates.size());
  templates_.put(std::move(*edition));
  note(std::nullopt);
}

void CatalogueWatch::note(std::optional<std::string> trouble) {
  if (trouble && trouble != trouble_) {
    log::error("the catalogue before stays in force: {}", *trouble);
  }
  trouble_ = std::move(trouble);
  broken_.set(trouble_ ? 1 : 0);
}

}  // namespace aisha::services
