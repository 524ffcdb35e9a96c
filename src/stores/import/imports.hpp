// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/generation.hpp"
#include "domain/user.hpp"
#include "stores/unit/unit_of_work.hpp"

/// What an older Aisha keeps in the schema `public` of the same PostgreSQL database, read only, and `adopted_rows`,
/// which remembers what of it has been taken over. The older bot may be running and writing.
namespace aisha::stores::adoption {

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

/// Commits what a batch collected. False, and nothing kept, when another run was faster, or when a wall refuses it
/// because the older bot deleted under it or a row is not what it should be.
Task<bool> commit(UnitOfWork& unit);

/// Belongs into the unit that takes the row over: Errc::conflict at commit when another run was faster.
void mark(UnitOfWork& unit, Source source, const Uuid& old_id);
/// What the person has chosen with us stays.
void add_settings(UnitOfWork& unit, const Uuid& user_id, const domain::UserSettings& settings);
void add_favourite(UnitOfWork& unit, const OldFavourite& favourite);

struct Picture {
  domain::Generation generation;  ///< with created_at and finished_at
  std::string request_key;
  std::string place;   ///< domain::place_of its address
  std::string result;  ///< JSON that says where it comes from
  bool is_favorite = false;
  bool is_saved = false;
};
/// A succeeded row of our own without object, and the note that it is missing. An avatar that is gone is left out.
void add_picture(UnitOfWork& unit, const Picture& picture);

struct Missing {
  Uuid id;  ///< of the generation
  std::string place;
};
/// Live pictures whose object has not been found.
Task<std::vector<Missing>> missing(UnitOfWork& unit, Uuid behind, std::int64_t limit);
struct Object {
  std::string key;
  std::int64_t bytes = 0;
  std::string content_type;
};
/// An object that already belongs to another picture is not given to this one too: the picture stays missing.
void give_object(UnitOfWork& unit, const Uuid& generation_id, const Object& object);
void looked_in_vain(UnitOfWork& unit, const Uuid& generation_id);

}  // namespace aisha::stores::adoption
