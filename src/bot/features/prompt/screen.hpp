// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

/// S13: a picture by the person's own words.
namespace aisha::bot::prompt {

struct AskView {
  std::int64_t price = 0;
  int minutes = 15;  ///< how long the text is waited for
  bool has_recent = false;
};
Card ask_card(const texts::Texts& texts, const AskView& view);

struct ConfirmView {
  std::string prompt;
  std::string avatar;
  std::string ratio;
  std::vector<std::string> ratios;
  std::int64_t price = 0;
  std::int64_t nonce = 0;
  std::string mark;                ///< of the prompt
  bool is_idea = false;            ///< the prompt is one of ours
  std::optional<bool> enhances{};  ///< their words are written out; nothing: that is not offered
  bool hints_english = false;      ///< they are told that models understand English best
};
Card confirm_card(const texts::Texts& texts, const ConfirmView& view);

/// The operator's answer to an appeal: a message of its own.
struct AnswerView {
  std::string prompt;
  bool is_allowed = false;
};
texts::RichText appeal_answer(const texts::Texts& texts, const AnswerView& view);
Keyboard answer_keyboard(const texts::Texts& texts, const AnswerView& view);

struct RecentItem {
  Uuid generation;
  std::string prompt;
};
/// Own prompts to be used once more, at most eight.
Card recent_card(const texts::Texts& texts, const std::vector<RecentItem>& items);

}  // namespace aisha::bot::prompt
