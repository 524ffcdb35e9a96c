// SPDX-License-Identifier: Apache-2.0
#include "stores/import/old_tables.hpp"

#include <functional>
#include <span>

#include "stores/unit/sql_text.hpp"

// PostgreSQL only, since only there the older bot's tables exist. Names are cast to text, for they may be native types;
// its times without a zone are UTC.
namespace aisha::stores::imports {
namespace {

constexpr sql::Text kOldTables =
    "SELECT to_regclass('public.users') IS NOT NULL AND to_regclass('public.avatars') IS NOT NULL,"
    " coalesce(to_regclass('users') = to_regclass('public.users'), false)";
constexpr sql::Text kColumns =
    "SELECT cast(a.attname as text), has_column_privilege(a.attrelid, a.attnum, 'SELECT') FROM pg_attribute a"
    " WHERE a.attrelid = to_regclass('public.' || cast($1 as text)) AND a.attnum > 0 AND NOT a.attisdropped";
constexpr sql::Text kPeople =
    "SELECT count(*), count(*) FILTER (WHERE telegram_id !~ '^[0-9]{1,18}$') FROM public.users";
constexpr sql::Text kSeveralMains =
    "SELECT count(*) FROM (SELECT user_id FROM public.avatars WHERE is_main GROUP BY user_id HAVING count(*) > 1) two";
constexpr sql::Text kAvatars =
    "SELECT upper(cast(status as text)), coalesce(diffusers_lora_file_url, '') <> '', coalesce(finetune_id, '') <> '',"
    " count(*) FROM public.avatars GROUP BY 1, 2, 3";
constexpr sql::Text kPictureless =
    "SELECT upper(cast(status as text)), count(*) FROM public.image_generations"
    " WHERE upper(cast(status as text)) <> 'COMPLETED' GROUP BY 1";

constexpr char kNotTaken[] = " AND NOT EXISTS (SELECT 1 FROM adopted_rows d WHERE d.old_id = o.";
constexpr auto kBalances = joined("SELECT o.user_id, o.coins FROM public.user_balances o WHERE o.user_id > $1",
                                  kNotTaken, "user_id AND d.source = 'user_balances') ORDER BY o.user_id LIMIT $2");
constexpr auto kSettings = joined(
    "SELECT o.user_id, o.language_preference, o.default_aspect_ratio FROM public.user_settings o"
    " WHERE o.user_id > $1",
    kNotTaken, "user_id AND d.source = 'user_settings') ORDER BY o.user_id LIMIT $2");
constexpr auto kFavourites = joined(
    "SELECT o.id, o.user_id, o.template_id, o.created_at AT TIME ZONE 'UTC'"
    " FROM public.user_favorite_templates o WHERE o.id > $1",
    kNotTaken, "id AND d.source = 'user_favorite_templates') ORDER BY o.id LIMIT $2");
constexpr auto kGenerations = joined(
    "SELECT o.id, o.user_id, u.telegram_id, u.timezone, o.avatar_id, o.template_id, o.source_model,"
    " o.original_prompt, o.final_prompt, o.quality_preset, o.aspect_ratio, cast(o.result_urls as text),"
    " o.created_at AT TIME ZONE 'UTC', o.completed_at AT TIME ZONE 'UTC',"
    " coalesce(o.generation_time, 0), o.is_favorite, o.is_saved"
    " FROM public.image_generations o JOIN public.users u ON u.id = o.user_id"
    " WHERE o.id > $1 AND upper(cast(o.status as text)) = 'COMPLETED'",
    kNotTaken, "id AND d.source = 'image_generations') ORDER BY o.id LIMIT $2");

constexpr std::string_view kBalanceColumns[] = {"user_id", "coins"};
constexpr std::string_view kSettingColumns[] = {"user_id", "language_preference", "default_aspect_ratio"};
constexpr std::string_view kFavouriteColumns[] = {"id", "user_id", "template_id", "created_at"};
constexpr std::string_view kGenerationNeeds[] = {"id",           "user_id",         "avatar_id",    "template_id",
                                                 "source_model", "original_prompt", "final_prompt", "quality_preset",
                                                 "aspect_ratio", "status",          "result_urls",  "generation_time",
                                                 "created_at",   "completed_at",    "is_favorite",  "is_saved"};

struct Facts {
  Source source;
  std::string_view table;
  std::span<const std::string_view> columns;
  sql::Text counts;
};

constexpr Facts kFacts[] = {
    {Source::balances, "user_balances", kBalanceColumns,
     "SELECT (SELECT count(*) FROM public.user_balances),"
     " (SELECT count(*) FROM adopted_rows WHERE source = 'user_balances')"},
    {Source::settings, "user_settings", kSettingColumns,
     "SELECT (SELECT count(*) FROM public.user_settings),"
     " (SELECT count(*) FROM adopted_rows WHERE source = 'user_settings')"},
    {Source::favourites, "user_favorite_templates", kFavouriteColumns,
     "SELECT (SELECT count(*) FROM public.user_favorite_templates),"
     " (SELECT count(*) FROM adopted_rows WHERE source = 'user_favorite_templates')"},
    {Source::generations, "image_generations", kGenerationNeeds,
     "SELECT (SELECT count(*) FROM public.image_generations),"
     " (SELECT count(*) FROM adopted_rows WHERE source = 'image_generations')"},
};

const Facts& facts_of(Source source) {
  return kFacts[static_cast<std::size_t>(source)];
}

OldGeneration generation_in(const sql::Row& row) {
  OldGeneration old;
  old.id = row.uuid(0);
  old.user_id = row.uuid(1);
  old.telegram_id = row.text(2);
  old.timezone = row.text(3);
  old.avatar_id = row.opt_uuid(4);
  old.template_id = row.text(5);
  old.model = row.text(6);
  old.original_prompt = row.text(7);
  old.final_prompt = row.text(8);
  old.quality_preset = row.text(9);
  old.aspect_ratio = row.text(10);
  old.result_urls = row.text(11);
  old.created_at = row.time(12);
  old.completed_at = row.opt_time(13);
  old.seconds = row.real(14);
  old.is_favorite = row.boolean(15);
  old.is_saved = row.boolean(16);
  return old;
}

}  // namespace

std::string_view table_of(Source source) {
  return facts_of(source).table;
}

Task<OldTables> old_tables(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOldTables));
  if (!rows[0].boolean(0)) {
    co_return OldTables::absent;
  }
  co_return rows[0].boolean(1) ? OldTables::here : OldTables::elsewhere;
}

Task<Table> table(UnitOfWork& unit, Source source) {
  const Facts& facts = facts_of(source);
  const sql::Rows rows = co_await unit.read(sql::Statement(kColumns, facts.table));
  std::map<std::string, bool, std::less<>> columns;  // and whether this role may read them
  for (const sql::Row row : rows) {
    columns.emplace(row.text(0), row.boolean(1));
  }
  Table found;
  found.exists = !columns.empty();
  for (const std::string_view needed : facts.columns) {
    const auto column = columns.find(needed);
    if (found.exists && found.lacks.empty() && column == columns.end()) {
      found.lacks = needed;
    }
    found.is_readable = found.is_readable && (column == columns.end() || column->second);
  }
  if (found.can_be_read()) {
    const sql::Rows counts = co_await unit.read(sql::Statement(facts.counts).scan());
    found.rows = counts[0].i64(0);
    found.taken = counts[0].i64(1);
  }
  co_return found;
}

Task<People> people(UnitOfWork& unit) {
  People found;
  const sql::Rows all = co_await unit.read(sql::Statement(kPeople).scan());
  found.people = all[0].i64(0);
  found.numberless = all[0].i64(1);
  const sql::Rows mains = co_await unit.read(sql::Statement(kSeveralMains).scan());
  found.several_mains = mains[0].i64(0);
  const sql::Rows avatars = co_await unit.read(sql::Statement(kAvatars).scan());
  for (const sql::Row row : avatars) {
    const bool usable = row.text(0) == "COMPLETED" && (row.boolean(1) || row.boolean(2));
    (usable ? found.trained[row.boolean(1) ? "LoRA" : "finetune"] : found.unusable[row.text(0)]) += row.i64(3);
  }
  co_return found;
}

Task<std::map<std::string, std::int64_t>> pictureless(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kPictureless).scan());
  std::map<std::string, std::int64_t> found;
  for (const sql::Row row : rows) {
    found[row.text(0)] = row.i64(1);
  }
  co_return found;
}

Task<std::vector<OldBalance>> balances(UnitOfWork& unit, Uuid behind, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kBalances.data(), behind, limit).scan());
  std::vector<OldBalance> found;
  for (const sql::Row row : rows) {
    found.push_back({row.uuid(0), row.real(1)});
  }
  co_return found;
}

Task<std::vector<OldSettings>> settings(UnitOfWork& unit, Uuid behind, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kSettings.data(), behind, limit).scan());
  std::vector<OldSettings> found;
  for (const sql::Row row : rows) {
    found.push_back({row.uuid(0), row.text(1), row.text(2)});
  }
  co_return found;
}

Task<std::vector<OldFavourite>> favourites(UnitOfWork& unit, Uuid behind, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFavourites.data(), behind, limit).scan());
  std::vector<OldFavourite> found;
  for (const sql::Row row : rows) {
    found.push_back({row.uuid(0), row.uuid(1), row.text(2), row.time(3)});
  }
  co_return found;
}

Task<std::vector<OldGeneration>> generations(UnitOfWork& unit, Uuid behind, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kGenerations.data(), behind, limit).scan());
  std::vector<OldGeneration> found;
  for (const sql::Row row : rows) {
    found.push_back(generation_in(row));
  }
  co_return found;
}

}  // namespace aisha::stores::imports
