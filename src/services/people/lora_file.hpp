// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"

namespace aisha::services {

/// Whether the file begins as a safetensors file does: the length of its header in eight bytes, little endian, then
/// that header, a JSON object of at most 1 MiB (github.com/huggingface/safetensors, "Format"). Errors:
/// option_out_of_range with what is wrong, unavailable.
Result<void> check_lora_file(const std::string& path);

}  // namespace aisha::services
