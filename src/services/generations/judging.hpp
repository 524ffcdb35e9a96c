// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <expected>
#include <optional>

#include "base/error.hpp"
#include "catalog/models/model_manager.hpp"
#include "domain/avatar.hpp"
#include "domain/defect.hpp"
#include "domain/picture.hpp"
#include "imaging/picture_types.hpp"

/// What the rules of domain::defect_of are given, and what is said of a picture that breaks one.
namespace aisha::services {

struct Wanted {
  domain::PictureWanted picture;
  std::int64_t cost_micro_usd = 0;  ///< what the provider takes for it
};

/// By the model that makes it, as long as there is such a model. `avatar`: whose picture it is; nothing = not known any
/// more.
Wanted wanted_of(const catalog::ModelManager& models, const domain::Picture& picture,
                 const std::optional<domain::Avatar>& avatar);

domain::PictureLooks looks_of(const imaging::Inspection& seen);

/// The error about that defect.
std::unexpected<Error> defective(Errc code, domain::Defect defect, const Wanted& wanted);

}  // namespace aisha::services
