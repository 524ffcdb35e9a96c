// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/models/model_parser.hpp"

namespace aisha::catalog {

/// What a row must be able to do.
struct ModelWish {
  Purpose purpose = Purpose::make;
  AvatarPass pass = AvatarPass::none;
  std::string family;  ///< of a LoRA
  std::size_t photos = 0;
  std::string quality;
  std::string ratio;     ///< explicitly asked for; "" = whatever the row has
  std::string endpoint;  ///< preferred before all others that are able
};

/// The image models, replaceable while running; some may be switched off. Loop thread only.
class ModelManager {
 public:
  explicit ModelManager(ModelEdition edition) : edition_(std::move(edition)) {}
  /// Errors of `read_models`.
  static Result<std::unique_ptr<ModelManager>> load(const Source& source);

  /// What a job or a screen holds of the one before goes on to be good.
  void put(ModelEdition edition) { edition_ = std::move(edition); }
  /// Rows of these endpoints are not chosen from now on, all others are.
  void put_off(std::set<std::string> endpoints) { off_ = std::move(endpoints); }
  const std::set<std::string>& off() const { return off_; }

  /// nullptr when unknown; one that is switched off is found.
  ModelRef find(std::string_view id) const;
  ModelRef by_endpoint(std::string_view endpoint) const;
  /// The first row of the route that is on and able; nullptr when there is none.
  ModelRef choose(const ModelWish& wish) const;

  const std::vector<ModelRef>& all() const { return edition_.models; }

 private:
  ModelEdition edition_;
  std::set<std::string> off_;
};

}  // namespace aisha::catalog
