// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/archive_documents.hpp"

#include <boost/describe/class.hpp>
#include <optional>
#include <utility>

#include "base/json.hpp"

namespace aisha::services::archive_documents {
namespace {

struct Profile {
  std::int64_t telegram_id = 0;
  std::string first_name;
  std::string last_name;
  std::string username;
  std::string telegram_language;
  std::string time_zone;
  bool is_premium = false;
  std::string known_since;
};
BOOST_DESCRIBE_STRUCT(Profile, (),
                      (telegram_id, first_name, last_name, username, telegram_language, time_zone, is_premium,
                       known_since))

struct Settings {
  std::string language;
  std::string aspect_ratio;
  std::string quality;
  bool ask_before_creating = false;
  bool notify = true;
  std::vector<std::string> kept_styles;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (language, aspect_ratio, quality, ask_before_creating, notify, kept_styles))

struct AvatarEntry {
  std::string id;
  std::string name;
  std::string gender;
  std::string kind;
  std::string status;
  bool is_main = false;
  std::string trigger_word;
  std::string trigger_phrase;
  std::optional<std::string> made_from;
  std::string model_family;
  std::string created_at;
  std::optional<std::string> deleted_at;
  std::optional<std::string> file;
};
BOOST_DESCRIBE_STRUCT(AvatarEntry, (),
                      (id, name, gender, kind, status, is_main, trigger_word, trigger_phrase, made_from, model_family,
                       created_at, deleted_at, file))

struct PictureEntry {
  std::string id;
  std::string status;
  std::optional<std::string> file;
  std::optional<bool> file_missing;
  std::string day;
  std::string asked_at;
  std::optional<std::string> finished_at;
  std::optional<std::string> deleted_at;
  std::optional<std::string> name;
  bool is_favorite = false;
  bool is_saved = false;
  std::optional<std::string> style;
  std::optional<std::string> style_name;
  std::optional<std::string> own_prompt;
  std::string prompt;
  std::optional<std::string> avatar;
  std::string model;
  std::string quality;
  std::string aspect_ratio;
  std::int64_t seed = 0;
  std::int64_t price = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::int64_t bytes = 0;
  std::optional<std::string> sha256;
  std::optional<std::string> content_type;
  bool is_imported = false;
  std::optional<std::string> error;
};
BOOST_DESCRIBE_STRUCT(PictureEntry, (),
                      (id, status, file, file_missing, day, asked_at, finished_at, deleted_at, name, is_favorite,
                       is_saved, style, style_name, own_prompt, prompt, avatar, model, quality, aspect_ratio, seed,
                       price, width, height, bytes, sha256, content_type, is_imported, error))

struct MovementEntry {
  std::string at;
  std::string kind;
  std::int64_t coins = 0;
  std::optional<std::string> picture;
};
BOOST_DESCRIBE_STRUCT(MovementEntry, (), (at, kind, coins, picture))

struct Coins {
  std::int64_t free = 0;
  std::int64_t held = 0;
  std::vector<MovementEntry> movements;
};
BOOST_DESCRIBE_STRUCT(Coins, (), (free, held, movements))

struct AppealEntry {
  std::string prompt;
  std::string refused_for;
  std::string state;
  std::string asked_at;
  std::optional<std::string> answered_at;
};
BOOST_DESCRIBE_STRUCT(AppealEntry, (), (prompt, refused_for, state, asked_at, answered_at))

std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}
std::optional<std::string> given(const std::optional<TimePoint>& time) {
  return time ? std::optional(to_iso8601(*time)) : std::nullopt;
}
std::optional<std::string> given(const std::optional<Uuid>& id) {
  return id ? std::optional(id->to_string()) : std::nullopt;
}

/// An array with a line for each element.
template <class T>
std::string lines_of(const std::vector<T>& entries) {
  std::string out = "[";
  for (const T& entry : entries) {
    out += (out.size() > 1 ? ",\n " : "\n ") + json::encode_text(entry);
  }
  return out + "\n]\n";
}

}  // namespace

std::string profile_json(const stores::own_data::Person& person) {
  const domain::User& user = person.user;
  Profile out;
  out.telegram_id = user.telegram_id;
  out.first_name = user.first_name;
  out.last_name = user.last_name;
  out.username = user.username;
  out.telegram_language = user.language_code;
  out.time_zone = user.timezone;
  out.is_premium = user.is_premium;
  out.known_since = to_iso8601(user.created_at);
  return json::encode_text(out) + "\n";
}

std::string settings_json(const domain::UserSettings& settings, const std::vector<std::string>& kept_styles) {
  Settings out;
  out.language = domain::text_of(settings.language);
  out.aspect_ratio = settings.aspect_ratio;
  out.quality = settings.quality_preset;
  out.ask_before_creating = settings.confirm;
  out.notify = settings.notify;
  out.kept_styles = kept_styles;
  return json::encode_text(out) + "\n";
}

std::string avatars_json(const std::vector<stores::avatars::Own>& avatars, const Paths& faces) {
  std::vector<AvatarEntry> out;
  for (const stores::avatars::Own& own : avatars) {
    const domain::Avatar& avatar = own.avatar;
    AvatarEntry entry;
    entry.id = avatar.id.to_string();
    entry.name = avatar.name;
    entry.gender = avatar.gender;
    entry.kind = domain::stored_name(avatar.kind);
    entry.status = domain::stored_name(avatar.status);
    entry.is_main = avatar.is_main;
    entry.trigger_word = avatar.trigger_word;
    entry.trigger_phrase = avatar.trigger_phrase;
    if (avatar.made_from) {
      entry.made_from = domain::text_of(*avatar.made_from);
    }
    entry.model_family = avatar.lora_url.empty() ? "" : avatar.family;
    entry.created_at = to_iso8601(avatar.created_at);
    entry.deleted_at = given(own.binned_at);
    if (const auto face = faces.find(avatar.id); face != faces.end()) {
      entry.file = face->second;
    }
    out.push_back(std::move(entry));
  }
  return lines_of(out);
}

std::string coins_json(const stores::own_data::Person& person,
                       const std::vector<stores::own_data::Movement>& movements) {
  Coins out;
  out.free = person.available;
  out.held = person.held;
  for (const stores::own_data::Movement& one : movements) {
    out.movements.push_back({to_iso8601(one.at), one.kind, one.coins, given(one.picture)});
  }
  return json::encode_text(out) + "\n";
}

std::string appeals_json(const std::vector<stores::appeals::Appeal>& appeals) {
  std::vector<AppealEntry> out;
  for (const stores::appeals::Appeal& appeal : appeals) {
    out.push_back({appeal.prompt, appeal.category, std::string(stores::appeals::text_of(appeal.state)),
                   to_iso8601(appeal.created_at), given(appeal.decided_at)});
  }
  return lines_of(out);
}

void PicturesJson::add(const std::vector<domain::OwnPicture>& page) {
  for (const domain::OwnPicture& own : page) {
    const domain::Picture& picture = own.picture;
    PictureEntry entry;
    entry.id = picture.id.to_string();
    entry.status = domain::text_of(picture.state);
    if (const auto path = paths_.find(picture.id); path != paths_.end()) {
      entry.file = path->second;
    }
    if (missing_.contains(picture.id)) {
      entry.file_missing = true;
    }
    entry.day = picture.local_day;
    entry.asked_at = to_iso8601(picture.created_at);
    entry.finished_at = given(picture.finished_at);
    entry.deleted_at = given(picture.deleted_at);
    entry.name = given(own.name);
    entry.is_favorite = own.is_favorite;
    entry.is_saved = own.is_saved;
    if (!picture.template_id.empty()) {
      entry.style = picture.template_id;
      entry.style_name = std::string(titles_.of(picture.template_id));
    }
    entry.own_prompt = given(picture.custom_prompt);
    entry.prompt = picture.prompt;
    entry.avatar = given(picture.avatar_id);
    entry.model = picture.model;
    entry.quality = picture.quality_preset;
    entry.aspect_ratio = picture.aspect_ratio;
    entry.seed = picture.seed;
    entry.price = picture.price;
    entry.width = picture.object.width;
    entry.height = picture.object.height;
    entry.bytes = picture.object.bytes;
    entry.sha256 = given(picture.object.sha256);
    entry.content_type = given(picture.object.content_type);
    entry.is_imported = picture.is_imported;
    entry.error = given(picture.error_code);
    text_ += (text_.size() > 1 ? ",\n " : "\n ") + json::encode_text(entry);
  }
}

std::string PicturesJson::finish() && {
  text_ += "\n]\n";
  return std::move(text_);
}

}  // namespace aisha::services::archive_documents
