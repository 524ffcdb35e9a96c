// SPDX-License-Identifier: Apache-2.0
#include "app/serve/bot_side.hpp"

#include "app/engines/policy_settings.hpp"

namespace aisha::app {
namespace {

constexpr Millis kIntroduceAgain{3'600'000};

bot::BotOptions bot_options_of(const config::Config& config, const services::Policy& policy) {
  bot::BotOptions options;
  options.support = config.operator_contact;
  options.max_active = policy.max_active;
  options.input_wait = std::chrono::minutes(config.timing.awaits_minutes);
  return options;
}

}  // namespace

BotSide::BotSide(Core& core, const config::Config& config)
    : core_(core),
      people_(core.context, demo_avatars_of(config)),
      generations_(core.context, core.catalog_view(), {core.pictures, core.provider_state, core.usual_times}),
      gallery_(core.context, core.clients.blobs),
      days_(core.context),
      picture_search_(core.context, *core.catalogue.templates),
      collections_(core.context),
      kept_styles_(core.context),
      bin_(core.context),
      avatars_(core.context),
      sheets_(core.clients.clock, core.clients.imager, core.previews),
      own_sheets_(core.context, core.clients.blobs, core.clients.imager),
      uploads_(core.context),
      output_{core.telegram, flood_, doubts_, core.clients.clock},
      options_(bot_options_of(config, core.policy)),
      catalog_view_(core.catalog_view(), core.policy.price),
      bot_services_{.people = people_,
                    .generations = generations_,
                    .gallery = gallery_,
                    .days = days_,
                    .collections = collections_,
                    .kept_styles = kept_styles_,
                    .bin = bin_,
                    .picture_search = picture_search_,
                    .tastes = core.tastes,
                    .avatars = avatars_,
                    .catalog_view = catalog_view_,
                    .library = library_,
                    .options = options_,
                    .clock = core.clients.clock},
      photos_(sheets_, own_sheets_, uploads_, gallery_, core.clients.clock),
      presenter_(output_, photos_),
      chat_actions_(output_),
      dispatcher_(core.inbox, bot_services_, presenter_, chat_actions_, prompts_),
      delivery_(output_, bot_services_, photos_, chat_actions_, prompts_),
      blanker_({output_, bot_services_, photos_}),
      introduction_(core.telegram, library_, uploads_),
      inbox_worker_(core.context, core.inbox, dispatcher_),
      outbox_worker_(core.context, delivery_, people_),
      blanking_(core.context, blanker_),
      blanking_bell_(core.loop) {}

void BotSide::drive(loops::Loops& loops) {
  loops.drive("inbox", inbox_worker_, core_.signals.inbox, core_.policy.inbox_parallel);
  loops.repeat("leases", lease_keeper_, core_.policy.lease / 4);
  loops.repeat("introduction", introduction_, kIntroduceAgain);
  loops.drive("blanking", blanking_, blanking_bell_, core_.policy.blank_parallel);
  loops.drive("outbox", outbox_worker_, core_.signals.outbox, core_.policy.outbox_parallel);
}

}  // namespace aisha::app
