// SPDX-License-Identifier: Apache-2.0
#include "bot/screens/settings.hpp"

#include <algorithm>

#include "bot/flows/flows.hpp"
#include "bot/screens/layout.hpp"

namespace aisha::bot::flows {
namespace {

bool contains(const std::vector<std::string>& values, const std::string& value) {
  return std::ranges::find(values, value) != values.end();
}

}  // namespace

Task<Reply> settings(Scene& scene) {
  const auto avatar = co_await scene.tools.people.main_avatar(scene.turn);
  Reply reply;
  reply.card = screens::settings(scene.texts(), {.settings = scene.turn.settings(),
                                                 .ratios = scene.tools.showcase.ratios(avatar),
                                                 .qualities = scene.tools.showcase.qualities(avatar),
                                                 .samples = scene.tools.showcase.samples()});
  co_return reply;
}

Task<Reply> set(Scene& scene, route::Set what) {
  const auto avatar = co_await scene.tools.people.main_avatar(scene.turn);
  domain::UserSettings now = scene.turn.settings();
  bool known = false;
  switch (what.key) {
    case route::Setting::ratio:
      now.aspect_ratio = layout::ratio_from_slug(what.value);
      known = contains(scene.tools.showcase.ratios(avatar), now.aspect_ratio);
      break;
    case route::Setting::quality:
      now.quality_preset = what.value;
      known = contains(scene.tools.showcase.qualities(avatar), now.quality_preset);
      break;
    case route::Setting::confirm:
      now.confirm = what.value == "1";
      known = what.value == "0" || what.value == "1";
      break;
  }
  if (!known) {
    co_return co_await stale(scene);
  }
  const auto saved = scene.tools.people.save_settings(scene.turn, std::move(now));
  if (!saved) {
    co_return co_await refuse(scene, saved.error());
  }
  co_return co_await settings(scene);
}

Task<Reply> languages(Scene& scene) {
  Reply reply;
  reply.card = screens::languages(scene.texts(), scene.turn.settings().language, scene.tools.showcase.samples());
  co_return reply;
}

Task<Reply> set_language(Scene& scene, route::SetLanguage what) {
  if (what.language != "ru" && what.language != "en") {
    co_return co_await stale(scene);
  }
  domain::UserSettings now = scene.turn.settings();
  now.language = what.language == "ru" ? domain::Language::ru : domain::Language::en;
  const auto saved = scene.tools.people.save_settings(scene.turn, std::move(now));
  if (!saved) {
    co_return co_await refuse(scene, saved.error());
  }
  co_return co_await languages(scene);
}

}  // namespace aisha::bot::flows
