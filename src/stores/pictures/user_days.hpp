// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "domain/picture.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `user_days`: how many pictures a person has, made, keeps and threw away, by own day and style. Every verb collects
/// into the unit that changes the picture's row; "behind" and "before" say on which side of that write it belongs,
/// since some read from the row what the write makes or unmakes.
namespace aisha::stores::user_days {

/// Behind: a picture that was made here has become ready, `took` after it was asked for.
void ready(UnitOfWork& unit, const Uuid& picture, Millis took);
/// A row that is taken over as ready; `is_kept`: with a row of its own among the saved ones.
void imported(UnitOfWork& unit, const domain::Picture& picture, bool is_kept);

/// Behind: thrown away, that one alone.
void removed(UnitOfWork& unit, const Uuid& picture);
/// Before: comes back, that one alone, whether it had been removed alone or by a clear.
void restored(UnitOfWork& unit, const Uuid& picture);

/// A picture that was neither favourite nor saved now is: its row has appeared.
void kept(UnitOfWork& unit, const Uuid& picture);
/// It is neither any more: its row goes.
void unkept(UnitOfWork& unit, const Uuid& picture);
/// Before its row among the saved ones goes, if it has one: it is forgotten for good.
void purged(UnitOfWork& unit, const domain::Picture& picture);

}  // namespace aisha::stores::user_days
