// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "sql/postgres/session.hpp"

namespace aisha::sql::postgres {

/// `public.users` and `public.avatars` are used where an Aisha bot has them already. Nothing = both are absent, or both
/// are Aisha's (of either of its two ages, enum columns as text or native); else one sentence that names the first
/// column that differs.
std::optional<std::string> difference_of_existing_tables(Session& session);

}  // namespace aisha::sql::postgres
