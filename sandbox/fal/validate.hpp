// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/json.hpp"
#include "sandbox/fal/models.hpp"

namespace aisha::sandbox::fal {

/// The `detail` array of the 422 that fal would answer: all faults, in the order of the fields, in the words of
/// pydantic 2.13 with its lenient conversions. Empty when the input is good. Unknown fields are ignored, as there.
json::Array faults_of(const Endpoint& endpoint, const json::Value& input);

}  // namespace aisha::sandbox::fal
