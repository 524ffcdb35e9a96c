// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/picture_texts.hpp"

#include "stores/pictures/own_row.hpp"
#include "stores/pictures/request_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::picture_texts {
namespace {

constexpr sql::Text kForget = "DELETE FROM picture_texts WHERE generation_id = $1";
constexpr sql::Text kUnread =
    "SELECT u.generation_id, r.custom_prompt, s.custom_name, u.mark FROM unread_pictures u"
    " JOIN generation_requests r ON r.id = u.generation_id"
    " LEFT JOIN user_saved_images s ON s.user_id = r.user_id AND s.generation_request_id = r.id"
    " ORDER BY u.generation_id DESC LIMIT $1";
// The purge empties the request first: either it waits for this to end, or this finds the request purged.
constexpr sql::Text kPut =
    "INSERT INTO picture_texts (user_id, generation_id, words) SELECT o.user_id, o.id, $2"
    " FROM (SELECT id, user_id FROM generation_requests WHERE id = $1 AND purged_at IS NULL /*share*/) o WHERE 1 = 1"
    " ON CONFLICT (user_id, generation_id) DO UPDATE SET words = excluded.words";
constexpr sql::Text kRead = "DELETE FROM unread_pictures WHERE generation_id = $1 AND mark = $2";

// One branch a reason, each found in the order of its index and cut there: together they are never more than a few
// pages, however many pictures fit.
constexpr char kLive[] = " AND r.status = 'ready' AND r.deleted_at IS NULL";
// A place that is no picture of theirs is that of the first page.
constexpr char kPick[] =
    "WITH place (id) AS (SELECT coalesce((SELECT p.id FROM generation_requests p WHERE p.id = $2 AND p.user_id = $1),"
    " $17)), page AS (SELECT ";
/// Words are read only when there is no page: one round trip for both.
constexpr char kPageOrWords[] =
    ") SELECT page.*, t.words FROM (SELECT 1 AS one) o LEFT JOIN page ON 1 = 1 LEFT JOIN (SELECT words FROM "
    "picture_texts"
    " WHERE user_id = $1 AND NOT EXISTS (SELECT 1 FROM page) ORDER BY generation_id DESC LIMIT $18) t ON 1 = 1"
    " ORDER BY page.id";
constexpr char kRows[] =
    " FROM (SELECT id FROM (SELECT t.generation_id AS id FROM picture_texts t"
    " JOIN generation_requests r ON r.id = t.generation_id WHERE t.user_id = $1";
constexpr char kWords[] =
    " AND t.words LIKE $4 AND t.words LIKE $5 AND t.words LIKE $6 AND t.words LIKE $7"
    " AND t.words LIKE $8 AND t.words LIKE $9 AND t.words LIKE $10 AND t.words LIKE $11";
constexpr char kStyle[] = " UNION SELECT id FROM (SELECT r.id FROM generation_requests r WHERE r.user_id = $1";
constexpr char kFound[] = ") found JOIN generation_requests r ON r.id = found.id";
constexpr char kOlderText[] = " AND t.generation_id < (SELECT id FROM place)";
constexpr char kOlder[] = " AND r.id < (SELECT id FROM place)";
constexpr char kOlderTexts[] = " ORDER BY t.generation_id DESC LIMIT $3) words";
constexpr char kOlderFirst[] = " ORDER BY r.id DESC LIMIT $3";
constexpr char kNewerText[] = " AND t.generation_id > (SELECT id FROM place)";
constexpr char kNewer[] = " AND r.id > (SELECT id FROM place)";
constexpr char kNewerTexts[] = " ORDER BY t.generation_id LIMIT $3) words";
constexpr char kNewerFirst[] = " ORDER BY r.id LIMIT $3";

constexpr auto kOlderPage =
    joined(kPick, kRequestColumns, kSavedColumns, kRows, kOlderText, kWords, kLive, kOlderTexts,           //
           kStyle, " AND r.template_id = $12", kOlder, kLive, kOlderFirst, ") first",                      //
           kStyle, " AND r.template_id = $13", kOlder, kLive, kOlderFirst, ") second",                     //
           kStyle, " AND r.template_id = $14", kOlder, kLive, kOlderFirst, ") third",                      //
           kStyle, " AND r.template_id = $15", kOlder, kLive, kOlderFirst, ") fourth",                     //
           kStyle, " AND r.template_id = $16", kOlder, kLive, kOlderFirst, ") fifth", kFound, kSavedJoin,  //
           " WHERE 1 = 1", kOlderFirst, kPageOrWords, " DESC");
constexpr auto kNewerPage =
    joined(kPick, kRequestColumns, kSavedColumns, kRows, kNewerText, kWords, kLive, kNewerTexts,           //
           kStyle, " AND r.template_id = $12", kNewer, kLive, kNewerFirst, ") first",                      //
           kStyle, " AND r.template_id = $13", kNewer, kLive, kNewerFirst, ") second",                     //
           kStyle, " AND r.template_id = $14", kNewer, kLive, kNewerFirst, ") third",                      //
           kStyle, " AND r.template_id = $15", kNewer, kLive, kNewerFirst, ") fourth",                     //
           kStyle, " AND r.template_id = $16", kNewer, kLive, kNewerFirst, ") fifth", kFound, kSavedJoin,  //
           " WHERE 1 = 1", kNewerFirst, kPageOrWords);
constexpr sql::Text kNewestPrompts =
    "SELECT id, custom_prompt FROM generation_requests WHERE user_id = $1 AND status = 'ready' AND deleted_at IS NULL"
    " AND custom_prompt IS NOT NULL ORDER BY id DESC LIMIT $2";
constexpr sql::Text kNewestWords =
    "SELECT words FROM picture_texts WHERE user_id = $1 ORDER BY generation_id DESC LIMIT $2";

constexpr std::string_view kAnything = "%";
constexpr std::string_view kNothing;  // no words are without a blank

Uuid last_of_all() {
  Uuid id;
  id.bytes.fill(0xff);
  return id;
}

sql::Statement page_of(sql::Text text, const Uuid& user_id, const Wanted& wanted, const Uuid& than, Limits limits) {
  sql::Statement statement(text, user_id, than, limits.pictures);
  for (std::size_t i = 0; i < kMostStems; ++i) {
    if (i < wanted.stems.size()) {
      statement.params.emplace_back("% " + wanted.stems[i] + "%");
    } else {
      statement.params.emplace_back(wanted.stems.empty() ? kNothing : kAnything);
    }
  }
  for (std::size_t i = 0; i < kMostStyles; ++i) {
    statement.params.emplace_back(i < wanted.styles.size() ? std::string_view(wanted.styles[i]) : kNothing);
  }
  statement.params.emplace_back(last_of_all());
  statement.params.emplace_back(limits.words);
  return std::move(statement).scan();
}

Page page_in(const sql::Rows& rows) {
  Page out;
  for (const sql::Row row : rows) {
    if (!row.is_null(0)) {
      out.pictures.push_back(own_picture_of(row));
    } else if (!row.is_null(kOwnColumnCount)) {
      out.words.push_back(row.text(kOwnColumnCount));
    }
  }
  return out;
}

}  // namespace

Task<std::vector<Unread>> unread(UnitOfWork& unit, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kUnread, limit).scan());
  std::vector<Unread> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back({row.uuid(0), row.text(1), row.text(2), row.i64(3)});
  }
  co_return out;
}

void put(UnitOfWork& unit, const Unread& read, std::string words) {
  if (words.empty()) {
    unit.write_any(sql::Statement(kForget, read.id));
  } else {
    unit.write_any(sql::Statement(kPut, read.id, std::move(words)));
  }
  unit.write_any(sql::Statement(kRead, read.id, read.mark));
}

Task<Page> older(UnitOfWork& unit, Uuid user_id, Wanted wanted, Uuid than, Limits limits) {
  const sql::Rows rows = co_await unit.read(page_of(kOlderPage.data(), user_id, wanted, than, limits));
  co_return page_in(rows);
}

Task<Page> newer(UnitOfWork& unit, Uuid user_id, Wanted wanted, Uuid than, Limits limits) {
  const sql::Rows rows = co_await unit.read(page_of(kNewerPage.data(), user_id, wanted, than, limits));
  co_return page_in(rows);
}

Task<std::vector<OwnPrompt>> newest_prompts(UnitOfWork& unit, Uuid user_id, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNewestPrompts, user_id, limit));
  std::vector<OwnPrompt> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back({row.uuid(0), row.text(1)});
  }
  co_return out;
}

Task<std::vector<std::string>> newest_words(UnitOfWork& unit, Uuid user_id, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNewestWords, user_id, limit).scan());
  std::vector<std::string> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back(row.text(0));
  }
  co_return out;
}

}  // namespace aisha::stores::picture_texts
