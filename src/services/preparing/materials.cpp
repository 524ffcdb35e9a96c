// SPDX-License-Identifier: Apache-2.0
#include "services/preparing/materials.hpp"

#include <utility>

namespace aisha::services {
namespace {

/// The source stands behind the photos, whatever place the model gives it.
std::vector<Material> in_order(const Materials& materials) {
  std::vector<Material> out = materials.photos;
  if (materials.source) {
    out.push_back(*materials.source);
  }
  return out;
}

}  // namespace

Material material_of(const domain::PictureObject& object) {
  return {object.key, object.content_type, {static_cast<int>(object.width), static_cast<int>(object.height)}};
}

void stand_for(catalog::GenerationSpec& spec, const Materials& materials) {
  for (std::size_t n = 0; n < materials.photos.size(); ++n) {
    spec.references.push_back(stand_in(n));
  }
  if (materials.source) {
    spec.source = stand_in(materials.photos.size());
  }
}

Sent sent_with(const json::Object& input, const Materials& materials) {
  Sent out;
  const auto all = in_order(materials);
  for (std::size_t n = 0; n < all.size(); ++n) {
    std::string at = place_of(input, stand_in(n));
    if (!at.empty()) {
      out.files.push_back({std::move(at), all[n].key, all[n].type});
      out.sizes.push_back(all[n].size);
    }
  }
  return out;
}

}  // namespace aisha::services
