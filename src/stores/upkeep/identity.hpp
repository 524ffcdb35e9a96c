// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stores/unit/unit_of_work.hpp"

/// Which database this is: a random id that it was made with.
namespace aisha::stores::identity {

Task<Uuid> load(UnitOfWork& unit);

/// Makes it another database, for a copy that goes its own way. To be run on the copy before anybody opens it.
sql::Statement renewal(const Uuid& id);

}  // namespace aisha::stores::identity
