// SPDX-License-Identifier: Apache-2.0
#include "services/variations/variations.hpp"

#include <algorithm>
#include <utility>

#include "catalog/models/model_manager.hpp"
#include "stores/batches/families.hpp"
#include "stores/people/avatars.hpp"
#include "stores/pictures/own_pages.hpp"

namespace aisha::services {
namespace {

using domain::Variation;

/// "" when the picture's preset is the model's best already.
std::string better_than(const catalog::Model& model, const std::string& preset) {
  const auto all = model.qualities();
  const auto best = std::ranges::find(all, "ultra");
  const auto own = std::ranges::find(all, model.resolve(preset));
  return best != all.end() && own < best ? *best : std::string();
}

bool has_likeness(const catalog::Model& model) {
  using catalog::AvatarPass;
  return model.avatar.pass == AvatarPass::lora || model.avatar.pass == AvatarPass::finetune;
}

std::unexpected<Error> not_offered(const char* option) {
  return fail(Errc::option_out_of_range, option, about::Field{option});
}

}  // namespace

Task<std::optional<domain::Avatar>> Variations::own_avatar(Actor& actor, std::optional<Uuid> id) {
  const auto& main = actor.main_avatar();
  if (!id) {
    co_return std::nullopt;
  }
  if (main && main->id == *id) {
    co_return main;
  }
  auto found = co_await stores::avatars::load(actor.unit(), *id, actor.user().id);
  if (found && !domain::check_usable(*found)) {
    found.reset();
  }
  co_return found;
}

Task<Result<Variations::Source>> Variations::source(Actor& actor, Uuid picture) {
  auto place = co_await stores::own_pages::picture(actor.unit(), actor.user().id, picture, domain::OwnOrder::days);
  if (!place) {
    co_return fail(Errc::not_found);
  }
  if (place->own.picture.deleted_at) {
    co_return fail(Errc::already_deleted);
  }
  Source out;
  out.avatar = co_await own_avatar(actor, place->own.picture.avatar_id);
  if (!out.avatar) {
    out.avatar = actor.main_avatar();
    out.is_other_avatar = true;
  }
  out.place = std::move(*place);
  co_return out;
}

GenerationOrder Variations::order_like(const domain::Picture& picture,
                                       const std::optional<domain::Avatar>& avatar) const {
  GenerationOrder order;
  order.template_id = picture.template_id;
  order.prompt = picture.custom_prompt;
  order.aspect_ratio = picture.aspect_ratio;
  order.quality_preset = picture.quality_preset;
  order.model = picture.model;
  order.likeness = picture.likeness;
  order.source = picture.source_id;
  order.changes_source = picture.source_id && picture.source_step == 0;
  order.source_step = picture.source_step > 0 ? static_cast<std::size_t>(picture.source_step - 1) : 0;
  order.parent_id = picture.id;
  order.variation = Variation::again;
  order.avatar = avatar;
  if (avatar) {
    order.avatar_id = avatar->id;
  }
  return order;
}

catalog::ModelRef Variations::model_of(const domain::Picture& picture,
                                       const std::optional<domain::Avatar>& avatar) const {
  catalog::ModelWish wish = wish_of(avatar.value_or(domain::Avatar{}), picture.quality_preset);
  wish.endpoint = picture.model;
  return catalog_.models.choose(wish);
}

/// Of a picture that there is nothing to send of: none.
catalog::ModelRef Variations::model_for(catalog::Purpose purpose, const Source& source) const {
  const domain::Picture& picture = source.place.own.picture;
  if (!domain::can_be_shown(picture)) {
    return nullptr;
  }
  catalog::ModelWish wish = wish_of(source.avatar.value_or(domain::Avatar{}), picture.quality_preset);
  wish.purpose = purpose;
  wish.ratio = picture.aspect_ratio;
  return catalog_.models.choose(wish);
}

Result<GenerationOrder> Variations::order_of(const Source& source, const VariationOrder& what) const {
  const domain::Picture& picture = source.place.own.picture;
  GenerationOrder order = order_like(picture, source.avatar);
  const auto model = model_of(picture, source.avatar);
  order.variation = what.kind;
  switch (what.kind) {
    case Variation::again: break;
    case Variation::batch: order.count = domain::kBatchSize; break;
    case Variation::format: order.aspect_ratio = what.ratio; break;
    case Variation::quality:
      order.quality_preset = model ? better_than(*model, picture.quality_preset) : std::string();
      if (order.quality_preset.empty()) {
        return not_offered("quality_preset");
      }
      order.seed = model->is_repeatable ? std::optional(picture.seed) : std::nullopt;
      break;
    case Variation::likeness:
      order.likeness += what.is_closer ? 1 : -1;
      if (!model || !has_likeness(*model) || std::abs(order.likeness) > domain::kMostLikeness) {
        return not_offered("likeness");
      }
      order.seed = picture.seed;
      break;
    case Variation::picture: {
      const auto painter = model_for(catalog::Purpose::picture, source);
      if (!painter) {
        return not_offered("source");
      }
      order.model = painter->endpoint;
      order.source = picture.id;
      order.source_step = what.step;
      order.changes_source = false;
      break;
    }
    case Variation::words:
      if (!model_for(catalog::Purpose::words, source)) {
        return not_offered("source");
      }
      order.template_id.clear();
      order.prompt = what.words;
      order.model.clear();
      order.likeness = 0;
      order.source = picture.id;
      order.source_step = 0;
      order.changes_source = true;
      break;
    case Variation::late: return not_offered("variation");
  }
  return order;
}

Task<Result<VariationChoices>> Variations::choices(Actor& actor, Uuid picture) {
  auto read = co_await source(actor, picture);
  if (!read) {
    co_return std::unexpected(std::move(read.error()));
  }
  const domain::Picture& shown = read->place.own.picture;
  GenerationOrder again = order_like(shown, read->avatar);
  const auto price = co_await generations_.price(actor, again);
  if (!price) {
    co_return std::unexpected(price.error());
  }
  VariationChoices out;
  out.price = price->coins;
  if (const auto model = model_of(shown, read->avatar); model != nullptr) {
    out.model = model->endpoint;
    out.ratios = model->ratios_for(model->resolve(shown.quality_preset));
    std::erase(out.ratios, shown.aspect_ratio);
    out.better = better_than(*model, shown.quality_preset);
    out.can_be_closer = has_likeness(*model) && shown.likeness < domain::kMostLikeness;
    out.can_be_freer = has_likeness(*model) && shown.likeness > -domain::kMostLikeness;
  }
  if (!out.better.empty()) {
    again.quality_preset = out.better;
    const auto better = co_await generations_.price(actor, std::move(again));
    out.better_price = better ? better->coins : out.price;
  }
  if (const auto painter = model_for(catalog::Purpose::picture, *read); painter != nullptr) {
    const auto own = model_of(shown, read->avatar);
    const std::int64_t extra = own ? own->surcharge_of(own->resolve(shown.quality_preset)) : 0;
    const std::int64_t other = painter->surcharge_of(painter->resolve(shown.quality_preset));
    out.can_be_repainted = true;
    out.repaint_price = domain::price_of(out.price - extra, other);
  }
  out.can_be_changed = model_for(catalog::Purpose::words, *read) != nullptr;
  out.avatar = std::move(read->avatar);
  out.is_other_avatar = read->is_other_avatar;
  out.place = std::move(read->place);
  co_return out;
}

Task<Result<std::int64_t>> Variations::price(Actor& actor, VariationOrder what) {
  const auto read = co_await source(actor, what.picture);
  if (!read) {
    co_return std::unexpected(read.error());
  }
  auto order = order_of(*read, what);
  if (!order) {
    co_return std::unexpected(std::move(order.error()));
  }
  const auto price = co_await generations_.price(actor, std::move(*order));
  if (!price) {
    co_return std::unexpected(price.error());
  }
  co_return price->coins;
}

Task<Result<std::int64_t>> Variations::price_of_words(Actor& actor, Uuid picture) {
  const auto read = co_await source(actor, picture);
  if (!read) {
    co_return std::unexpected(read.error());
  }
  const auto model = model_for(catalog::Purpose::words, *read);
  if (!model) {
    co_return not_offered("source");
  }
  const std::string preset = model->resolve(read->place.own.picture.quality_preset);
  co_return domain::price_of(context_.policy.price, model->surcharge_of(preset));
}

Task<Result<AcceptedVariation>> Variations::vary(Actor& actor, VariationOrder what, VariationTap tap) {
  const auto read = co_await source(actor, what.picture);
  if (!read) {
    co_return std::unexpected(read.error());
  }
  auto order = order_of(*read, what);
  if (!order) {
    co_return std::unexpected(std::move(order.error()));
  }
  co_return co_await request(actor, std::move(*order), std::move(tap), read->is_other_avatar);
}

Task<Result<AcceptedVariation>> Variations::more_like(Actor& actor, domain::Picture like, std::int64_t count,
                                                      VariationTap tap) {
  auto avatar = co_await own_avatar(actor, like.avatar_id);
  const bool is_other = !avatar;
  if (is_other) {
    avatar = actor.main_avatar();
  }
  GenerationOrder order = order_like(like, avatar);
  order.parent_id = like.parent_id;
  order.variation = count > 1 ? Variation::batch : Variation::again;
  order.count = count;
  co_return co_await request(actor, std::move(order), std::move(tap), is_other);
}

Task<Result<AcceptedVariation>> Variations::request(Actor& actor, GenerationOrder order, VariationTap tap,
                                                    bool is_other) {
  order.key = std::move(tap.key);
  order.price_shown = tap.price_shown;
  AcceptedVariation out;
  if (is_other) {
    out.other_avatar = order.avatar;
  }
  auto accepted = co_await generations_.request(actor, std::move(order), tap.place);
  if (!accepted) {
    co_return std::unexpected(std::move(accepted.error()));
  }
  out.order = *accepted;
  co_return out;
}

Task<Result<Variations::Family>> Variations::family(Uuid owner, Uuid head, domain::PageStart from, std::int64_t limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  Family out;
  out.head = co_await stores::own_pages::picture(unit, owner, head, domain::OwnOrder::days);
  if (out.head && out.head->own.picture.deleted_at) {
    out.head.reset();
  }
  out.page = co_await stores::families::children(unit, owner, head, from, limit);
  if (!out.head && out.page.pictures.empty()) {
    co_return fail(Errc::not_found);
  }
  co_return out;
}

}  // namespace aisha::services
