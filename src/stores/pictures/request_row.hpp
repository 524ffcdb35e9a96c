// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <vector>

#include "domain/picture.hpp"
#include "sql/database.hpp"

/// How rows of `generation_requests` become domain::Picture; for the stores.
namespace aisha::stores {

/// The columns `picture_of` reads, in its order; `r` is the table's name in the statement.
inline constexpr char kRequestColumns[] =
    "r.id, r.user_id, r.avatar_id, r.template_id, r.custom_prompt, r.prompt, r.style_category, r.model,"
    " r.quality_preset, r.aspect_ratio, r.seed, r.parent_id, r.batch_id, r.price, r.chat_id, r.local_day,"
    " r.is_imported, r.status, r.error_code, r.bucket, r.object_key, r.width, r.height, r.bytes, r.sha256,"
    " r.thumbhash, r.content_type, r.created_at, r.finished_at, r.deleted_at,"
    " r.variation, r.likeness, r.source_id, r.source_step";
inline constexpr std::size_t kRequestColumnCount = 34;

domain::Picture picture_of(const sql::Row& row);
std::vector<domain::Picture> pictures_of(const sql::Rows& rows);

}  // namespace aisha::stores
