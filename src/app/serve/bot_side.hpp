// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/serve/core.hpp"
#include "bot/cards/chat_output.hpp"
#include "bot/cards/photo_source.hpp"
#include "bot/cards/presenter.hpp"
#include "bot/delivery/chat_blanker.hpp"
#include "bot/delivery/delivery.hpp"
#include "bot/dispatch/dispatcher.hpp"
#include "bot/dispatch/introduction.hpp"
#include "bot/features/photos/sent_files.hpp"
#include "bot/flow/catalog_view.hpp"
#include "bot/flow/flow_context.hpp"
#include "loops/loops.hpp"
#include "services/bin/bin.hpp"
#include "services/context/signal.hpp"
#include "services/favourites/collections.hpp"
#include "services/favourites/kept_styles.hpp"
#include "services/gallery/blanking.hpp"
#include "services/gallery/days.hpp"
#include "services/gallery/gallery.hpp"
#include "services/gallery/own_sheets.hpp"
#include "services/gallery/sheets.hpp"
#include "services/gallery/uploads.hpp"
#include "services/inbox/inbox_worker.hpp"
#include "services/inbox/lease_keeper.hpp"
#include "services/outbox/outbox_worker.hpp"
#include "services/people/avatar_care.hpp"
#include "services/people/people.hpp"
#include "services/photos/photo_intake.hpp"
#include "services/photos/reference_avatars.hpp"
#include "services/privacy/archives.hpp"
#include "services/privacy/erasing.hpp"
#include "services/privacy/erasure_markers.hpp"
#include "services/privacy/erasure_receipt.hpp"
#include "services/privacy/exporting.hpp"
#include "services/privacy/personal_data.hpp"
#include "services/prompts/appealing.hpp"
#include "services/search/picture_search.hpp"
#include "services/sharing/sharing.hpp"
#include "telegram/flood.hpp"
#include "texts/texts.hpp"

namespace aisha::app {

/// The half that talks to people: inbox in, cards and messages out. `core` outlives it.
class BotSide {
 public:
  BotSide(Core& core, const config::Config& config);

  /// What Telegram says of the bot. File ids belong to one bot: to be called before the loops start.
  void serve(const telegram::User& bot);
  void drive(loops::Loops& loops);

 private:
  Core& core_;
  texts::Library library_;
  services::PersonMarks marks_;
  services::People people_;
  services::Generations generations_;
  services::Variations variations_;
  services::BatchOrders batches_;
  services::Appeals appeals_;
  services::Gallery gallery_;
  services::Days days_;
  services::PictureSearch picture_search_;
  services::Sharing sharing_;
  services::Collections collections_;
  services::KeptStyles kept_styles_;
  services::Bin bin_;
  services::AvatarCare avatars_;
  services::ReferenceAvatars reference_avatars_;
  services::ErasureReceipts receipts_;
  services::PersonalData personal_data_;
  services::Archives archives_;
  services::Sheets sheets_;
  services::OwnSheets own_sheets_;
  services::Uploads uploads_;

  telegram::FloodGate flood_;
  bot::SendDoubts doubts_;
  bot::ChatOutput output_;
  bot::BotOptions options_;
  bot::CatalogView catalog_view_;
  bot::BotServices bot_services_;
  bot::PhotoSource photos_;
  bot::Presenter presenter_;
  bot::PromptMessages prompts_;
  bot::ChatActions chat_actions_;
  bot::InlineAnswers inline_answers_;
  bot::Dispatcher dispatcher_;
  bot::Delivery delivery_;
  bot::ChatBlanker blanker_;
  bot::Introduction introduction_;
  bot::photos::SentFiles sent_files_;

  services::InboxWorker inbox_worker_;
  services::LeaseKeeper lease_keeper_{inbox_worker_};
  services::OutboxWorker outbox_worker_;
  services::Blanking blanking_;
  services::PhotoIntake photo_intake_;
  services::Erasing erasing_;
  services::ErasuresCheck erasures_check_;
  services::Signal erasing_bell_;  ///< rung by nobody: a wish is found within `Policy::idle_poll`
  services::Exporting exporting_;
  services::Signal exporting_bell_;  ///< nobody rings: a wish waits for the next look
  services::Signal blanking_bell_;   ///< nobody rings: what is to be blanked can wait for the next look
};

}  // namespace aisha::app
