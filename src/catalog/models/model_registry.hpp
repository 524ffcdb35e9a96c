// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "catalog/files/source.hpp"
#include "catalog/models/model.hpp"

namespace aisha::catalog {

/// Image models by id and by the way an avatar is passed. Immutable after loading.
class ModelRegistry {
 public:
  /// Error: catalog_invalid, detail "file:line: what is wrong".
  static Result<ModelRegistry> parse(const std::vector<SourceFile>& files);
  static Result<ModelRegistry> load(const Source& source);

  /// nullptr when unknown. Pointers live as long as the registry.
  const Model* find(std::string_view id) const;
  const Model* by_endpoint(std::string_view endpoint) const;
  /// The model that serves avatars of this kind (the one marked `default_for`); every kind has one.
  const Model& for_avatar(AvatarPass pass) const;

  const std::vector<Model>& all() const { return models_; }

 private:
  std::vector<Model> models_;
  std::array<std::size_t, 3> default_{};  // by AvatarPass
};

}  // namespace aisha::catalog
