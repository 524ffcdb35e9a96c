// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/time.hpp"
#include "base/zone.hpp"
#include "bot/flow/catalog_view.hpp"
#include "catalog/prompts/ideas.hpp"
#include "catalog/templates/template.hpp"
#include "services/bin/bin.hpp"
#include "services/favourites/collections.hpp"
#include "services/favourites/kept_styles.hpp"
#include "services/gallery/days.hpp"
#include "services/gallery/gallery.hpp"
#include "services/generations/request.hpp"
#include "services/people/avatar_care.hpp"
#include "services/people/people.hpp"
#include "services/photos/reference_avatars.hpp"
#include "services/privacy/archives.hpp"
#include "services/privacy/erasure_receipt.hpp"
#include "services/privacy/personal_data.hpp"
#include "services/prompts/appealing.hpp"
#include "services/search/picture_search.hpp"
#include "services/sharing/sharing.hpp"
#include "services/tastes/tastes.hpp"
#include "services/variations/batch_orders.hpp"
#include "services/variations/variations.hpp"
#include "telegram/api_types.hpp"
#include "texts/texts.hpp"

namespace aisha::bot {

/// What the operator decided, here and at @BotFather, as far as the chat shows it.
struct BotOptions {
  std::string support;  ///< contact shown by /help; "" = none
  int max_active = 2;
  Millis input_wait{15 * 60'000};   ///< how long an asked-for text is waited for
  bool translates_prompts = false;  ///< Russian own words are sent in English
  bool enhances_prompts = false;    ///< a person may have their words written out
  bool takes_photos = true;         ///< photos that people send become avatars
  bool allows_inline = true;        ///< inline queries are asked for
  // What Telegram says of the bot, asked again every hour.
  std::string username;     ///< "" = not known
  bool has_inline = false;  ///< inline mode is on, at @BotFather and here

  void learn(const telegram::User& bot) {
    username = bot.username.value_or("");
    has_inline = allows_inline && bot.supports_inline_queries.value_or(false);
  }
};

/// What the chat's flows work with.
struct BotServices {
  services::People& people;
  services::Generations& generations;
  services::Variations& variations;
  services::BatchOrders& batches;
  services::Appeals& appeals;
  services::Gallery& gallery;
  services::Days& days;
  services::Collections& collections;
  services::KeptStyles& kept_styles;
  services::Bin& bin;
  services::PictureSearch& picture_search;
  services::Sharing& sharing;
  services::Tastes& tastes;
  services::AvatarCare& avatars;
  services::ReferenceAvatars& photos;
  services::ErasureReceipts& receipts;
  services::PersonalData& personal_data;
  services::Archives& archives;
  const CatalogView& catalog_view;
  const catalog::Ideas& ideas;
  const texts::Library& library;
  const BotOptions& options;
  Clock& clock;
};

/// One press or message in the hands of a flow.
struct FlowContext {
  const BotServices& bot;
  services::Actor& actor;
  services::ChatState& chat;
  std::string text;  ///< what was written

  /// Whether the pressed message is the chat's menu card, not a picture's own.
  bool is_on_menu_card() const { return chat.pressed && chat.message_id == chat.row.card_message_id; }
  /// Whose styles are shown: by the main avatar, and by the person's own day.
  catalog::Audience audience() const {
    const auto& avatar = actor.main_avatar();
    return {.kind = avatar ? avatar->kind : domain::AvatarKind::portrait,
            .day = local_day(bot.clock.now(), actor.user().timezone),
            .surcharge = surcharge()};
  }
  std::int64_t surcharge() const {
    return bot.catalog_view.surcharge(actor.main_avatar(), actor.settings().quality_preset);
  }
  const texts::Texts& texts() const { return bot.library.in(domain::text_of(actor.settings().language)); }
};

}  // namespace aisha::bot
