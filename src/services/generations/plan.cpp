// SPDX-License-Identifier: Apache-2.0
#include "services/generations/plan.hpp"

#include "base/json.hpp"
#include "base/zone.hpp"
#include "catalog/models/model_registry.hpp"
#include "catalog/templates/template_manager.hpp"
#include "domain/prompt.hpp"
#include "domain/prompt_text.hpp"
#include "stores/people/avatars.hpp"

namespace aisha::services {
namespace {

// A LoRA is the living path, a finetune id may be all that an older avatar has.
catalog::AvatarPass pass_of(const domain::Avatar& avatar) {
  return avatar.lora_url.empty() ? catalog::AvatarPass::finetune : catalog::AvatarPass::lora;
}

// Fills in what the order is about; a style comes back for its prompt, an own prompt is kept in `g`.
Result<catalog::TemplateRef> read_order(const catalog::TemplateManager& templates, const GenerationOrder& order,
                                        const domain::User& person, std::string_view today, domain::Picture& g) {
  if (order.template_id.empty()) {
    auto checked = domain::check_prompt(order.prompt);
    if (!checked) {
      return std::unexpected(checked.error());
    }
    g.custom_prompt = std::move(*checked);
    return nullptr;
  }
  auto style = templates.find(order.template_id);
  if (!style) {
    return style;
  }
  if (!(*style)->is_in_season(today)) {
    return fail(Errc::template_season, (*style)->id);
  }
  if ((*style)->premium && !person.is_premium) {
    return fail(Errc::template_premium, (*style)->id);
  }
  g.template_id = (*style)->id;
  g.style_category = (*style)->category;
  g.price = (*style)->price_or(g.price);
  return style;
}

// Quality and ratio: a setting that this model does not know gives way to the model's default, an explicit order stays
// and is refused by the model.
void choose_options(const catalog::Model& model, const domain::UserSettings& settings, const GenerationOrder& order,
                    catalog::GenerationSpec& spec) {
  spec.quality = order.quality_preset;
  if (spec.quality.empty()) {
    spec.quality = model.presets.contains(settings.quality_preset) ? settings.quality_preset : model.default_quality;
  }
  spec.aspect_ratio = order.aspect_ratio;
  if (spec.aspect_ratio.empty()) {
    const bool known = model.size(spec.quality, settings.aspect_ratio).has_value();
    spec.aspect_ratio = known ? settings.aspect_ratio : model.ratios.front();
  }
}

Result<std::string> write_prompt(const domain::Avatar& avatar, const catalog::TemplateRef& style,
                                 const std::string& custom_prompt) {
  domain::PromptParts parts;
  parts.trigger_phrase = avatar.trigger_phrase;
  parts.trigger_word = avatar.trigger_word;
  parts.trigger_required = true;
  parts.body = style ? style->prompt_for(avatar) : custom_prompt;
  return domain::build_prompt(parts);
}

}  // namespace

Task<Result<domain::Avatar>> Generations::usable_avatar(Actor& actor, std::optional<Uuid> id) {
  std::optional<domain::Avatar> found;
  const auto& main = actor.main_avatar();
  if (!id || (main && main->id == *id)) {
    found = main;
  } else {
    found = co_await stores::avatars::load(actor.unit(), *id, actor.user().id);
  }
  if (!found) {
    co_return fail(Errc::avatar_none);
  }
  const auto usable = domain::check_usable(*found);
  if (!usable) {
    co_return std::unexpected(usable.error());
  }
  co_return std::move(*found);
}

Task<Result<Generations::Plan>> Generations::plan(Actor& actor, const GenerationOrder& order) {
  Plan out;
  domain::Picture& g = out.picture;
  g.price = context_.policy.price;
  const std::string today = local_day(actor.unit().now(), actor.user().timezone);
  const auto style = read_order(catalog_.templates, order, actor.user(), today, g);
  if (!style) {
    co_return std::unexpected(style.error());
  }
  if (!g.custom_prompt.empty()) {
    auto passes = co_await gate_.check(actor.unit(), g.custom_prompt);
    if (!passes) {
      co_return std::unexpected(std::move(passes.error()));
    }
  }
  const auto avatar = co_await usable_avatar(actor, order.avatar_id);
  if (!avatar) {
    co_return std::unexpected(avatar.error());
  }
  auto prompt = write_prompt(*avatar, *style, g.custom_prompt);
  if (!prompt) {
    co_return std::unexpected(prompt.error());
  }
  const catalog::Model& model = catalog_.models.for_avatar(pass_of(*avatar));
  catalog::GenerationSpec spec;
  spec.prompt = *prompt;
  choose_options(model, actor.settings(), order, spec);
  spec.avatar = avatar->lora_url.empty() ? avatar->finetune_id : avatar->lora_url;
  spec.seed = order.seed ? *order.seed : static_cast<std::int64_t>(context_.rng.below(1ULL << 31U));
  const auto input = model.input(spec);
  if (!input) {
    co_return std::unexpected(input.error());
  }
  g.user_id = actor.user().id;
  g.avatar_id = avatar->id;
  g.prompt = std::move(*prompt);
  g.model = model.endpoint;
  g.quality_preset = spec.quality;
  g.aspect_ratio = spec.aspect_ratio;
  g.seed = *spec.seed;
  g.parent_id = order.parent_id;
  out.input = json::serialize(*input);
  co_return out;
}

Task<Result<Price>> Generations::price(Actor& actor, GenerationOrder order) {
  const auto planned = co_await plan(actor, order);
  if (!planned) {
    co_return std::unexpected(planned.error());
  }
  Price out;
  out.coins = planned->picture.price;
  out.usual_seconds = times_.seconds(planned->picture.model);
  co_return out;
}

}  // namespace aisha::services
