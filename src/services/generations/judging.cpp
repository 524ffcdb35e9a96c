// SPDX-License-Identifier: Apache-2.0
#include "services/generations/judging.hpp"

#include <string>

namespace aisha::services {

Wanted wanted_of(const catalog::ModelManager& models, const domain::Picture& picture,
                 const std::optional<domain::Avatar>& avatar) {
  Wanted out;
  out.picture.ratio = domain::ratio_of(picture.aspect_ratio);
  out.picture.portrait = avatar && avatar->kind == domain::AvatarKind::portrait;
  const auto model = models.by_endpoint(picture.model);
  if (model == nullptr) {
    return out;
  }
  if (const auto size = model->size(picture.quality_preset, picture.aspect_ratio)) {
    out.picture.pixels = std::int64_t{size->width} * size->height;
    out.cost_micro_usd = model->cost_micro_usd(picture.quality_preset, *size);
  }
  return out;
}

domain::PictureLooks looks_of(const imaging::Inspection& seen) {
  return {seen.width, seen.height, seen.looks.deviation, seen.looks.highlight, seen.looks.sharpness};
}

std::unexpected<Error> defective(Errc code, domain::Defect defect, const Wanted& wanted) {
  const std::string word(domain::text_of(defect));
  return fail(code, word, about::Defect{word, wanted.cost_micro_usd});
}

}  // namespace aisha::services
