// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <vector>

#include "domain/own_picture.hpp"
#include "sql/database.hpp"
#include "stores/pictures/request_row.hpp"

/// How rows of `generation_requests` with their `user_saved_images` become domain::OwnPicture; for the stores.
namespace aisha::stores {

/// What `own_picture_of` reads behind `kRequestColumns`.
inline constexpr char kSavedColumns[] = ", s.custom_name, s.is_favorite, s.is_saved";
inline constexpr std::size_t kOwnColumnCount = kRequestColumnCount + 3;
/// Joins them to the requests named r.
inline constexpr char kSavedJoin[] =
    " LEFT JOIN user_saved_images s ON s.user_id = r.user_id AND s.generation_request_id = r.id";

domain::OwnPicture own_picture_of(const sql::Row& row);
std::vector<domain::OwnPicture> own_pictures_of(const sql::Rows& rows);

}  // namespace aisha::stores
