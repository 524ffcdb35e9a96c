// SPDX-License-Identifier: Apache-2.0
#include "app/serve/bot_side.hpp"

#include "app/engines/policy_settings.hpp"

namespace aisha::app {
namespace {

constexpr Millis kIntroduceAgain{3'600'000};
constexpr Millis kPreviewIndex{30'000};
constexpr int kErasuresAtOnce = 2;
constexpr int kExportsAtOnce = 2;

bot::BotOptions bot_options_of(const config::Config& config, const services::Policy& policy) {
  bot::BotOptions options;
  options.support = config.operator_contact;
  options.max_active = policy.max_active;
  options.takes_photos = policy.takes_photos;
  options.allows_inline = config.telegram.inline_mode != "off";
  options.translates_prompts = config.prompts.translate;
  options.enhances_prompts = config.prompts.enhance;
  options.input_wait = std::chrono::minutes(config.timing.awaits_minutes);
  return options;
}

}  // namespace

BotSide::BotSide(Core& core, const config::Config& config)
    : core_(core),
      marks_(config.telegram.token),
      people_(core.context, demo_avatars_of(config), marks_),
      generations_(core.context, core.catalog_view(),
                   {core.pictures, core.provider_state, core.usual_times, *core.catalogue.gate}),
      variations_(core.context, core.catalog_view(), generations_),
      batches_(core.context, core.pictures, variations_),
      appeals_(core.context, *core.catalogue.gate),
      gallery_(core.context, core.clients.blobs),
      days_(core.context),
      picture_search_(core.context, *core.catalogue.templates),
      sharing_(core.context, config.telegram.token),
      collections_(core.context),
      kept_styles_(core.context),
      bin_(core.context),
      avatars_(core.context),
      reference_avatars_(core.context, people_),
      receipts_(core.context),
      personal_data_(core.context),
      archives_(core.context, core.clients.blobs, *core.catalogue.templates, people_, core.clients.pool),
      sheets_(core.clients.clock, core.clients.imager, core.previews),
      own_sheets_(core.context, core.clients.blobs, core.clients.imager),
      uploads_(core.context),
      output_{core.telegram, flood_, doubts_, core.clients.clock},
      options_(bot_options_of(config, core.policy)),
      catalog_view_(core.catalog_view(), core.policy.price),
      bot_services_{.people = people_,
                    .generations = generations_,
                    .variations = variations_,
                    .batches = batches_,
                    .appeals = appeals_,
                    .gallery = gallery_,
                    .days = days_,
                    .collections = collections_,
                    .kept_styles = kept_styles_,
                    .bin = bin_,
                    .picture_search = picture_search_,
                    .sharing = sharing_,
                    .tastes = core.tastes,
                    .avatars = avatars_,
                    .photos = reference_avatars_,
                    .receipts = receipts_,
                    .personal_data = personal_data_,
                    .archives = archives_,
                    .catalog_view = catalog_view_,
                    .ideas = core.catalogue.ideas,
                    .library = library_,
                    .options = options_,
                    .clock = core.clients.clock},
      photos_(sheets_, own_sheets_, uploads_, gallery_, core.clients.clock),
      presenter_(output_, photos_),
      chat_actions_(output_),
      inline_answers_(core.inbox, core.telegram, bot::sharing::InlineResults(bot_services_, uploads_),
                      core.clients.clock),
      dispatcher_(core.inbox, bot_services_, presenter_, chat_actions_, prompts_, inline_answers_),
      delivery_(output_, bot_services_, photos_, chat_actions_, prompts_),
      blanker_({output_, bot_services_, photos_}),
      introduction_(core.telegram, library_, uploads_, options_),
      sent_files_(core.telegram, chat_actions_),
      inbox_worker_(core.context, core.inbox, dispatcher_),
      outbox_worker_(core.context, delivery_, people_),
      blanking_(core.context, blanker_),
      photo_intake_(core.context, core.clients.blobs, core.clients.imager, sent_files_, people_),
      erasing_(core.context, {core.clients.blobs, core.platform, std::chrono::days(config.fal.payload_days), marks_}),
      erasures_check_(core.context, core.clients.blobs),
      erasing_bell_(core.loop),
      exporting_(core.context, core.clients.blobs),
      exporting_bell_(core.loop),
      blanking_bell_(core.loop) {}

void BotSide::serve(const telegram::User& bot) {
  uploads_.serve(bot.id);
  options_.learn(bot);
}

void BotSide::drive(loops::Loops& loops) {
  loops.drive("inbox", inbox_worker_, core_.signals.inbox, core_.policy.inbox_parallel);
  loops.repeat("leases", lease_keeper_, core_.policy.lease / 4);
  loops.repeat("previews", core_.preview_watch, kPreviewIndex);
  loops.repeat("introduction", introduction_, kIntroduceAgain);
  loops.drive("blanking", blanking_, blanking_bell_, core_.policy.blank_parallel);
  loops.drive("photos", photo_intake_, core_.signals.photos, core_.policy.photos_parallel);
  loops.drive("erasing", erasing_, erasing_bell_, kErasuresAtOnce);
  loops.repeat("erasures", erasures_check_, core_.policy.sweep_interval);
  loops.drive("privacy:export", exporting_, exporting_bell_, kExportsAtOnce);
  loops.drive("outbox", outbox_worker_, core_.signals.outbox, core_.policy.outbox_parallel);
}

}  // namespace aisha::app
