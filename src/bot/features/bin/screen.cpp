// SPDX-License-Identifier: Apache-2.0
#include "bot/features/bin/screen.hpp"

#include <optional>
#include <utility>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/features/picture/routes.hpp"
#include "bot/features/statistics/routes.hpp"

namespace aisha::bot::bin {
namespace {

using layout::button;

/// Sheets of removed pictures are forgotten with the bin.
constexpr const char* kScope = "bin";

std::string images(const texts::Texts& texts, std::int64_t n) {
  return texts.count("count.images", n);
}

void add_pager(Keyboard& keyboard, const texts::Texts& texts, const BinView& view) {
  const std::int64_t last = view.before + std::ssize(view.items);
  std::optional<CallbackData> newer;
  std::optional<CallbackData> older;
  if (view.before > 0) {
    newer = Open{{PagePlace::Side::newer, view.items.front().id}};
  }
  if (last < view.total) {
    older = Open{{PagePlace::Side::older, view.items.back().id}};
  }
  if (newer || older) {
    std::string range = texts.plain("button.range", {{"first", view.before + 1}, {"last", last}});
    keyboard.push_back(layout::pager(texts, std::move(newer), std::move(range), std::move(older)));
  }
}

Card plain_card(texts::RichText caption) {
  Card card;
  card.photo = photo::Deleted{};
  card.caption = std::move(caption);
  return card;
}

}  // namespace

Card bin_card(const texts::Texts& texts, const BinView& view) {
  if (view.items.empty()) {
    Card card = plain_card(texts.rich("bin.empty"));
    card.keyboard.push_back(layout::navigation(texts, statistics::Open{}));
    return card;
  }
  Card card;
  card.photo = own_sheet(view.items, kScope);
  card.caption = texts.rich("bin.caption", {{"images", images(texts, view.total)},
                                            {"lines", own_lines(texts, view.items, true)},
                                            {"days", texts.count("count.days_in", view.days_left)}});
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  add_own_numbers(card.keyboard, view.items, [](const OwnItem& item) { return CallbackData(Picture{item.id}); });
  add_pager(card.keyboard, texts, view);
  card.keyboard.push_back(layout::navigation(texts, statistics::Open{}));
  return card;
}

Card removed_card(const texts::Texts& texts, const OwnItem& item) {
  Card card;
  card.photo = own_sheet({item}, kScope);
  card.caption = texts.rich("bin.picture",
                            {{"title", item.title}, {"marks", item.marks}, {"day", texts.day_month_year(item.day)}});
  card.keyboard = {{button(texts.plain("button.restore"), picture::Undo{item.id}),
                    button(texts.plain("button.for_ever"), AskForEver{item.id}, ButtonLook::danger)},
                   layout::navigation(texts, Open{})};
  return card;
}

Card for_ever_card(const texts::Texts& texts, const OwnItem& item) {
  Card card;
  card.photo = own_sheet({item}, kScope);
  card.caption = texts.rich("bin.for_ever", {{"title", item.title}});
  card.keyboard = {{button(texts.plain("button.keep_it"), Picture{item.id}),
                    button(texts.plain("button.for_ever"), ForEver{item.id}, ButtonLook::danger)},
                   layout::menu(texts)};
  return card;
}

std::int64_t taken_by(Scope scope, const ClearView& view) {
  return scope == Scope::all ? view.pictures : view.pictures - view.kept;
}

Card clear_card(const texts::Texts& texts, const ClearView& view) {
  const auto clear = [&](Scope scope, const char* words) {
    return Row{button(texts.plain(words, {{"n", taken_by(scope, view)}}), AskClear{scope})};
  };
  if (view.pictures == 0) {
    Card card = plain_card(texts.rich("clear.nothing"));
    card.keyboard.push_back(layout::navigation(texts, statistics::Open{}));
    return card;
  }
  Card card = plain_card(texts.rich(view.kept > 0 ? "clear.ask_kept" : "clear.ask",
                                    {{"images", images(texts, view.pictures)}, {"kept", view.kept}}));
  if (view.kept > 0 && view.kept < view.pictures) {
    card.keyboard.push_back(clear(Scope::unkept, "button.clear_unkept"));
  }
  card.keyboard.push_back(clear(Scope::all, "button.clear_all"));
  card.keyboard.push_back(layout::navigation(texts, statistics::Open{}));
  return card;
}

/// The button that clears stands where none stood on the card before.
Card clear_question_card(const texts::Texts& texts, Scope scope, const ClearView& view) {
  const std::int64_t n = taken_by(scope, view);
  Card card = plain_card(texts.rich(
      "clear.sure", {{"images", images(texts, n)}, {"days", texts.count("count.days_within", view.trash_days)}}));
  card.keyboard = {
      {button(texts.plain("button.keep_it"), Clear{}), button(texts.plain("button.menu"), frame::Home{})},
      {button(texts.plain("button.clear_yes", {{"n", n}}), DoClear{scope, view.nonce}, ButtonLook::danger)}};
  return card;
}

Card cleared_card(const texts::Texts& texts, const ClearedView& view) {
  Card card = plain_card(texts.rich(view.goes_on ? "clear.going_on" : "clear.done", {{"n", view.pictures}}));
  if (view.pictures > 0) {
    card.keyboard.push_back(
        {button(texts.plain("button.restore_all"), UndoClear{view.clear}), button(texts.plain("button.bin"), Open{})});
  }
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

Card restored_card(const texts::Texts& texts, std::int64_t pictures, std::int64_t of) {
  Card card =
      plain_card(texts.rich(pictures < of ? "clear.restored_some" : "clear.restored", {{"n", pictures}, {"m", of}}));
  card.keyboard = {{button(texts.plain("button.my_images"), gallery::Newest{})}, layout::menu(texts)};
  return card;
}

}  // namespace aisha::bot::bin
