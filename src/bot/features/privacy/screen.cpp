// SPDX-License-Identifier: Apache-2.0
#include "bot/features/privacy/screen.hpp"

#include <algorithm>
#include <utility>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/privacy/routes.hpp"
#include "bot/features/settings/routes.hpp"

namespace aisha::bot::privacy {
namespace {

using layout::button;

constexpr std::int64_t kMegabyte = 1'000'000;

Card quiet_card(texts::RichText caption) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::settings};
  card.caption = texts::cut_utf16(std::move(caption), kCaptionMax);
  return card;
}

std::string images(const texts::Texts& texts, std::int64_t n) {
  return texts.count("count.images", n);
}

texts::RichText progress(const texts::Texts& texts, const DataView& view) {
  if (view.part > 0 && view.parts > 1) {
    return texts.rich("data.sending", {{"part", view.part}, {"parts", view.parts}});
  }
  const std::int64_t files = std::max(view.parts, view.files);
  return files > 1 ? texts.rich("data.packing_files", {{"files", texts.count("count.files", files)}})
                   : texts.rich("data.packing");
}

}  // namespace

Card data_card(const texts::Texts& texts, const DataView& view) {
  const std::int64_t megabytes = (view.bytes + kMegabyte - 1) / kMegabyte;
  texts::RichText caption = texts.rich("data.caption", {{"images", images(texts, view.pictures)},
                                                        {"megabytes", megabytes},
                                                        {"avatars", texts.count("count.avatars", view.avatars)}});
  if (view.is_exporting) {
    caption += "\n\n";
    caption += progress(texts, view);
  }
  Card card = quiet_card(std::move(caption));
  card.keyboard = {{view.is_exporting ? button(texts.plain("button.stop_export"), StopExport{})
                                      : button(texts.plain("button.export"), Export{})},
                   {button(texts.plain("button.erase"), AskErase{}, ButtonLook::danger)},
                   layout::navigation(texts, settings::Open{})};
  return card;
}

/// The button that deletes stands where none stood on the card before.
Card erase_card(const texts::Texts& texts, const EraseView& view) {
  const std::string shared = view.is_shared ? texts.plain("erase.shared") + " " : std::string();
  const std::string archive = view.is_exporting ? " " + texts.plain("erase.archive") : std::string();
  std::string pictures = images(texts, view.pictures);
  if (view.binned > 0) {
    pictures = texts.plain("erase.with_bin", {{"images", pictures}, {"n", view.binned}});
  }
  Card card = quiet_card(texts.rich("erase.ask", {{"images", pictures},
                                                  {"avatars", texts.count("count.avatars", view.avatars)},
                                                  {"archive", archive},
                                                  {"shared", shared},
                                                  {"coins", layout::coins(texts, view.coins)}}));
  if (!view.is_exporting) {
    card.keyboard.push_back({button(texts.plain("button.export_first"), Export{})});
  }
  card.keyboard.push_back(
      {button(texts.plain("button.keep_it"), Open{}), button(texts.plain("button.menu"), frame::Home{})});
  card.keyboard.push_back({button(texts.plain("button.erase_yes"), Erase{view.nonce}, ButtonLook::danger)});
  return card;
}

Card erasing_card(const texts::Texts& texts) {
  Card card = quiet_card(texts.rich("erase.going_on"));
  card.keyboard = {layout::menu(texts)};
  return card;
}

Card policy_card(const texts::Texts& texts, const PolicyView& view) {
  const std::string support =
      view.support.empty() ? texts.plain("help.no_support") : texts.plain("help.support", {{"contact", view.support}});
  Card card = quiet_card(texts.rich(
      "privacy.caption", {{"days", texts.count("count.days_within", view.trash_days)}, {"support", support}}));
  card.keyboard = note_keyboard(texts);
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

Keyboard note_keyboard(const texts::Texts& texts) {
  return {{button(texts.plain("button.my_data"), Open{})}};
}

}  // namespace aisha::bot::privacy
