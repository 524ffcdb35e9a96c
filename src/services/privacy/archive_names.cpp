// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/archive_names.hpp"

#include <set>
#include <utility>

#include "base/utf8.hpp"
#include "catalog/templates/template_manager.hpp"
#include "domain/prompt_text.hpp"

namespace aisha::services::archive_names {
namespace {

constexpr std::size_t kNameMost = 60;
constexpr std::size_t kShortTail = 4;
constexpr std::size_t kLongTail = 12;

/// Marks that change the direction of a text, and what is no sign at all.
bool is_dropped(char32_t code) {
  return domain::is_forbidden(code) || code == 0x61c || code == 0x200e || code == 0x200f;
}

/// What some system does not take in the name of a file, and what separates words.
bool is_gap(char32_t code) {
  constexpr std::u32string_view kGaps = U"/\\:*?\"<>|\t\n\r \u00a0\u2028\u2029";
  return kGaps.contains(code);
}

std::string tail_of(const Uuid& id, std::size_t digits) {
  const std::string text = id.to_string();
  return text.substr(text.size() - digits);
}

std::string extension_of(const std::string& key) {
  const auto dot = key.rfind('.');
  return dot == std::string::npos || key.size() - dot > 6 ? ".jpg" : key.substr(dot);
}

std::string path_of(const std::string& folder, const std::string& name, const Uuid& id, std::size_t digits,
                    const std::string& key) {
  return folder + "/" + name + (name.empty() ? "" : "_") + tail_of(id, digits) + extension_of(key);
}

}  // namespace

std::string file_name_of(std::string_view text) {
  std::string out;
  std::size_t length = 0;
  bool gap = false;
  for (std::size_t at = 0; at < text.size() && length < kNameMost;) {
    const auto code = utf8::next_code_point(text, at);
    if (!code) {
      ++at;
      continue;
    }
    if (is_gap(*code)) {
      gap = !out.empty();
      continue;
    }
    // A name neither begins nor ends with a blank or a dot.
    if (is_dropped(*code) || (*code == '.' && out.empty())) {
      continue;
    }
    if (gap) {
      out += ' ';
      ++length;
      gap = false;
    }
    utf8::append(out, *code);
    ++length;
  }
  while (out.ends_with('.') || out.ends_with(' ')) {
    out.pop_back();
  }
  return out;
}

std::string_view Titles::of(const std::string& template_id) const {
  if (template_id.empty()) {
    return own_prompt;
  }
  const auto found = names.find(template_id);
  return found == names.end() ? std::string_view(template_id) : std::string_view(found->second);
}

Titles titles_of(const catalog::TemplateManager& templates, std::string language, std::string own_prompt) {
  Titles out;
  for (const catalog::TemplateRef& style : templates.all().templates) {
    out.names.emplace(style->id, style->name.in(language));
  }
  out.own_prompt = std::move(own_prompt);
  return out;
}

Paths picture_paths(const std::vector<stores::own_data::Name>& names, const Titles& titles) {
  Paths out;
  std::set<std::string> taken;
  for (const stores::own_data::Name& one : names) {
    const std::string given_name = file_name_of(one.name);
    const std::string name = given_name.empty() ? file_name_of(titles.of(one.template_id)) : given_name;
    const std::string folder = "pictures/" + one.local_day;
    std::string path = path_of(folder, name, one.id, kShortTail, one.object_key);
    if (!taken.insert(path).second) {
      path = path_of(folder, name, one.id, kLongTail, one.object_key);
    }
    out.emplace(one.id, std::move(path));
  }
  return out;
}

Paths face_paths(const std::vector<stores::avatars::Own>& avatars) {
  Paths out;
  for (const stores::avatars::Own& own : avatars) {
    const domain::Avatar& avatar = own.avatar;
    // A name without a folder is that of a face that the program carries.
    if (avatar.photo.contains('/')) {
      out.emplace(avatar.id, path_of("avatars", file_name_of(avatar.name), avatar.id, kShortTail, avatar.photo));
    }
  }
  return out;
}

std::string photo_path(const domain::Avatar& avatar, const Uuid& photo, std::string_view object_key) {
  return path_of("avatars", file_name_of(avatar.name), photo, kLongTail, std::string(object_key));
}

}  // namespace aisha::services::archive_names
