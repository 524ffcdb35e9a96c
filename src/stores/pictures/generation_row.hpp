// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "domain/generation.hpp"
#include "sql/database.hpp"
#include "stores/unit/sql_text.hpp"

/// How rows of `generation_requests` become domain::Generation; for the stores of this folder.
namespace aisha::stores {

/// The columns `generation_of` reads, in its order; the row's own names, so they also serve RETURNING.
inline constexpr char kGenerationColumns[] =
    "id, user_id, avatar_id, template_id, custom_prompt, prompt, style_category, model, input, quality_preset,"
    " aspect_ratio, seed, parent_id, batch_id, price, chat_id, status_message_id, local_day, status, attempt,"
    " max_attempts, tries, lease_epoch, next_at, deadline_at, cancel_requested, error_code, bucket, object_key, width,"
    " height, bytes, sha256, thumbhash, content_type, photo_file_id, document_file_id, created_at, submitted_at,"
    " finished_at, deleted_at";

domain::Generation generation_of(const sql::Row& row);
std::vector<domain::Generation> generations_of(const sql::Rows& rows);

}  // namespace aisha::stores
