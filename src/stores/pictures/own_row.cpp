// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/own_row.hpp"

namespace aisha::stores {

domain::OwnPicture own_picture_of(const sql::Row& row) {
  domain::OwnPicture own;
  own.picture = picture_of(row);
  if (!row.is_null(kRequestColumnCount + 1)) {
    own.name = row.text(kRequestColumnCount);
    own.is_favorite = row.boolean(kRequestColumnCount + 1);
    own.is_saved = row.boolean(kRequestColumnCount + 2);
  }
  return own;
}

std::vector<domain::OwnPicture> own_pictures_of(const sql::Rows& rows) {
  std::vector<domain::OwnPicture> all;
  all.reserve(rows.size());
  for (const sql::Row row : rows) {
    all.push_back(own_picture_of(row));
  }
  return all;
}

}  // namespace aisha::stores
