// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/generation_row.hpp"

namespace aisha::stores {
namespace {

void read_request(const sql::Row& row, domain::Generation& g) {
  g.id = row.uuid(0);
  g.user_id = row.uuid(1);
  g.avatar_id = row.opt_uuid(2);
  g.template_id = row.text(3);
  g.custom_prompt = row.text(4);
  g.prompt = row.text(5);
  g.style_category = row.text(6);
  g.model = row.text(7);
  g.input = row.text(8);
  g.quality_preset = row.text(9);
  g.aspect_ratio = row.text(10);
  g.seed = row.i64(11);
  g.parent_id = row.opt_uuid(12);
  g.batch_id = row.opt_uuid(13);
  g.price = row.i64(14);
  g.chat_id = row.i64(15);
  g.status_message_id = row.i64(16);
  g.local_day = row.text(17);
}

void read_job(const sql::Row& row, domain::Generation& g) {
  g.state = domain::job_state_from(row.text(18));
  g.attempt = row.i64(19);
  g.max_attempts = row.i64(20);
  g.tries = row.i64(21);
  g.lease_epoch = row.i64(22);
  g.next_at = row.time(23);
  g.deadline_at = row.time(24);
  g.cancel_requested = row.boolean(25);
  g.error_code = row.text(26);
}

void read_picture(const sql::Row& row, domain::Generation& g) {
  g.bucket = row.text(27);
  g.object_key = row.text(28);
  g.width = row.opt_i64(29).value_or(0);
  g.height = row.opt_i64(30).value_or(0);
  g.bytes = row.opt_i64(31).value_or(0);
  g.sha256 = row.text(32);
  g.thumbhash = row.text(33);
  g.content_type = row.text(34);
  g.photo_file_id = row.text(35);
  g.document_file_id = row.text(36);
  g.created_at = row.time(37);
  g.submitted_at = row.opt_time(38);
  g.finished_at = row.opt_time(39);
  g.deleted_at = row.opt_time(40);
}

}  // namespace

domain::Generation generation_of(const sql::Row& row) {
  domain::Generation generation;
  read_request(row, generation);
  read_job(row, generation);
  read_picture(row, generation);
  return generation;
}

std::vector<domain::Generation> generations_of(const sql::Rows& rows) {
  std::vector<domain::Generation> all;
  all.reserve(rows.size());
  for (const sql::Row row : rows) {
    all.push_back(generation_of(row));
  }
  return all;
}

}  // namespace aisha::stores
