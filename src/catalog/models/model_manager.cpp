// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model_manager.hpp"

#include <algorithm>

namespace aisha::catalog {
namespace {

bool is_able(const Model& row, const ModelWish& wish) {
  const AvatarRule& avatar = row.avatar;
  if (avatar.pass == AvatarPass::lora && wish.pass == AvatarPass::lora && avatar.family != wish.family) {
    return false;
  }
  if (avatar.pass == AvatarPass::references && std::cmp_less(wish.photos, avatar.least)) {
    return false;
  }
  return wish.ratio.empty() || row.size(wish.quality, wish.ratio).has_value();
}

}  // namespace

Result<std::unique_ptr<ModelManager>> ModelManager::load(const Source& source) {
  auto edition = read_models(source);
  if (!edition) {
    return std::unexpected(std::move(edition.error()));
  }
  return std::make_unique<ModelManager>(std::move(*edition));
}

ModelRef ModelManager::find(std::string_view id) const {
  const auto found = std::ranges::find_if(all(), [id](const ModelRef& row) { return row->id == id; });
  return found == all().end() ? nullptr : *found;
}

ModelRef ModelManager::by_endpoint(std::string_view endpoint) const {
  const auto found = std::ranges::find_if(all(), [endpoint](const ModelRef& row) { return row->endpoint == endpoint; });
  return found == all().end() ? nullptr : *found;
}

ModelRef ModelManager::choose(const ModelWish& wish) const {
  ModelRef first;
  for (const ModelRef& row : edition_.routes.order(wish.purpose, wish.pass, wish.quality)) {
    if (off_.contains(row->endpoint) || !is_able(*row, wish)) {
      continue;
    }
    if (wish.endpoint.empty() || row->endpoint == wish.endpoint) {
      return row;
    }
    first = first ? first : row;
  }
  return first;
}

}  // namespace aisha::catalog
