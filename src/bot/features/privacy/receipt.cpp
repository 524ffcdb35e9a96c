// SPDX-License-Identifier: Apache-2.0
#include "bot/features/privacy/receipt.hpp"

namespace aisha::bot::privacy {

texts::RichText receipt(const texts::Texts& texts, const services::ErasureTally& erased) {
  texts::RichText out = texts.rich("receipt.done", {{"images", texts.count("count.images", erased.pictures)}});
  if (erased.messages > 0) {
    out += "\n";
    out += texts.rich("receipt.messages", {{"messages", texts.count("count.messages_in", erased.messages)}});
  }
  if (erased.provider_left > 0) {
    out += "\n";
    out += texts.rich("receipt.provider", {{"images", texts.count("count.images_of", erased.provider_left)},
                                           {"days", texts.count("count.days_in", erased.provider_days)}});
  }
  if (erased.is_shared) {
    out += "\n";
    out += texts.rich("receipt.shared");
  }
  out += "\n\n";
  out += texts.rich("receipt.coins");
  return out;
}

}  // namespace aisha::bot::privacy
