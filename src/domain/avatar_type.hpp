// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace aisha::domain {

/// What an avatar was trained as; it decides which templates a person sees and how a prompt is worded.
enum class AvatarType : std::uint8_t {
  portrait,  ///< a person's face (LoRA)
  style,     ///< a manner of drawing or a whole figure (finetune)
};

}  // namespace aisha::domain
