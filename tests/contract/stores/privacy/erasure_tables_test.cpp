// SPDX-License-Identifier: Apache-2.0
// Every table that leads to a person has to say what becomes of its rows when the person is erased.
#include <map>
#include <set>

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

using namespace testing;

enum class Fate : std::uint8_t {
  deleted,  ///< no row of the person stays
  blanked,  ///< the row stays and says nothing of them; of another bot's tables it stays as it is
  kept      ///< the row stays under an id that means nobody any more
};

struct Table {
  const char* name;
  Fate fate;
  const char* why;
};

constexpr Table kTables[] = {
    {"users", Fate::blanked, "the ledger hangs on it; its Telegram id is free for a new row"},
    {"avatars", Fate::blanked, "the runtime role deletes none: another bot may know them"},
    {"avatar_faces", Fate::deleted, "erasure_person, faces"},
    {"avatar_details", Fate::deleted, "erasure_person, details"},
    {"avatar_bin", Fate::deleted, "erasure_person, bin; stays while the avatar itself is another bot's"},
    {"training_photos", Fate::deleted, "erasure_person, photos, behind their objects"},
    {"consents", Fate::deleted, "erasure_person, consents"},
    {"user_settings", Fate::deleted, "erasure_person, settings"},
    {"chats", Fate::deleted, "erasure_person, with the last word"},
    {"jobs", Fate::deleted, "erasure_pictures"},
    {"generation_requests", Fate::deleted, "erasure_pictures"},
    {"missing_pictures", Fate::deleted, "erasure_pictures"},
    {"request_keys", Fate::deleted, "erasure_pictures: a key holds the chat"},
    {"user_favorite_templates", Fate::deleted, "erasure_person, styles"},
    {"user_saved_images", Fate::deleted, "erasure_pictures"},
    {"user_days", Fate::deleted, "erasure_person, days"},
    {"unread_pictures", Fate::deleted, "erasure_pictures"},
    {"picture_texts", Fate::deleted, "erasure_pictures"},
    {"batches", Fate::deleted, "erasure_pictures, with the first of their pictures"},
    {"gallery_clears", Fate::deleted, "erasure_person, clears"},
    {"picture_messages", Fate::deleted, "erasure_pictures: they become message_blanks"},
    {"message_blanks", Fate::kept, "until the message has lost its picture: the chat's number is needed for that"},
    {"share_links", Fate::deleted, "erasure_person, links"},
    {"data_requests", Fate::kept, "that an erasure was asked for and is done; names no chat any more"},
    {"albums", Fate::deleted, "erasure_person, albums"},
    {"album_pictures", Fate::deleted, "erasure_pictures, and with their album"},
    {"picture_tags", Fate::deleted, "erasure_pictures"},
    {"provider_attempt", Fate::kept, "what the provider was asked and paid for: no word of anybody in it"},
    {"provider_event", Fate::deleted, "erasure_pictures: the answer names pictures"},
    {"ledger_account", Fate::kept, "money only ever grows by rows"},
    {"ledger_transfer", Fate::kept, "money only ever grows by rows"},
    {"inbox", Fate::deleted, "erasure_queues: what has been dealt with"},
    {"outbox", Fate::deleted, "erasure_queues; the last word goes once it is told"},
    {"file_ids", Fate::deleted, "erasure_person, file_ids"},
    {"erased_people", Fate::kept, "a hash: no second welcome gift"},
    {"moderation_appeals", Fate::deleted,
     "erasure_person, appeals; of an allowed one the hash stays, without a person"},
    {"adopted_rows", Fate::kept, "bare ids of an older bot's rows: or they would be taken over again"},
};

/// By these a row leads to a person, or to something of theirs.
const std::set<std::string> kLeads{"user_id",    "chat_id",   "generation_id", "generation_request_id",
                                   "request_id", "job_id",    "lane",          "telegram_id",
                                   "avatar_id",  "parent_id", "request_key",   "old_id"};

class ErasureTables : public StoreTest {
 protected:
  /// Tables of our schema with their columns.
  std::map<std::string, std::set<std::string>> tables() {
    const sql::Text text = is_postgres()
                               ? sql::Text(
                                     "SELECT c.table_name::text, c.column_name::text FROM information_schema.columns c"
                                     " JOIN information_schema.tables t USING (table_schema, table_name)"
                                     " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'")
                               : sql::Text(
                                     "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p"
                                     " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'");
    std::map<std::string, std::set<std::string>> out;
    for (const sql::Row row : run(db().read(sql::Statement(text).scan()))) {
      out[row.text(0)].insert(row.text(1));
    }
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, ErasureTables, ::testing::ValuesIn(engines()), case_name);

TEST_P(ErasureTables, EveryTableThatLeadsToAPersonSaysWhatBecomesOfIt) {
  std::set<std::string> named;
  for (const Table& table : kTables) {
    EXPECT_TRUE(named.insert(table.name).second) << table.name << " twice";
    EXPECT_STRNE(table.why, "");
  }
  const auto live = tables();
  ASSERT_GT(live.size(), 30U);
  for (const auto& [table, columns] : live) {
    for (const std::string& column : columns) {
      if (kLeads.contains(column)) {
        EXPECT_TRUE(named.contains(table)) << table << "." << column << ": erasing a person does not name it";
      }
    }
  }
  for (const std::string& name : named) {
    EXPECT_TRUE(live.contains(name)) << name << " is no table any more";
  }
}

}  // namespace
}  // namespace aisha
