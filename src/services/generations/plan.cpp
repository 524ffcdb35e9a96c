// SPDX-License-Identifier: Apache-2.0
#include "services/generations/plan.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/json.hpp"
#include "base/zone.hpp"
#include "catalog/models/model_input.hpp"
#include "catalog/models/model_manager.hpp"
#include "catalog/templates/template_manager.hpp"
#include "domain/prompt_text.hpp"
#include "services/prompts/rewriting.hpp"
#include "services/prompts/wording.hpp"
#include "stores/people/avatars.hpp"
#include "stores/photos/training_photos.hpp"
#include "stores/pictures/requests.hpp"

namespace aisha::services {
namespace {

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

/// What the avatar's model is asked for. A quality or ratio that it does not know gives way to its default.
catalog::GenerationSpec spec_of(const catalog::Model& model, const domain::Avatar& avatar, std::string_view quality,
                                const std::string& ratio, std::int64_t likeness) {
  catalog::GenerationSpec out;
  out.quality = model.resolve(quality);
  out.aspect_ratio = model.size(out.quality, ratio) ? ratio : model.ratios_for(out.quality).front();
  out.avatar = avatar.lora_url.empty() ? avatar.finetune_id : avatar.lora_url;
  if (likeness != 0) {
    const bool is_finetune = model.avatar.pass == catalog::AvatarPass::finetune;
    out.strength = domain::strength_at(model.avatar.strength, likeness, is_finetune);
  }
  return out;
}

std::int64_t cost_of(const catalog::Model& model, const catalog::GenerationSpec& spec,
                     const std::vector<catalog::Size>& sent) {
  const auto size = model.size(spec.quality, spec.aspect_ratio);
  return size ? model.cost_micro_usd(spec.quality, *size, sent) : 0;
}

catalog::Purpose purpose_of(const GenerationOrder& order) {
  if (!order.source) {
    return catalog::Purpose::make;
  }
  return order.changes_source ? catalog::Purpose::words : catalog::Purpose::picture;
}

catalog::Purpose purpose_of(const domain::Picture& picture) {
  if (!picture.source_id) {
    return catalog::Purpose::make;
  }
  return picture.source_step > 0 ? catalog::Purpose::picture : catalog::Purpose::words;
}

/// Why there is none: a ratio that no row has, or every row is switched off.
std::unexpected<Error> no_model(const catalog::ModelManager& models, catalog::ModelWish wish) {
  const std::string ratio = std::exchange(wish.ratio, {});
  if (!ratio.empty() && models.choose(wish) != nullptr) {
    return fail(Errc::option_out_of_range, "aspect_ratio: " + ratio, about::Field{"aspect_ratio"});
  }
  return fail(Errc::provider_gone, fmt::format("no model for \"{}\"", catalog::text_of(wish.pass)));
}

}  // namespace

catalog::ModelWish wish_of(const domain::Avatar& avatar, std::string quality) {
  catalog::ModelWish out;
  // A LoRA is the living path, a finetune id may be all that an older avatar has.
  out.pass = catalog::AvatarPass::lora;
  if (avatar.lora_url.empty() && !avatar.finetune_id.empty()) {
    out.pass = catalog::AvatarPass::finetune;
  } else if (avatar.lora_url.empty() && avatar.photos > 0) {
    out.pass = catalog::AvatarPass::references;
    out.photos = static_cast<std::size_t>(avatar.photos);
  }
  out.family = avatar.family;
  out.quality = std::move(quality);
  return out;
}

Task<Result<domain::Avatar>> Generations::usable_avatar(Actor& actor, std::optional<Uuid> id,
                                                        std::optional<domain::Avatar> at_hand) {
  std::optional<domain::Avatar> found;
  const auto& main = actor.main_avatar();
  if (at_hand) {
    found = std::move(at_hand);
  } else if (!id || (main && main->id == *id)) {
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

Task<Result<std::optional<Material>>> Generations::source_of(Actor& actor, const GenerationOrder& order) {
  if (!order.source) {
    co_return std::nullopt;
  }
  const auto picture = co_await stores::requests::load_owned(actor.unit(), *order.source, actor.user().id);
  const bool is_there = picture && picture->state == domain::PictureState::ready && !picture->deleted_at;
  if (!is_there || picture->object.key.empty()) {
    co_return fail(Errc::not_found);
  }
  co_return material_of(picture->object);
}

Task<std::vector<Material>> photos_of(stores::UnitOfWork& unit, Uuid avatar) {
  const auto photos = co_await stores::training_photos::references(unit, avatar);
  std::vector<Material> out;
  for (const auto& photo : photos) {
    out.push_back({photo.key, photo.content_type, {static_cast<int>(photo.width), static_cast<int>(photo.height)}});
  }
  co_return out;
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
  const auto avatar = co_await usable_avatar(actor, order.avatar_id, order.avatar);
  if (!avatar) {
    co_return std::unexpected(avatar.error());
  }
  Materials materials;
  auto source = co_await source_of(actor, order);
  if (!source) {
    co_return std::unexpected(source.error());
  }
  materials.source = std::move(*source);
  out.wants.words = rewriting_of(g.custom_prompt, context_.policy, actor.settings());
  out.wants.text = out.wants.words.empty() ? std::string() : g.custom_prompt;
  if (wish_of(*avatar, {}).pass == catalog::AvatarPass::references) {
    materials.photos = co_await photos_of(actor.unit(), avatar->id);
  }
  g.user_id = actor.user().id;
  g.avatar_id = avatar->id;
  g.parent_id = order.parent_id;
  g.variation = order.variation;
  g.likeness = order.likeness;
  g.source_id = order.source;
  const bool begins_with_it = order.source && !order.changes_source;
  g.source_step = begins_with_it ? static_cast<std::int64_t>(order.source_step) + 1 : 0;
  out.patience = order.is_patient ? context_.policy.patience : kind_.pace().deadline;
  auto written = write_input(out, order, actor.settings(), {*avatar, *style, materials});
  if (!written) {
    co_return std::unexpected(std::move(written.error()));
  }
  co_return out;
}

Result<void> Generations::write_input(Plan& plan, const GenerationOrder& order, const domain::UserSettings& settings,
                                      const Ingredients& from) {
  domain::Picture& g = plan.picture;
  const std::string& quality = order.quality_preset.empty() ? settings.quality_preset : order.quality_preset;
  const std::string& ratio = order.aspect_ratio.empty() ? settings.aspect_ratio : order.aspect_ratio;
  catalog::ModelWish wish = wish_of(from.avatar, quality);
  wish.purpose = purpose_of(order);
  wish.ratio = order.aspect_ratio;
  wish.endpoint = order.model;
  const auto model = catalog_.models.choose(wish);
  if (model == nullptr) {
    return no_model(catalog_.models, wish);
  }
  auto prompt = worded(*model, from.avatar, from.style ? from.style->prompt_for(from.avatar) : g.custom_prompt);
  if (!prompt) {
    return std::unexpected(prompt.error());
  }
  catalog::GenerationSpec spec = spec_of(*model, from.avatar, quality, ratio, order.likeness);
  spec.prompt = *prompt;
  spec.seed = order.seed ? *order.seed : static_cast<std::int64_t>(context_.rng.below(1ULL << 31U));
  spec.source_step = order.source_step;
  stand_for(spec, from.materials);
  const auto input = model->input(spec);
  if (!input) {
    return std::unexpected(input.error());
  }
  Sent sent = sent_with(*input, from.materials);
  g.prompt = std::move(*prompt);
  g.price = domain::price_of(g.price, model->surcharge_of(spec.quality));
  g.model = model->endpoint;
  g.quality_preset = spec.quality;
  g.aspect_ratio = spec.aspect_ratio;
  g.seed = *spec.seed;
  plan.input = json::serialize(*input);
  plan.cost_micro_usd = cost_of(*model, spec, sent.sizes);
  plan.wants.files = std::move(sent.files);
  return {};
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

std::optional<Detour> plan_elsewhere(const catalog::ModelManager& models, const domain::Picture& picture,
                                     const domain::Avatar& avatar, const Materials& materials) {
  catalog::ModelWish wish = wish_of(avatar, picture.quality_preset);
  wish.purpose = purpose_of(picture);
  wish.ratio = picture.aspect_ratio;
  auto model = models.choose(wish);
  if (model == nullptr) {
    // A ratio that no other row has gives way: the picture matters more.
    wish.ratio.clear();
    model = models.choose(wish);
  }
  if (model == nullptr) {
    return std::nullopt;
  }
  catalog::GenerationSpec spec =
      spec_of(*model, avatar, picture.quality_preset, picture.aspect_ratio, picture.likeness);
  spec.prompt = picture.prompt;
  spec.seed = picture.seed;
  spec.source_step = static_cast<std::size_t>(std::max<std::int64_t>(picture.source_step, 1)) - 1;
  stand_for(spec, materials);
  const auto input = model->input(spec);
  if (!input) {
    return std::nullopt;
  }
  Sent sent = sent_with(*input, materials);
  const std::int64_t cost = cost_of(*model, spec, sent.sizes);
  Elsewhere to{model->endpoint, json::serialize(*input), spec.quality, spec.aspect_ratio, cost};
  return Detour{std::move(to), std::move(sent.files)};
}

}  // namespace aisha::services
