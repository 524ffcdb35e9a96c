// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "domain/own_days.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Which picture came from which: live pictures only, the newest first.
namespace aisha::stores::families {

/// A page of the owner's pictures that were made from `parent`; behind the last one it is the last full page.
Task<domain::ChildrenPage> children(UnitOfWork& unit, Uuid owner, Uuid parent, domain::PageStart from,
                                    std::int64_t limit);

}  // namespace aisha::stores::families
