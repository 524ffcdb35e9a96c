// SPDX-License-Identifier: Apache-2.0
#include "bot/features/problem/screen.hpp"

#include <algorithm>

#include "bot/cards/layout.hpp"
#include "bot/features/avatars/routes.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/prompt/routes.hpp"
#include "domain/moderation.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::bot::problem {
namespace {

using layout::button;
using layout::coins;

/// What the error is about; as nothing known where it does not say.
template <class Figures>
Figures figures_of(const ProblemView& view) {
  const auto* figures = std::get_if<Figures>(&view.about);
  return figures == nullptr ? Figures{} : *figures;
}

const char* reason_id(domain::moderation::Category category) {
  using domain::moderation::Category;
  switch (category) {
    case Category::minors: return "blocked.minors";
    case Category::sexual: return "blocked.sexual";
    case Category::violence: return "blocked.violence";
    case Category::hate: return "blocked.hate";
    case Category::selfharm: return "blocked.selfharm";
    case Category::extremism: return "blocked.extremism";
    case Category::documents: return "blocked.documents";
    case Category::people: return "blocked.people";
  }
  return "blocked.people";
}

/// `category`: "" when nobody knows why.
texts::RichText blocked(const texts::Texts& texts, const std::string& category) {
  const std::string money = texts.plain("error.money_safe");
  const auto known = domain::moderation::category_from(category);
  if (!known) {
    return texts.rich("error.blocked", {{"money", money}});
  }
  return texts.rich("error.blocked_for", {{"reason", texts.plain(reason_id(*known))}, {"money", money}});
}

/// Nobody's word helps where the category allows nothing.
bool can_appeal(const ProblemView& view) {
  const auto category = domain::moderation::category_from(figures_of<about::Field>(view).name);
  return view.appeal && view.code == Errc::prompt_blocked && category && domain::moderation::can_be_allowed(*category);
}

texts::RichText caption_of(const texts::Texts& texts, const ProblemView& view) {
  switch (view.code) {
    case Errc::avatar_none: {
      if (view.takes_photos) {
        return texts.rich("error.no_avatar_photos");
      }
      return texts.rich("error.no_avatar", {{"contact", layout::way_to_avatar(texts, false, view.support)}});
    }
    case Errc::avatar_limit: return texts.rich("error.avatar_limit", {{"n", figures_of<about::Count>(view).n}});
    case Errc::avatar_photos_few: return texts.rich("error.avatar_photos_few", {{"avatar", view.avatar}});
    case Errc::avatar_consent: return texts.rich("error.avatar_consent", {{"avatar", view.avatar}});
    case Errc::avatar_training: return texts.rich("error.avatar_training", {{"avatar", view.avatar}});
    case Errc::avatar_failed:
    case Errc::avatar_broken: return texts.rich("error.avatar_failed", {{"avatar", view.avatar}});
    case Errc::credits_insufficient: {
      const auto [need, have] = figures_of<about::Need>(view);
      const std::int64_t missing = std::max<std::int64_t>(need - have, 1);
      return texts.rich("error.coins", {{"missing", texts.count("count.coins_missing", missing)},
                                        {"price", coins(texts, need)},
                                        {"coins", coins(texts, have)}});
    }
    case Errc::prompt_empty: return texts.rich("error.prompt_empty");
    case Errc::prompt_too_long:
      return texts.rich("error.prompt_too_long", {{"n", figures_of<about::Count>(view).n},
                                                  {"max", static_cast<std::int64_t>(domain::kPromptMaxCodePoints)}});
    case Errc::prompt_bad_text: return texts.rich("error.prompt_bad_text");
    case Errc::name_bad: return texts.rich("error.name");
    case Errc::zone_unknown: return texts.rich("error.zone", {{"text", figures_of<about::Words>(view).text}});
    case Errc::person_erasing: return texts.rich("error.erasing");
    case Errc::update_unsupported: return texts.rich(view.takes_photos ? "error.text_or_photo" : "error.only_text");
    case Errc::provider_gone: return texts.rich("error.model_gone", {{"money", texts.plain("error.money_safe")}});
    case Errc::limit_spend:
      return texts.rich("error.spend", {{"money", texts.plain("error.money_safe")},
                                        {"time", layout::time_until(texts, figures_of<about::Wait>(view).seconds)}});
    case Errc::prompt_blocked: return blocked(texts, figures_of<about::Field>(view).name);
    case Errc::provider_auth:
    case Errc::provider_balance:
    case Errc::unavailable:
      if (view.later) {
        return texts.rich("error.down_later", {{"money", texts.plain("error.money_safe")}});
      }
      return texts.rich("error.down", {{"money", texts.plain("error.money_safe")}});
    default: return texts.rich("error.general");
  }
}

bool is_about_prompt(Errc code) {
  return code == Errc::prompt_empty || code == Errc::prompt_too_long || code == Errc::prompt_bad_text ||
         code == Errc::prompt_blocked || code == Errc::update_unsupported;
}

bool leads_to_avatars(Errc code) {
  return code == Errc::provider_gone || code == Errc::avatar_limit || code == Errc::avatar_photos_few ||
         code == Errc::avatar_consent;
}

/// What was written is waited for once more.
bool is_about_input(Errc code) {
  return code == Errc::name_bad || code == Errc::zone_unknown;
}

}  // namespace

std::optional<std::string> problem_toast(const texts::Texts& texts, const ProblemView& view) {
  switch (view.code) {
    case Errc::limit_active:
      return texts.plain("toast.limit_active", {{"images", texts.count("count.images", view.max_active)}});
    case Errc::limit_rate: {
      const std::int64_t seconds = std::max<std::int64_t>(figures_of<about::Wait>(view).seconds, 1);
      return texts.plain("toast.limit_rate", {{"time", texts.count("count.seconds_in", seconds)}});
    }
    case Errc::not_found: return texts.plain("toast.not_found");
    case Errc::already_deleted: return texts.plain("toast.already_deleted");
    case Errc::template_unknown:
    case Errc::template_disabled: return texts.plain("toast.template_unknown");
    case Errc::template_premium: return texts.plain("toast.premium");
    case Errc::template_season: return texts.plain("toast.season");
    case Errc::person_erasing: return texts.plain("toast.erasing");
    case Errc::option_out_of_range: return texts.plain("toast.general");
    default: return std::nullopt;
  }
}

Card problem_card(const texts::Texts& texts, const ProblemView& view) {
  Card card;
  const bool is_about_words = is_about_prompt(view.code) || is_about_input(view.code);
  card.photo = photo::Drawing{is_about_words ? photo::Subject::words : photo::Subject::problem};
  card.caption = texts::cut_utf16(caption_of(texts, view), kCaptionMax);
  if (is_about_prompt(view.code)) {
    card.keyboard.push_back({button(texts.plain("button.change_prompt"), prompt::Ask{})});
    if (can_appeal(view)) {
      card.keyboard.push_back({button(texts.plain("button.appeal"), prompt::Appeal{*view.appeal})});
    }
  } else if (leads_to_avatars(view.code)) {
    card.keyboard.push_back({button(texts.plain("button.avatars"), avatars::List{0, avatars::Origin::home, false})});
  } else if (view.later) {
    card.keyboard.push_back(
        {button(texts.plain("button.once_it_works", {{"price", coins(texts, view.later->price)}}), view.later->to)});
  } else if (view.code == Errc::credits_insufficient) {
    card.keyboard.push_back({button(texts.plain("button.other_style"), create::Open{})});
  }
  // While everything is deleted no button does anything.
  if (view.code != Errc::person_erasing) {
    card.keyboard.push_back(layout::menu(texts));
  }
  return card;
}

}  // namespace aisha::bot::problem
