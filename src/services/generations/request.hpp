// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "domain/avatar.hpp"
#include "domain/job.hpp"
#include "domain/own_picture.hpp"
#include "domain/picture.hpp"
#include "services/generations/usual_times.hpp"
#include "services/jobs/job_kind.hpp"
#include "services/jobs/provider_state.hpp"
#include "services/people/actor.hpp"
#include "services/people/chat_state.hpp"
#include "services/prompts/prompt_gate.hpp"
#include "services/spending/spending.hpp"

namespace aisha::catalog {
class TemplateManager;
class ModelManager;
struct ModelWish;
}  // namespace aisha::catalog

namespace aisha::stores::requests {
struct Followed;
}

namespace aisha::services {

struct Material;

/// What a person asks for. Empty texts mean "as in the settings"; exactly one of `template_id` and `prompt` is set.
struct GenerationOrder {
  std::string template_id;
  std::string prompt;  ///< own words, as typed
  std::string aspect_ratio;
  std::string quality_preset;
  std::optional<Uuid> avatar_id;         ///< none = the main avatar
  std::optional<domain::Avatar> avatar;  ///< the one of `avatar_id`, where it is at hand
  std::optional<Uuid> parent_id;         ///< the picture this one varies
  std::optional<domain::Variation> variation;
  std::int64_t likeness = 0;  ///< see domain::kMostLikeness
  std::string model;          ///< endpoint that makes it where it is able to; "" = the first able one of its route
  std::int64_t count = 1;     ///< more than one: a batch, each with a seed of its own
  std::optional<std::int64_t> seed;
  /// The finished picture of theirs that this one begins with.
  std::optional<Uuid> source;
  std::size_t source_step = 1;  ///< how far it may go from it: a place in catalog::SourceRule::steps
  bool changes_source = false;  ///< `prompt` says what to change in it
  std::string key;              ///< one key, one generation, whatever is tapped under it
  /// The pressed card showed something else than this order would make.
  bool is_outdated = false;
  std::optional<std::int64_t> price_shown;  ///< on the pressed card, of all of them
  /// Taken although the provider is closed to us, and waited for as long as Policy::patience.
  bool is_patient = false;
};

/// Where the status of a generation appears.
struct Place {
  ChatState& chat;
  std::int64_t message_id;  ///< becomes the status message; when it was the menu card, the chat has none any more
};

/// The key of a tap under a card of this revision.
std::string tap_key(std::int64_t chat_id, std::int64_t message_id, std::int64_t revision);

/// An accepted request.
struct AcceptedOrder {
  Uuid id;  ///< of a batch: of its first member
  std::int64_t price = 0;
  std::int64_t balance = 0;  ///< free coins after the hold
  bool repeated = false;     ///< this key was taken before: nothing was made, `id` is that earlier generation
};

/// What an order would cost.
struct Price {
  std::int64_t coins = 0;
  std::optional<int> usual_seconds;  ///< median of real generations with this model; none before the first
};

/// A generation as its status message shows it.
struct StatusView {
  domain::Picture picture;
  std::optional<domain::Avatar> avatar;  ///< with which it was asked for; none when that is gone
  std::optional<domain::Job> job;        ///< none once it has left its table, and for an imported picture
  domain::OwnMarks marks;                ///< what the person made of the picture
  std::optional<int> queue_position;     ///< ahead of it at the provider; only while it waits there
  std::optional<int> usual_seconds;
  Millis elapsed{0};
  std::optional<TimePoint> patient_until;  ///< it waits for the provider, which is closed to us, until then
  std::string rewriting;                   ///< what was done with its words: "translate", "enhance"
  std::optional<std::string> rewritten;    ///< what came of that; "" = nothing, they were sent as they are
  bool slow = false;                       ///< past Policy::slow_after
  bool waits_long = false;                 ///< past Policy::queue_told_after
  bool result_is_on_its_way = false;       ///< into its message, perhaps once more
  bool provider_paused = false;            ///< waits because the provider's account is closed to us for now
};

/// The catalogue a generation is made of.
struct Catalog {
  const catalog::TemplateManager& templates;
  const catalog::ModelManager& models;
};

/// A row that makes pictures with this avatar; without LoRA, finetune id and photos one for LoRAs.
catalog::ModelWish wish_of(const domain::Avatar& avatar, std::string quality);

/// What asking stands on beside the catalogue.
struct Making {
  const JobKind& kind;  ///< of pictures
  const ProviderState& provider;
  const UsualTimes& times;
  const PromptGate& gate;
};

/// Asking for pictures and following them.
class Generations {
 public:
  Generations(Context context, Catalog catalog, Making making)
      : context_(context),
        catalog_(catalog),
        kind_(making.kind),
        provider_(making.provider),
        times_(making.times),
        gate_(making.gate),
        spending_(context) {}

  /// Collects a new generation, or `count` of them as a batch: the row, the hold of its price, its first status text at
  /// its place; the chat's `card_revision` grows. The flow commits. Errors: callback_unknown (a button of an older card
  /// in the message of a picture), card_changed, price_changed (the button showed something else; an order that was
  /// taken under this key before is told all the same), not_found (of `source`), template_unknown, template_disabled,
  /// template_season, template_premium, avatar_none, avatar_training, avatar_failed, avatar_broken, prompt_empty,
  /// prompt_too_long, prompt_bad_text, prompt_blocked, option_out_of_range, limit_active, limit_rate, limit_spend,
  /// credits_insufficient, provider_auth and provider_balance (the queue is paused). After an error nothing new is
  /// collected, and the rest can be committed.
  Task<Result<AcceptedOrder>> request(Actor& actor, GenerationOrder order, Place place);

  /// The same order again under a new key (E6 «Повторить», S5 «Создать ещё»), with everything as it was but today's
  /// price, which must be the one shown; the person's own generations only: not_found. Further errors as `request`.
  Task<Result<AcceptedOrder>> repeat(Actor& actor, Uuid id, std::string key, Place place, std::int64_t price_shown);

  /// Asks to stop. Immediate (coins back, collected) while nothing was sent; otherwise the provider is asked and the
  /// outcome comes by itself: a picture that is ready meanwhile is delivered and charged.
  /// `too_late`: it has ended already or its picture is being stored. Errors: not_found.
  enum class CancelAnswer { cancelled, asked, too_late };
  Task<Result<CancelAnswer>> cancel(Actor& actor, Uuid id);

  /// Errc::not_found when absent or not `owner`'s.
  Task<Result<StatusView>> status(Uuid owner, Uuid id);
  /// For the sender, which knows the row is the chat's.
  Task<Result<StatusView>> status(Uuid id);

  /// An own prompt of theirs, with the newest picture that was made of it.
  struct RecentPrompt {
    Uuid generation;
    std::string prompt;
  };
  /// Different ones of pictures that are there, the newest first; at most eight.
  Task<std::vector<RecentPrompt>> recent_prompts(Actor& actor);
  /// The own prompt of that picture of theirs. Errc::not_found when there is none any more.
  Task<Result<std::string>> prompt_of(Actor& actor, Uuid generation);

  /// Price and usual time of an order. Errors of `request` that lie in the order and the avatar.
  Task<Result<Price>> price(Actor& actor, GenerationOrder order);

 private:
  struct Plan;
  struct Ingredients;
  Task<Result<Plan>> plan(Actor& actor, const GenerationOrder& order);
  Task<Result<std::optional<Material>>> source_of(Actor& actor, const GenerationOrder& order);
  Result<void> write_input(Plan& plan, const GenerationOrder& order, const domain::UserSettings& settings,
                           const Ingredients& from);
  Task<Result<domain::Avatar>> usable_avatar(Actor& actor, std::optional<Uuid> id,
                                             std::optional<domain::Avatar> at_hand);
  Task<Result<void>> take_rate(const Actor& actor, std::string key);
  StatusView view_of(stores::requests::Followed followed) const;
  Uuid collect(Actor& actor, Plan plan, std::int64_t count, const std::string& key, Place place);
  domain::Job collect_one(Actor& actor, const Plan& plan, std::optional<Uuid> batch, const std::string& key,
                          Place place);
  void renew_seed(Plan& plan) const;

  Context context_;
  Catalog catalog_;
  const JobKind& kind_;
  const ProviderState& provider_;
  const UsualTimes& times_;
  const PromptGate& gate_;
  Spending spending_;
};

}  // namespace aisha::services
