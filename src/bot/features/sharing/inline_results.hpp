// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "base/uuid.hpp"
#include "bot/flow/flow_context.hpp"
#include "domain/own_picture.hpp"
#include "services/gallery/uploads.hpp"
#include "telegram/inline_methods.hpp"

namespace aisha::bot::sharing {

/// What somebody may pick who types behind the bot's name in any chat: their own pictures, by words, or the favourites
/// and then the newest; "i <id>", which the button of S20 writes, is that one picture with its link. Only what Telegram
/// has a photo of. Reads, writes nothing.
class InlineResults {
 public:
  InlineResults(const BotServices& bot, services::Uploads& uploads) : bot_(bot), uploads_(uploads) {}

  /// For somebody who never wrote to the bot: nothing but the button that opens it.
  Task<telegram::AnswerInlineQuery> answer(telegram::InlineQuery query);

 private:
  /// Pictures on their way to an answer.
  struct Page {
    std::vector<domain::OwnPicture> pictures;
    std::string token;  ///< of the one picture that was asked for by its id
    std::string next;   ///< offset of the next page, "" = none
  };
  Task<Page> one(Uuid owner, Uuid picture);
  Task<Page> found(Uuid owner, const telegram::InlineQuery& query);
  Task<Page> kept(Uuid owner, std::optional<Uuid> behind);
  Task<Page> newest(Uuid owner, std::optional<Uuid> behind, Page page);
  Task<Page> page_of(Uuid owner, const telegram::InlineQuery& query);
  telegram::InlineQueryResultPhoto result_of(const texts::Texts& texts, domain::Language language,
                                             const domain::OwnPicture& own, std::string file_id,
                                             const std::string& token) const;

  const BotServices& bot_;
  services::Uploads& uploads_;
};

}  // namespace aisha::bot::sharing
