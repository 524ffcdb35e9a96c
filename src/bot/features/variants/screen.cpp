// SPDX-License-Identifier: Apache-2.0
#include "bot/features/variants/screen.hpp"

#include <utility>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/features/variants/routes.hpp"

namespace aisha::bot::variants {
namespace {

using layout::button;

constexpr std::size_t kNameMax = 40;

gallery::Picture to_picture(const Uuid& picture) {
  return {picture, gallery::Origin::family};
}

std::vector<Button> format_buttons(const texts::Texts& texts, const ChoicesView& view) {
  std::vector<Button> out;
  for (const std::string& ratio : view.ratios) {
    out.push_back(button(texts.plain("button.variant_ratio", {{"ratio", ratio}}),
                         Format{view.picture, layout::ratio_slug(ratio), view.nonce, view.price}));
  }
  return out;
}

/// The best preset, and what words change.
std::vector<Button> finer_buttons(const texts::Texts& texts, const ChoicesView& view) {
  std::vector<Button> out;
  if (!view.better.empty()) {
    const bool costs_more = view.better_price != view.price;
    std::string label =
        costs_more ? texts.plain("button.variant_better_for", {{"quality", view.better}, {"price", view.better_price}})
                   : texts.plain("button.variant_better", {{"quality", view.better}});
    out.push_back(button(std::move(label), Better{view.picture, view.nonce, view.better_price}));
  }
  if (view.can_be_changed) {
    out.push_back(button(texts.plain("button.change_by_words"), AskWords{view.picture}));
  }
  return out;
}

std::vector<Button> likeness_buttons(const texts::Texts& texts, const ChoicesView& view) {
  std::vector<Button> out;
  const auto way = [&](Likeness::Way to) { return Likeness{view.picture, to, view.nonce, view.price}; };
  if (view.can_be_closer) {
    out.push_back(button(texts.plain("button.likeness_up"), way(Likeness::Way::up)));
  }
  if (view.can_be_freer) {
    out.push_back(button(texts.plain("button.likeness_down"), way(Likeness::Way::down)));
  }
  return out;
}

/// What begins with the picture itself.
std::vector<Button> repaint_buttons(const texts::Texts& texts, const ChoicesView& view) {
  if (!view.can_be_repainted) {
    return {};
  }
  const auto step = [&](Repaint::Step to) { return Repaint{view.picture, to, view.nonce, view.repaint_price}; };
  return {button(texts.plain("button.repaint_close"), step(Repaint::Step::close)),
          button(texts.plain("button.repaint_free"), step(Repaint::Step::free))};
}

std::vector<Button> family_buttons(const texts::Texts& texts, const ChoicesView& view) {
  std::vector<Button> out;
  if (view.ties.parent && view.ties.is_parent_live) {
    out.push_back(button(texts.plain("button.family_up"), to_picture(*view.ties.parent)));
  }
  if (view.ties.children > 0) {
    out.push_back(button(texts.plain("button.family_down"), Family{view.picture, {}}));
  }
  return out;
}

Row children_pager(const texts::Texts& texts, const FamilyView& view) {
  const std::int64_t last = view.ahead + std::ssize(view.children);
  std::optional<CallbackData> newer;
  std::optional<CallbackData> older;
  if (view.ahead > 0) {
    newer = Family{view.head, {PagePlace::Side::newer, view.children.front().id}};
  }
  if (last < view.all) {
    older = Family{view.head, {PagePlace::Side::older, view.children.back().id}};
  }
  std::string range = texts.plain("button.range", {{"first", view.ahead + 1}, {"last", last}});
  return layout::pager(texts, std::move(newer), std::move(range), std::move(older));
}

}  // namespace

Card choices_card(const texts::Texts& texts, const ChoicesView& view) {
  Card card;
  card.photo = view.is_shown ? Photo(photo::Result{view.picture}) : Photo(photo::Drawing{photo::Subject::words});
  card.caption = texts.rich("variants.caption", {{"style", texts::cut_utf16(std::string_view(view.title), kNameMax)},
                                                 {"model", texts::cut_utf16(std::string_view(view.model), kNameMax)},
                                                 {"ratio", view.ratio},
                                                 {"quality", view.quality}});
  const std::string family = family_line(texts, view.ties);
  if (!family.empty()) {
    card.caption += "\n" + family;
  }
  if (!view.other_avatar.empty()) {
    const std::string avatar = texts::cut_utf16(std::string_view(view.other_avatar), kNameMax);
    card.caption += "\n" + texts.plain("variants.other_avatar", {{"avatar", avatar}});
  }
  card.caption += "\n" + texts.plain("variants.price", {{"price", layout::coins(texts, view.price)}});
  const std::int64_t several = view.price * domain::kBatchSize;
  card.keyboard.push_back(
      {button(texts.plain("button.variation", {{"price", view.price}}), Again{view.picture, view.nonce, view.price}),
       button(texts.plain("button.several", {{"n", domain::kBatchSize}, {"price", several}}),
              Several{view.picture, view.nonce, several})});
  layout::add_rows(card.keyboard, format_buttons(texts, view), 3);
  layout::add_rows(card.keyboard, likeness_buttons(texts, view), 2);
  layout::add_rows(card.keyboard, repaint_buttons(texts, view), 2);
  layout::add_rows(card.keyboard, finer_buttons(texts, view), 2);
  layout::add_rows(card.keyboard, family_buttons(texts, view), 2);
  card.keyboard.push_back(layout::navigation(texts, to_picture(view.picture)));
  return card;
}

Card family_card(const texts::Texts& texts, const FamilyView& view) {
  std::vector<OwnItem> items;
  if (view.head_item) {
    items.push_back(*view.head_item);
    items.front().title = texts.plain("family.head", {{"title", view.head_item->title}});
  }
  items.insert(items.end(), view.children.begin(), view.children.end());
  Card card;
  card.photo = own_sheet(items, "list");
  card.caption = texts.rich("family.caption", {{"variations", texts.count("count.variations", view.all)},
                                               {"lines", own_lines(texts, items, false)}});
  if (!view.head_item) {
    card.caption += "\n" + texts.plain("family.head_deleted");
  }
  card.caption = texts::cut_utf16(std::move(card.caption), kCaptionMax);
  add_own_numbers(card.keyboard, items, [](const OwnItem& item) { return to_picture(item.id); });
  const std::int64_t shown = view.ahead + std::ssize(view.children);
  if (view.ahead > 0 || shown < view.all) {
    card.keyboard.push_back(children_pager(texts, view));
  }
  if (view.parent) {
    card.keyboard.push_back({button(texts.plain("button.family_up"), to_picture(*view.parent))});
  }
  const CallbackData back = view.head_item ? CallbackData(to_picture(view.head)) : CallbackData(gallery::Newest{});
  card.keyboard.push_back(layout::navigation(texts, back));
  return card;
}

Card words_card(const texts::Texts& texts, const WordsView& view) {
  Card card;
  card.photo = photo::Result{view.picture};
  card.caption = texts.rich("words.ask", {{"minutes", texts.count("count.minutes", view.minutes)},
                                          {"price", layout::coins(texts, view.price)}});
  card.keyboard.push_back(
      {button(texts.plain("button.cancel"), Open{view.picture}), button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

Card change_card(const texts::Texts& texts, const ChangeView& view) {
  const std::string price = layout::coins(texts, view.price);
  const auto caption = [&](std::string_view words) {
    return texts.rich("words.confirm", {{"words", words}, {"price", price}});
  };
  const std::size_t frame = texts::utf16_length(caption("").text);
  Card card;
  card.photo = photo::Result{view.picture};
  card.caption = caption(texts::cut_utf16(std::string_view(view.words), kCaptionMax - frame));
  card.keyboard.push_back({button(texts.plain("button.create_for", {{"price", price}}),
                                  Change{view.nonce, view.price, view.mark}, ButtonLook::primary)});
  card.keyboard.push_back({button(texts.plain("button.change_prompt"), AskWords{view.picture})});
  card.keyboard.push_back(
      {button(texts.plain("button.cancel"), Open{view.picture}), button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

}  // namespace aisha::bot::variants
