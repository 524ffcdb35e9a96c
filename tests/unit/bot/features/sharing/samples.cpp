// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/sharing/samples.hpp"

#include "bot/features/sharing/screen.hpp"

namespace aisha::bot::testing {

void add_sharing_samples(std::map<std::string, Card>& out, const texts::Texts& texts, const Values& values) {
  sharing::ShareView view{.picture = values.id,
                          .link = "https://t.me/aisha_bot?start=i-AbCdEfGhIjKlMnOpQrStUv",
                          .until = "2026-02-14",
                          .opened = values.coins,
                          .has_inline = true};
  out["share"] = sharing::share_card(texts, view);
  view.has_inline = false;
  out["share_copy"] = sharing::share_card(texts, view);
  view.link.clear();
  out["share_nameless_bot"] = sharing::share_card(texts, view);
  out["share_closed"] = sharing::closed_card(texts, values.id);
  sharing::SharedView shown{.photo = {values.id, values.id}, .style = "business", .title = values.title};
  out["shared"] = sharing::shared_card(texts, shown);
  shown.is_available = false;
  out["shared_away"] = sharing::shared_card(texts, shown);
  shown.style.clear();
  out["shared_own_prompt"] = sharing::shared_card(texts, shown);
  out["shared_gone"] = sharing::gone_card(texts);
}

}  // namespace aisha::bot::testing
