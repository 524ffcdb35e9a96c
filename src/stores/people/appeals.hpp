// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// `moderation_appeals`: texts that the rules refused and their person stands up for. One a person and text.
namespace aisha::stores::appeals {

enum class State : std::uint8_t { open, allowed, rejected };
std::string_view text_of(State state);

struct Appeal {
  Uuid id;
  std::optional<Uuid> user_id;  ///< nothing once its person was erased: then it is allowed and says no more
  std::optional<std::int64_t> chat_id;
  std::string prompt;
  std::string category;  ///< domain::moderation
  State state = State::open;
  TimePoint created_at{};
  std::optional<TimePoint> decided_at;
};

/// By which a text is known again: of exactly these bytes.
std::string hash_of(std::string_view prompt);

/// Whether the operator allowed this very text, whoever asked.
Task<bool> is_allowed(UnitOfWork& unit, std::string hash);
/// The person's own about this text.
Task<std::optional<Appeal>> own(UnitOfWork& unit, Uuid user_id, std::string hash);
/// An allowed one of theirs whose hash begins so.
Task<std::optional<Appeal>> own_allowed(UnitOfWork& unit, Uuid user_id, std::string hash_begins);
/// How many of theirs wait for the operator.
Task<std::int64_t> waiting(UnitOfWork& unit, Uuid user_id);
/// All of theirs, the oldest first.
Task<std::vector<Appeal>> all_of(UnitOfWork& unit, Uuid user_id);

Task<std::optional<Appeal>> find(UnitOfWork& unit, Uuid id);
/// Those that wait for the operator, the oldest first.
Task<std::vector<Appeal>> open(UnitOfWork& unit, std::int64_t limit);

/// Collects a new one, open since the unit's now. Errc::conflict at commit when the person has one about this text.
void add(UnitOfWork& unit, const Appeal& appeal);
/// open -> `state`. Errc::conflict at commit when it is open no more.
void decide(UnitOfWork& unit, const Uuid& id, State state);

}  // namespace aisha::stores::appeals
