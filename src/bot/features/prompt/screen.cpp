// SPDX-License-Identifier: Apache-2.0
#include "bot/features/prompt/screen.hpp"

#include <algorithm>

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/prompt/routes.hpp"
#include "bot/flow/paid_order.hpp"

namespace aisha::bot::prompt {

using layout::button;
using layout::coins;

/// Of a line in the list of recent prompts.
constexpr std::size_t kLineMax = 80;

Card ask_card(const texts::Texts& texts, const AskView& view) {
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = texts.rich(
      "prompt.ask", {{"minutes", texts.count("count.minutes", view.minutes)}, {"price", coins(texts, view.price)}});
  Row row{button(texts.plain("button.idea"), Idea{})};
  if (view.has_recent) {
    row.push_back(button(texts.plain("button.recent"), Recent{}));
  }
  card.keyboard.push_back(std::move(row));
  card.keyboard.push_back(
      {button(texts.plain("button.cancel"), create::Open{}), button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

Card confirm_card(const texts::Texts& texts, const ConfirmView& view) {
  const std::string avatar = texts::cut_utf16(std::string_view(view.avatar), 48);
  const std::string price = coins(texts, view.price);
  const auto caption = [&](std::string_view prompt) {
    texts::RichText out =
        texts.rich("prompt.confirm", {{"prompt", prompt}, {"avatar", avatar}, {"ratio", view.ratio}, {"price", price}});
    if (view.hints_english) {
      out += "\n" + texts.plain("prompt.english_hint");
    }
    return out;
  };
  const std::size_t frame = texts::utf16_length(caption("").text);
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = caption(texts::cut_utf16(std::string_view(view.prompt), kCaptionMax - frame));
  card.keyboard.push_back({button(texts.plain("button.create_for", {{"price", price}}),
                                  Generate{view.nonce, view.price, view.mark}, ButtonLook::primary)});
  Row row{button(texts.plain("button.change_prompt"), Ask{})};
  if (view.ratios.size() > 1) {
    const std::string next = layout::ratio_slug(layout::next_of(view.ratios, view.ratio));
    row.push_back(button(texts.plain("button.format", {{"ratio", view.ratio}}), Ratio{next}));
  }
  card.keyboard.push_back(std::move(row));
  if (view.enhances) {
    const char* label = *view.enhances ? "button.enhance_on" : "button.enhance_off";
    card.keyboard.push_back({button(texts.plain(label), Enhance{!*view.enhances})});
  }
  if (view.is_idea) {
    card.keyboard.push_back({button(texts.plain("button.other_idea"), Idea{})});
  }
  card.keyboard.push_back(
      {button(texts.plain("button.cancel"), create::Open{}), button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

texts::RichText appeal_answer(const texts::Texts& texts, const AnswerView& view) {
  return texts.rich(view.is_allowed ? "appeal.allowed" : "appeal.rejected", {{"prompt", view.prompt}});
}

Keyboard answer_keyboard(const texts::Texts& texts, const AnswerView& view) {
  Row row;
  if (view.is_allowed) {
    row.push_back(button(texts.plain("button.use_prompt"), Take{mark_of(view.prompt)}, ButtonLook::primary));
  } else {
    row.push_back(button(texts.plain("button.own_prompt"), Ask{}));
  }
  row.push_back(button(texts.plain("button.menu"), frame::Home{}));
  return {std::move(row)};
}

Card recent_card(const texts::Texts& texts, const std::vector<RecentItem>& items) {
  std::string lines;
  std::vector<Button> numbers;
  for (const RecentItem& item : items) {
    const std::string number = std::to_string(numbers.size() + 1);
    std::string line = texts::cut_utf16(std::string_view(item.prompt), kLineMax);
    std::ranges::replace(line, '\n', ' ');
    lines += (lines.empty() ? "" : "\n") + number + ". " + line;
    numbers.push_back(button(number, Use{item.generation}));
  }
  Card card;
  card.photo = photo::Drawing{photo::Subject::words};
  card.caption = texts.rich("prompt.recent", {{"lines", items.empty() ? texts.plain("prompt.recent_none") : lines}});
  layout::add_numbers(card.keyboard, std::move(numbers));
  card.keyboard.push_back(
      {button(texts.plain("button.own_prompt"), Ask{}), button(texts.plain("button.idea"), Idea{})});
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

}  // namespace aisha::bot::prompt
