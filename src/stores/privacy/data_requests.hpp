// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// `data_requests`: what a person asked to be done with all of their data. A person has at most one that is open; a
/// finished one names no chat. An open one of kind `erase` is what "being erased" means.
namespace aisha::stores::data_requests {

enum class Kind : std::uint8_t {
  exporting,  ///< 'export': everything of them as an archive
  erasing,    ///< 'erase': everything of them is deleted
};

/// How far it has come: words and meaning are those of the worker of its kind.
struct Progress {
  std::string step;
  std::optional<Uuid> behind;  ///< the last id that the step is done with
  std::int64_t part = 0;
  std::int64_t parts = 0;
  std::string tally = "{}";  ///< JSON of figures
};

struct Request {
  Uuid id;
  Uuid user_id;
  Kind kind = Kind::exporting;
  std::optional<std::int64_t> chat_id;  ///< who is told; nothing: nobody, or it is over
  std::string language;                 ///< of what is told and of the archive
  Progress progress;
  TimePoint next_at{};
  std::int64_t epoch = 0;     ///< fencing token of the claim
  std::int64_t attempts = 0;  ///< claims since it last got on, this one included
  TimePoint created_at{};
  std::optional<TimePoint> finished_at;
  std::string error_code;  ///< why it ended without its end; ""
};

/// What is to be opened.
struct Wish {
  Uuid id;  ///< of the row: the same however often the press is handled
  Uuid user_id;
  Kind kind = Kind::exporting;
  std::optional<std::int64_t> chat_id;
  std::string language;
  std::string step;  ///< the first one
};

/// Collects the row; due at once. An earlier wish of the kind that is still open is the answer instead. An export that
/// is open ends with `person.erasing` in the same unit when an erasure is wished for. Errc::person_erasing: an export
/// of somebody who is being erased. Errc::conflict at commit when another wish of the person was faster.
Task<Result<Request>> open(UnitOfWork& unit, Wish wish);

/// The open one of a person.
Task<std::optional<Request>> find_open(UnitOfWork& unit, Uuid owner);
/// Whatever its state.
Task<std::optional<Request>> find(UnitOfWork& unit, Uuid id);

/// Whether an erasure of that person was ever wished for.
Task<bool> was_erasing(UnitOfWork& unit, Uuid person);

/// Takes up to `limit` that are due; nobody else does until the lease is over. Durable at once.
Task<std::vector<Request>> claim(UnitOfWork& unit, Kind kind, std::int64_t limit, Millis lease);
/// When the next one can be claimed.
Task<std::optional<TimePoint>> next_due(UnitOfWork& unit, Kind kind);

/// The verbs of who claimed it: Errc::conflict at commit when it is somebody else's by now, or over. They write what
/// `request.progress` says.
/// Got on, and goes on holding it for `lease`.
void advance(UnitOfWork& unit, Request& request, Millis lease);
/// Got on, and lets it go: due again after `delay`.
void rest(UnitOfWork& unit, Request& request, Millis delay);
/// Did not get on: as `rest`, and `attempts` stands.
void put_back(UnitOfWork& unit, const Request& request, Millis delay);
/// It is done, or given up for `error_code` ("" = done).
void finish(UnitOfWork& unit, const Request& request, std::string_view error_code);

/// Ends an export that its person does not want any more, whoever works on it. Errc::conflict at commit when it is
/// over.
void stop(UnitOfWork& unit, const Request& request, std::string_view error_code);

}  // namespace aisha::stores::data_requests
