// SPDX-License-Identifier: Apache-2.0
#include "services/favourites/kept_styles.hpp"

#include <algorithm>

#include "cache/recall.hpp"
#include "stores/people/favorite_styles.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

namespace favorite_styles = stores::favorite_styles;

/// Ids with a space between: they are slugs.
constexpr std::uint32_t kFormat = 1;

std::string written(const std::vector<std::string>& ids) {
  std::string out;
  for (const std::string& id : ids) {
    out += out.empty() ? id : ' ' + id;
  }
  return out;
}

std::vector<std::string> read(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

Task<std::vector<std::string>> KeptStyles::list(Uuid owner) {
  const auto entry = cache::keys::favorites(owner);
  const auto known = co_await cache::recall(context_.cache, entry, kFormat);
  if (known) {
    co_return read(*known);
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto ids = co_await favorite_styles::list(unit, owner);
  std::string text = written(ids);
  co_await cache::keep(context_.cache, entry, kFormat, std::move(text));
  co_return ids;
}

void KeptStyles::set(Actor& actor, std::string_view style, bool on) {
  favorite_styles::set(actor.unit(), actor.user().id, style, on);
  actor.forget(cache::keys::favorites(actor.user().id));
}

void KeptStyles::set_of(Actor& actor, const Uuid& picture, bool on) {
  favorite_styles::set_of(actor.unit(), actor.user().id, picture, on);
  actor.forget(cache::keys::favorites(actor.user().id));
}

}  // namespace aisha::services
