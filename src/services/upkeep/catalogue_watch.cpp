// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/catalogue_watch.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "base/on_pool.hpp"
#include "catalog/models/model_manager.hpp"
#include "catalog/prompts/moderation_parser.hpp"
#include "catalog/templates/template_manager.hpp"
#include "services/prompts/prompt_gate.hpp"

namespace aisha::services {
namespace {

Result<std::string> stamp_of(const Watched& what) {
  std::string out;
  for (const std::string& kind : what.kinds) {
    const auto stamp = what.source.stamp(kind);
    if (!stamp) {
      return stamp;
    }
    out += *stamp + "\n";
  }
  return out;
}

}  // namespace

Watched watched_styles(catalog::Source source, catalog::TemplateManager& templates) {
  const auto read = [&templates](const catalog::Source& from) -> Result<std::function<void()>> {
    auto edition = catalog::read_edition(from);
    if (!edition) {
      return std::unexpected(std::move(edition.error()));
    }
    // std::function copies what it holds.
    auto held = std::make_shared<catalog::Edition>(std::move(*edition));
    return [&templates, held] {
      log::info("the catalogue has {} styles", held->set->templates.size());
      templates.put(std::move(*held));
    };
  };
  return {std::move(source), {"templates"}, read};
}

Watched watched_models(catalog::Source source, catalog::ModelManager& models) {
  const auto read = [&models](const catalog::Source& from) -> Result<std::function<void()>> {
    auto edition = catalog::read_models(from);
    if (!edition) {
      return std::unexpected(std::move(edition.error()));
    }
    auto held = std::make_shared<catalog::ModelEdition>(std::move(*edition));
    return [&models, held] {
      log::info("the catalogue has {} models", held->models.size());
      models.put(std::move(*held));
    };
  };
  return {std::move(source), {"models"}, read};
}

Watched watched_rules(catalog::Source source, PromptGate& gate) {
  const auto read = [&gate](const catalog::Source& from) -> Result<std::function<void()>> {
    auto rules = catalog::read_moderation(from);
    if (!rules) {
      return std::unexpected(std::move(rules.error()));
    }
    auto held = std::make_shared<domain::moderation::Gate>(std::move(*rules));
    return [&gate, held] {
      log::info("{} rules of moderation are in force", held->size());
      gate.put(std::move(*held));
    };
  };
  std::string kind(catalog::moderation_kind(source));
  return {std::move(source), {std::move(kind)}, read};
}

CatalogueWatch::CatalogueWatch(Context context, Executor loop, std::vector<Watched> watched)
    : loop_(std::move(loop)),
      files_(std::make_unique<boost::asio::thread_pool>(1)),
      broken_(context.metrics.registry().gauge("aisha_catalogue_broken",
                                               "1 while the catalogue's files are not those in force.")) {
  for (Watched& one : watched) {
    seen_.push_back({std::move(one), {}, {}});
  }
}

CatalogueWatch::~CatalogueWatch() = default;

Task<void> CatalogueWatch::run() {
  for (Seen& seen : seen_) {
    co_await look(seen);
  }
}

std::optional<std::string> CatalogueWatch::trouble() const {
  const auto found = std::ranges::find_if(seen_, [](const Seen& seen) { return seen.trouble.has_value(); });
  return found == seen_.end() ? std::nullopt : found->trouble;
}

/// The first look reads the files too: they may have changed since the process read them.
Task<void> CatalogueWatch::look(Seen& seen) {
  const auto stamp_now = [&what = seen.what] { return stamp_of(what); };
  auto stamp = co_await on_pool(*files_, loop_, stamp_now);
  if (!stamp) {
    note(seen, stamp.error().detail);
    seen.stamp.clear();
    co_return;
  }
  if (*stamp == seen.stamp) {
    co_return;
  }
  // Taken before they are read: what changes meanwhile is another stamp the next time.
  seen.stamp = std::move(*stamp);
  co_await take_anew(seen);
}

Task<void> CatalogueWatch::take_anew(Seen& seen) {
  const auto read = [&what = seen.what] { return what.read(what.source); };
  const auto put = co_await on_pool(*files_, loop_, read);
  if (!put) {
    // Read again at the next look: a disk that was away for a moment leaves the same stamp.
    seen.stamp.clear();
    note(seen, put.error().detail);
    co_return;
  }
  (*put)();
  note(seen, std::nullopt);
}

void CatalogueWatch::note(Seen& seen, std::optional<std::string> trouble) {
  if (trouble && trouble != seen.trouble) {
    log::error("the catalogue before stays in force: {}", *trouble);
  }
  seen.trouble = std::move(trouble);
  broken_.set(this->trouble() ? 1 : 0);
}

}  // namespace aisha::services
