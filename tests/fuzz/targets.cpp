// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/targets.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace aisha::fuzz {

std::span<const Target> targets() {
  static constexpr std::array kTargets{
      Target{"update", run_update},
      Target{"callback", run_callback},
      Target{"telegram_answer", run_telegram_answer},
      Target{"fal_answer", run_fal_answer},
      Target{"fal_url", run_fal_url},
      Target{"config", run_config},
      Target{"catalog", run_catalog},
      Target{"preview_index", run_preview_index},
      Target{"picture", run_picture},
      Target{"multipart", run_multipart},
      Target{"rich_text", run_rich_text},
      Target{"prompt", run_prompt},
      Target{"words", run_words},
      Target{"imager_wire", run_imager_wire},
  };
  return kTargets;
}

void require(bool holds, std::string_view promise) {
  if (!holds) {
    std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promise.size()), promise.data());
    std::abort();
  }
}

}  // namespace aisha::fuzz
