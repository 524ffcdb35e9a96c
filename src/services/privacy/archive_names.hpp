// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "stores/people/avatars.hpp"
#include "stores/privacy/own_data.hpp"

namespace aisha::catalog {
class TemplateManager;
}

/// How the files in the archive of a person's data are called. Pure; long lists take more than a millisecond.
namespace aisha::services::archive_names {

/// The text as a file may be called on every system: without separators, signs that some system refuses, controls and
/// marks that change the direction of a text; at most 60 code points. "" when nothing is left.
std::string file_name_of(std::string_view text);

/// How styles are called.
struct Titles {
  std::string own_prompt;                    ///< of pictures without a style
  std::map<std::string, std::string> names;  ///< of styles, by id

  std::string_view of(const std::string& template_id) const;
};
Titles titles_of(const catalog::TemplateManager& templates, std::string language, std::string own_prompt);

/// "pictures/2026-01-15/Деловой_1a2b.jpg" by picture: the name it was given, else its style, and the end of its id; of
/// two that would be called the same the later one has more of its id.
using Paths = std::map<Uuid, std::string>;
Paths picture_paths(const std::vector<stores::own_data::Name>& names, const Titles& titles);

/// "avatars/Анна_1a2b.jpg" of those that have a face of their own.
Paths face_paths(const std::vector<stores::avatars::Own>& avatars);
/// "avatars/Анна_1a2b3c4d….jpg" of a photo that it is made of.
std::string photo_path(const domain::Avatar& avatar, const Uuid& photo, std::string_view object_key);

}  // namespace aisha::services::archive_names
