// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/picture.hpp"
#include "stores/pictures/requests.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `user_days`: how many pictures a person has, made, keeps and threw away, by own day and style. Every verb collects
/// into the unit that changes the picture's row; "behind" and "before" say on which side of that write it belongs,
/// since some read from the row what the write makes or unmakes.
namespace aisha::stores::user_days {

/// Behind: a picture that was made here has become ready, `took` after it was asked for; nothing: nobody waited for it.
void ready(UnitOfWork& unit, const Uuid& picture, std::optional<Millis> took);
/// A row that is taken over as ready; `is_kept`: with a row of its own among the saved ones.
void imported(UnitOfWork& unit, const domain::Picture& picture, bool is_kept);

/// Behind: thrown away, that one alone.
void removed(UnitOfWork& unit, const Uuid& picture);
/// Before: comes back, that one alone, whether it had been removed alone or by a clear.
void restored(UnitOfWork& unit, const Uuid& picture);

/// A step of a clear, or of its undoing: those of its pictures that are in the trash, from `last` on and before
/// `behind` in the order of the gallery (day, id); `upto` is their deleted_at.
struct Step {
  Uuid clear;
  TimePoint upto;
  requests::Cursor behind;
  requests::Cursor last;
};
/// Behind: the step threw its pictures away.
void cleared(UnitOfWork& unit, const Step& step);
/// Before: the step brings them back.
void uncleared(UnitOfWork& unit, const Step& step);

/// Before whatever keeps a picture or lets it go: locks its counter, so that the writes behind it see what whoever was
/// faster has done. Removing and clearing lock it too, between the picture and what is kept of it.
void lock(UnitOfWork& unit, const Uuid& owner, const Uuid& picture);
/// Before: a live picture of theirs gets a row among the saved ones, unless it has one.
void kept(UnitOfWork& unit, const Uuid& owner, const Uuid& picture);
/// Before: that row goes when this alone keeps it.
enum class Mark : std::uint8_t { heart, pin };
void unkept(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, Mark mark);
/// Before its row among the saved ones goes, if it has one: it is forgotten for good.
void purged(UnitOfWork& unit, const domain::Picture& picture);

/// What was made of one style within one span.
struct FigureRow {
  std::string span;   ///< a day "2026-01-15", or a month "2026-01"
  std::string style;  ///< "" = own prompts
  std::int64_t pictures = 0;
  std::int64_t made = 0;
  std::int64_t spent = 0;  ///< coins
  std::int64_t timed = 0;  ///< of `made` those whose time is known
  std::int64_t took_ms = 0;
  std::int64_t favourites = 0;
};
struct Figures {
  std::vector<FigureRow> rows;
  std::int64_t binned = 0;  ///< pictures in the trash
};

/// Spans are days from `days_from` ("2026-01-15") on, months before; in no order.
Task<Figures> figures(UnitOfWork& unit, Uuid user_id, std::string_view days_from);

}  // namespace aisha::stores::user_days
