// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "base/error.hpp"
#include "domain/generation.hpp"
#include "services/context/context.hpp"
#include "services/outbox/outbox_message.hpp"
#include "stores/unit/unit_of_work.hpp"

/// What the steps of a generation write besides its state (inside this folder only).
namespace aisha::services {

/// Collects a row of the outbox: `meaning` of this generation, into its chat's lane. For job_status, `occasion` tells
/// one status from another: the same occasion is told once. The three ends share one key: a generation ends once.
void tell(stores::UnitOfWork& unit, const domain::Generation& job, Meaning meaning, std::string_view occasion);

/// Collects what every end without a picture needs: the coins back, and the person told why.
void end_without_picture(const Context& context, stores::UnitOfWork& unit, const domain::Generation& job,
                         Meaning meaning, Errc why);

}  // namespace aisha::services
