// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>
#include <vector>

#include "domain/own_picture.hpp"
#include "services/privacy/archive_names.hpp"
#include "stores/people/appeals.hpp"
#include "stores/people/avatars.hpp"
#include "stores/privacy/own_data.hpp"

/// The JSON documents in the archive of a person's data. Pure; long lists take more than a millisecond.
namespace aisha::services::archive_documents {

using archive_names::Paths;
using archive_names::Titles;

std::string profile_json(const stores::own_data::Person& person);
std::string settings_json(const domain::UserSettings& settings, const std::vector<std::string>& kept_styles);
std::string avatars_json(const std::vector<stores::avatars::Own>& avatars, const Paths& faces);
std::string coins_json(const stores::own_data::Person& person,
                       const std::vector<stores::own_data::Movement>& movements);
std::string appeals_json(const std::vector<stores::appeals::Appeal>& appeals);

/// pictures.json, page by page.
class PicturesJson {
 public:
  /// `paths`: those whose file is in the archive, or was to be; `missing`: of them those whose file is not there.
  PicturesJson(const Paths& paths, const std::set<Uuid>& missing, const Titles& titles)
      : paths_(paths), missing_(missing), titles_(titles) {}

  void add(const std::vector<domain::OwnPicture>& page);
  std::string finish() &&;

 private:
  const Paths& paths_;
  const std::set<Uuid>& missing_;
  const Titles& titles_;
  std::string text_ = "[";
};

}  // namespace aisha::services::archive_documents
