// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "domain/picture.hpp"
#include "domain/user.hpp"
#include "stores/import/old_tables.hpp"
#include "stores/unit/unit_of_work.hpp"

/// What becomes of an older Aisha's rows in our own tables, and `adopted_rows`, which remembers what of them has been
/// taken over.
namespace aisha::stores::imports {

/// Commits what a batch collected. False, and nothing kept, when another run was faster, or when a wall refuses it
/// because the older bot deleted under it or a row is not what it should be.
Task<bool> commit(UnitOfWork& unit);

/// Belongs into the unit that takes the row over: Errc::conflict at commit when another run was faster.
void mark(UnitOfWork& unit, Source source, const Uuid& old_id);
/// What the person has chosen with us stays.
void add_settings(UnitOfWork& unit, const Uuid& user_id, const domain::UserSettings& settings);
void add_favourite(UnitOfWork& unit, const OldFavourite& favourite);

struct Imported {
  domain::Picture picture;  ///< with created_at and finished_at
  std::string place;        ///< domain::place_of its address
  bool is_favorite = false;
  bool is_saved = false;
};
/// A ready row of our own without object, counted, and the note that it is missing. An avatar that is gone is left out.
/// Errc::conflict at commit when it is here already.
void add_picture(UnitOfWork& unit, const Imported& imported);

struct Missing {
  Uuid id;  ///< of the generation
  std::string place;
};
/// Live pictures whose object has not been found. (One that was found and refused is none of them.)
Task<std::vector<Missing>> missing(UnitOfWork& unit, Uuid behind, std::int64_t limit);
struct Object {
  std::string key;
  std::int64_t bytes = 0;
  std::string content_type;
};
/// An object that already belongs to another picture is not given to this one too: the picture stays missing.
void give_object(UnitOfWork& unit, const Uuid& generation_id, const Object& object);
void looked_in_vain(UnitOfWork& unit, const Uuid& generation_id);

/// An imported picture with an object that nobody has decoded yet.
struct Unseen {
  Uuid id;
  Uuid user_id;
  std::string key;
  std::int64_t bytes = 0;
  TimePoint created_at;
};
/// By id, those after `behind`; what is in the trash too, since it may come back.
Task<std::vector<Unseen>> unseen(UnitOfWork& unit, Uuid behind, std::int64_t limit);
/// What was found under its key: all but bucket and key. Errc::conflict at commit when it was purged meanwhile.
void seen(UnitOfWork& unit, const Uuid& id, const domain::PictureObject& object);
/// It is none that can be shown: notes the code, and the hash of what lies there, "" when that was not read.
/// Errc::conflict as above.
void refused(UnitOfWork& unit, const Unseen& one, std::string_view sha256, std::string_view code);

}  // namespace aisha::stores::imports
