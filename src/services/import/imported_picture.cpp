// SPDX-License-Identifier: Apache-2.0
#include "services/import/imported_picture.hpp"

#include <algorithm>
#include <charconv>

#include "base/json.hpp"
#include "base/zone.hpp"
#include "catalog/templates/template_manager.hpp"
#include "domain/imported.hpp"

namespace aisha::services {
namespace {

constexpr double kLongestSeconds = 86'400;

// A list of addresses, or of objects with one.
std::vector<std::string> places_in(std::string_view result_urls) {
  std::vector<std::string> places;
  const auto list = json::parse(result_urls);
  if (!list || !list->is_array()) {
    return places;
  }
  for (const json::Value& one : list->get_array()) {
    const json::Value* url = one.is_object() ? one.get_object().if_contains("url") : &one;
    if (url != nullptr && url->is_string()) {
      std::string place = domain::place_of(std::string_view(url->get_string()));
      if (!place.empty()) {
        places.push_back(std::move(place));
      }
    }
  }
  return places;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

TimePoint finished_at(const stores::imports::OldGeneration& old) {
  if (old.completed_at) {
    return std::max(*old.completed_at, old.created_at);
  }
  const double seconds = std::clamp(old.seconds, 0.0, kLongestSeconds);
  return old.created_at + Millis(static_cast<std::int64_t>(seconds * 1000));
}

domain::Picture picture_of(const stores::imports::OldGeneration& old, const catalog::TemplateManager& templates) {
  domain::Picture g;
  g.user_id = old.user_id;
  g.avatar_id = old.avatar_id;
  g.template_id = old.template_id;
  if (old.template_id.empty()) {
    g.custom_prompt = old.original_prompt;
  } else if (const auto style = templates.find(old.template_id)) {
    g.style_category = (*style)->category;
  }
  g.prompt = old.final_prompt.empty() ? old.original_prompt : old.final_prompt;
  g.model = old.model.empty() ? "unknown" : old.model;
  g.quality_preset = lower(old.quality_preset);
  g.aspect_ratio = old.aspect_ratio;
  std::from_chars(old.telegram_id.data(), old.telegram_id.data() + old.telegram_id.size(), g.chat_id);
  g.local_day = local_day(old.created_at, usual_zone(old.timezone).value_or(domain::User{}.timezone));
  g.created_at = old.created_at;
  g.finished_at = finished_at(old);
  return g;
}

}  // namespace

std::vector<stores::imports::Imported> imported_pictures(const stores::imports::OldGeneration& old,
                                                         const catalog::TemplateManager& templates) {
  std::vector<stores::imports::Imported> pictures;
  const std::vector<std::string> places = places_in(old.result_urls);
  for (std::size_t i = 0; i < places.size(); ++i) {
    stores::imports::Imported one;
    one.picture = picture_of(old, templates);
    one.picture.id = domain::imported_id(old.created_at, old.id, i);
    one.place = places[i];
    one.is_favorite = old.is_favorite;
    one.is_saved = old.is_saved;
    pictures.push_back(std::move(one));
  }
  return pictures;
}

}  // namespace aisha::services
