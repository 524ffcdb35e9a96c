// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "catalog/models/model.hpp"
#include "domain/avatar.hpp"

namespace aisha::services {

/// The final prompt: what is to be seen, with the words that call the avatar where the model needs them. Errors as
/// domain::build_prompt.
Result<std::string> worded(const catalog::Model& model, const domain::Avatar& avatar, std::string body);

}  // namespace aisha::services
