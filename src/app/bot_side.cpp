// SPDX-License-Identifier: Apache-2.0
#include "app/bot_side.hpp"

#include "app/policy.hpp"
#include "base/log.hpp"
#include "bot/setup.hpp"

namespace aisha::app {
namespace {

constexpr Millis kRecall{300'000};

bot::BotOptions bot_options_of(const config::Config& config, const services::Policy& policy) {
  bot::BotOptions options;
  options.support = config.operator_contact;
  options.max_active = policy.max_active;
  return options;
}

}  // namespace

BotSide::BotSide(Core& core, const config::Config& config, Role role)
    : core_(core),
      role_(role),
      people_(core.ground, demo_avatars_of(config)),
      generations_(core.ground, core.catalog_view(), core.gate),
      gallery_(core.ground, core.outside.blobs),
      pictures_(core.ground, core.outside.imager),
      line_{core.telegram, flood_, core.clock},
      options_(bot_options_of(config, core.policy)),
      showcase_(core.catalog_view(), core.policy.price),
      tools_{people_, generations_, gallery_, showcase_, library_, options_, core.clock},
      photos_(pictures_, gallery_, core.clock),
      presenter_(line_, photos_),
      courier_(line_),
      dispatcher_(core.inbox, tools_, presenter_, courier_, prompts_),
      delivery_(line_, tools_, photos_, courier_, prompts_),
      taking_(core.ground, core.inbox, dispatcher_),
      sending_(core.ground, delivery_, people_),
      usual_times_(core.ground, core.gate) {}

void BotSide::drive(jobs::Jobs& jobs) {
  jobs.drive("inbox", taking_, core_.signals.inbox, core_.policy.inbox_parallel);
  jobs.repeat("leases", holding_, core_.policy.lease / 4);
  jobs.drive("outbox", sending_, core_.signals.outbox, core_.policy.outbox_parallel);
  if (!works(role_)) {
    // Others measure; where pictures are made, the gate knows by itself.
    jobs.repeat("usual times", usual_times_, kRecall);
  }
}

Task<void> BotSide::introduce() {
  const std::string fingerprint = bot::introduction_fingerprint(library_);
  const auto known = co_await pictures_.file_id("introduction");
  if (known == fingerprint) {
    co_return;
  }
  const auto said = co_await bot::introduce(core_.telegram, library_);
  if (said) {
    co_await pictures_.remember("introduction", fingerprint);
  } else {
    log::warn("the bot's name and commands were refused: {}", said.error().description);
  }
}

}  // namespace aisha::app
