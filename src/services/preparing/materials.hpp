// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "catalog/models/model_input.hpp"
#include "domain/picture.hpp"
#include "services/preparing/wants.hpp"

namespace aisha::services {

/// A picture of ours that goes into a request.
struct Material {
  std::string key;   ///< of its object
  std::string type;  ///< "image/jpeg"
  catalog::Size size;
};

/// Those of one request.
struct Materials {
  std::vector<Material> photos;    ///< of the avatar, the best first
  std::optional<Material> source;  ///< the finished picture to begin with
};

Material material_of(const domain::PictureObject& object);

/// Puts a stand-in for each of them into `spec`.
void stand_for(catalog::GenerationSpec& spec, const Materials& materials);

/// What is sent of them with an input that was made of such a spec.
struct Sent {
  std::vector<WantedFile> files;
  std::vector<catalog::Size> sizes;
};
Sent sent_with(const json::Object& input, const Materials& materials);

}  // namespace aisha::services
