// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "catalog/models/model_manager.hpp"
#include "providers/price_list.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/generations/model_switch.hpp"
#include "stores/jobs/model_states.hpp"

namespace aisha::services {

/// What the price list says of a row.
struct ModelLook {
  std::string id;
  std::string endpoint;
  enum class Found { listed, missing, unknown } found = Found::unknown;  ///< unknown: it could not be asked
  std::string trouble;                                                   ///< why not
  std::string price;                                                     ///< as it is listed: "35000/megapixels"
  bool is_dearer = false;                                                ///< more than a tenth away from the row's
  bool switched = false;                                                 ///< off, or on again
};

/// Asks once a day, one process for all, whether the provider still has each endpoint. One that is missing twice, a day
/// apart, is switched off; one that was switched off because it was gone and is listed again is switched on. Those that
/// an operator switched off stay so. A list that has none of the rows says nothing of any.
class ModelCheck final : public Chore {
 public:
  ModelCheck(Context context, const catalog::ModelManager& models, providers::PriceList& prices, ModelSwitch& switches)
      : context_(context), models_(models), prices_(prices), switch_(switches) {}

  Task<void> run() override;
  /// The same at once, for `aisha models check`.
  Task<std::vector<ModelLook>> look();

 private:
  Task<ModelLook> ask(catalog::ModelRef row);
  /// What the list has, or has not, is taken on; whether that switched it.
  Task<bool> listed(ModelLook look, stores::model_states::State before);
  Task<bool> missing(std::string endpoint, stores::model_states::State before);

  Context context_;
  const catalog::ModelManager& models_;
  providers::PriceList& prices_;
  ModelSwitch& switch_;
};

}  // namespace aisha::services
