// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/own_picture.hpp"
#include "domain/user.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Everything that is kept of one person, read as a whole. What is in the bin counts as theirs; what was purged is
/// there no more.
namespace aisha::stores::own_data {

struct Figures {
  std::int64_t pictures = 0;  ///< live ones
  std::int64_t binned = 0;    ///< in the bin
  std::int64_t bytes = 0;     ///< of all of them
  std::int64_t avatars = 0;   ///< not thrown away
  bool is_shared = false;     ///< people stand in a table that another bot uses too
};
Task<Figures> figures(UnitOfWork& unit, Uuid owner);

struct Person {
  domain::User user;
  std::optional<domain::UserSettings> settings;
  std::int64_t available = 0;  ///< coins free to spend
  std::int64_t held = 0;       ///< coins of what is being made
};
Task<std::optional<Person>> person(UnitOfWork& unit, Uuid id);
Task<std::optional<Person>> person_of(UnitOfWork& unit, std::int64_t telegram_id);

/// What a stored picture is called by.
struct Name {
  Uuid id;
  std::string local_day;
  std::string template_id;  ///< "" for an own prompt
  std::string name;         ///< given by its owner; ""
  std::string object_key;
};
/// Of all pictures with an object, in the order of their ids.
Task<std::vector<Name>> names(UnitOfWork& unit, Uuid owner);

/// Those with ids behind `after` and up to `upto`, in their order; at most `limit`.
struct Range {
  Uuid after;
  Uuid upto;
};
/// Pictures with an object.
Task<std::vector<domain::OwnPicture>> stored(UnitOfWork& unit, Uuid owner, Range range, std::int64_t limit);
/// Everything that was asked for and is over, whatever came of it.
Task<std::vector<domain::OwnPicture>> finished(UnitOfWork& unit, Uuid owner, Range range, std::int64_t limit);

/// Coins that came to what is free to spend (above zero) or left it.
struct Movement {
  TimePoint at{};
  std::string kind;  ///< "grant", "hold", "release", ...
  std::int64_t coins = 0;
  std::optional<Uuid> picture;
};
Task<std::vector<Movement>> movements(UnitOfWork& unit, Uuid owner);

}  // namespace aisha::stores::own_data
