// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// What an older Aisha keeps in the schema `public` of the same PostgreSQL database, read only. The older bot may be
/// running and writing.
namespace aisha::stores::imports {

/// The tables that are taken over.
enum class Source { balances, settings, favourites, generations };
/// "user_balances", ...
std::string_view table_of(Source source);

/// Whether this database has the older bot's people and our tables refer to them.
enum class OldTables { absent, elsewhere, here };
Task<OldTables> old_tables(UnitOfWork& unit);

struct Table {
  bool exists = false;
  bool is_readable = true;  ///< this role has the privilege
  std::string lacks;        ///< a column without which it cannot be read; "" = none
  std::int64_t rows = 0;
  std::int64_t taken = 0;  ///< taken over so far

  bool can_be_read() const { return exists && is_readable && lacks.empty(); }
};
Task<Table> table(UnitOfWork& unit, Source source);

struct People {
  std::int64_t people = 0;
  std::int64_t numberless = 0;                   ///< whose telegram_id is no number
  std::int64_t several_mains = 0;                ///< people with more than one main avatar
  std::map<std::string, std::int64_t> trained;   ///< usable avatars by "LoRA" and "finetune"
  std::map<std::string, std::int64_t> unusable;  ///< others by status; "COMPLETED" has neither
};
Task<People> people(UnitOfWork& unit);
/// `image_generations` by status in upper case, where that is not COMPLETED.
Task<std::map<std::string, std::int64_t>> pictureless(UnitOfWork& unit);

struct OldBalance {
  Uuid id;  ///< the person's
  double coins = 0;
};
struct OldSettings {
  Uuid id;  ///< the person's
  std::string language;
  std::string aspect_ratio;
};
struct OldFavourite {
  Uuid id;
  Uuid user_id;
  std::string template_id;
  TimePoint created_at;
};
struct OldGeneration {
  Uuid id;
  Uuid user_id;
  std::string telegram_id;
  std::string timezone;
  std::optional<Uuid> avatar_id;
  std::string template_id;
  std::string model;
  std::string original_prompt;
  std::string final_prompt;
  std::string quality_preset;
  std::string aspect_ratio;
  std::string result_urls;  ///< JSON
  TimePoint created_at;
  std::optional<TimePoint> completed_at;
  double seconds = 0;  ///< how long it took; 0 = unknown
  bool is_favorite = false;
  bool is_saved = false;
};

/// Rows that are not taken over yet, by id, behind `behind`; of the generations those that are COMPLETED.
Task<std::vector<OldBalance>> balances(UnitOfWork& unit, Uuid behind, std::int64_t limit);
Task<std::vector<OldSettings>> settings(UnitOfWork& unit, Uuid behind, std::int64_t limit);
Task<std::vector<OldFavourite>> favourites(UnitOfWork& unit, Uuid behind, std::int64_t limit);
Task<std::vector<OldGeneration>> generations(UnitOfWork& unit, Uuid behind, std::int64_t limit);

}  // namespace aisha::stores::imports
