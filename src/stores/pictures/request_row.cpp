// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/request_row.hpp"

namespace aisha::stores {
namespace {

domain::PictureObject object_of(const sql::Row& row) {
  domain::PictureObject object;
  object.bucket = row.text(19);
  object.key = row.text(20);
  object.width = row.opt_i64(21).value_or(0);
  object.height = row.opt_i64(22).value_or(0);
  object.bytes = row.opt_i64(23).value_or(0);
  object.sha256 = row.text(24);
  object.thumbhash = row.text(25);
  object.content_type = row.text(26);
  return object;
}

}  // namespace

domain::Picture picture_of(const sql::Row& row) {
  domain::Picture picture;
  picture.id = row.uuid(0);
  picture.user_id = row.uuid(1);
  picture.avatar_id = row.opt_uuid(2);
  picture.template_id = row.text(3);
  picture.custom_prompt = row.text(4);
  picture.prompt = row.text(5);
  picture.style_category = row.text(6);
  picture.model = row.text(7);
  picture.quality_preset = row.text(8);
  picture.aspect_ratio = row.text(9);
  picture.seed = row.i64(10);
  picture.parent_id = row.opt_uuid(11);
  picture.batch_id = row.opt_uuid(12);
  picture.price = row.i64(13);
  picture.chat_id = row.i64(14);
  picture.local_day = row.text(15);
  picture.is_imported = row.boolean(16);
  picture.state = domain::picture_state_from(row.text(17));
  picture.error_code = row.text(18);
  picture.object = object_of(row);
  picture.created_at = row.time(27);
  picture.finished_at = row.opt_time(28);
  picture.deleted_at = row.opt_time(29);
  picture.variation = domain::variation_from(row.text(30));
  picture.likeness = row.i64(31);
  picture.source_id = row.opt_uuid(32);
  picture.source_step = row.i64(33);
  return picture;
}

std::vector<domain::Picture> pictures_of(const sql::Rows& rows) {
  std::vector<domain::Picture> all;
  all.reserve(rows.size());
  for (const sql::Row row : rows) {
    all.push_back(picture_of(row));
  }
  return all;
}

}  // namespace aisha::stores
