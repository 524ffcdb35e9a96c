// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/figure_samples.hpp"

#include "bot/features/avatars/screen.hpp"
#include "bot/features/settings/screen.hpp"
#include "bot/features/settings/zone_choice.hpp"
#include "bot/features/statistics/screen.hpp"

namespace aisha::bot::testing {
namespace {

void add_statistics(std::map<std::string, Card>& out, const texts::Texts& t, const FigureValues& v) {
  statistics::StatisticsView view;
  view.columns.assign(12, 0);
  view.lit = 12;
  view.window = statistics::Window::week;
  out["statistics_nothing"] = statistics::statistics_card(t, view);
  view.made = v.number;
  view.pictures = v.number;
  view.favourites = v.number;
  view.columns.back() = v.number;
  view.has_pictures = true;
  view.styles = {{"", t.plain("result.own_prompt"), v.number}};
  view.window = statistics::Window::month;
  out["statistics_untimed"] = statistics::statistics_card(t, view);
  view.styles.insert(view.styles.end(), {{"business", v.title, v.number}, {"noir", v.title, 1}});
  view.timed = 2;
  view.took = Millis(17'000);
  view.spent = v.number;
  view.binned = v.number;
  view.window = statistics::Window::all;
  out["statistics"] = statistics::statistics_card(t, view);
}

void add_avatars(std::map<std::string, Card>& out, const texts::Texts& t, const FigureValues& v) {
  avatars::AvatarItem main{.id = v.id,
                           .name = v.name,
                           .kind = domain::AvatarKind::portrait,
                           .state = avatars::State::ready,
                           .progress = 100,
                           .photo = "demo-anna",
                           .is_main = true};
  avatars::AvatarItem other = main;
  other.kind = domain::AvatarKind::style;
  other.photo = "";
  other.is_main = false;
  avatars::AvatarItem training = other;
  training.state = avatars::State::training;
  training.progress = 42;
  avatars::AvatarItem broken = other;
  broken.state = avatars::State::unusable;
  broken.name = "";
  avatars::ListView view;
  view.support = v.name;
  out["avatars_none"] = avatars::list_card(t, view);
  view.main = main;
  view.items = {main, other, training, broken, other, other, other, other};
  view.pages = 2;
  view.route.origin = avatars::Origin::create;
  out["avatars"] = avatars::list_card(t, view);
  view.route.manages = true;
  view.binned = {other, main, other};
  out["avatars_managed"] = avatars::list_card(t, view);
  view.deleted = other;
  view.trash_days = 30;
  out["avatars_deleted"] = avatars::list_card(t, view);
  view.items.clear();
  view.pages = 1;
  out["avatars_deleted_last"] = avatars::list_card(t, view);
  out["avatar_main"] = avatars::avatar_card(t, {main, v.number});
  out["avatar_other"] = avatars::avatar_card(t, {other, v.number});
  out["avatar_training"] = avatars::avatar_card(t, {training, 0});
  avatars::AvatarItem of_photos = other;
  of_photos.is_of_photos = true;
  of_photos.photos = 3;
  out["avatar_of_photos"] = avatars::avatar_card(t, {of_photos, v.number});
  out["avatar_of_photos_ask_delete"] = avatars::ask_delete_card(t, {of_photos, v.number}, 30);
  of_photos.state = avatars::State::needs_consent;
  out["avatar_needs_consent"] = avatars::avatar_card(t, {of_photos, 0});
  of_photos.state = avatars::State::needs_photo;
  of_photos.photos = 0;
  out["avatar_needs_photo"] = avatars::avatar_card(t, {of_photos, 0});
  out["avatar_ask_name"] = avatars::ask_name_card(t, main);
  out["avatar_ask_delete"] = avatars::ask_delete_card(t, {main, v.number}, 30);
  out["avatar_deleted"] = avatars::deleted_card(t, main, 30);
}

void add_zones(std::map<std::string, Card>& out, const texts::Texts& t) {
  settings::ZonesView view;
  const TimePoint winter{std::chrono::sys_days(std::chrono::year(2026) / 1 / 15)};
  for (const settings::ZoneChoice& choice : settings::kZones) {
    view.items.push_back({settings::zone_label(t, choice.zone, winter), view.items.size() == 3});
  }
  view.now = view.items.at(3).label;
  out["zones"] = settings::zones_card(t, view);
  out["zone_ask"] = settings::ask_zone_card(t);
}

}  // namespace

void add_figure_screens(std::map<std::string, Card>& out, const texts::Texts& texts, const FigureValues& values) {
  add_statistics(out, texts, values);
  add_avatars(out, texts, values);
  add_zones(out, texts);
}

}  // namespace aisha::bot::testing
