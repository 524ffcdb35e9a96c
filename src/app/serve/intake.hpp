// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "services/inbox/inbox.hpp"
#include "telegram/api_types.hpp"

namespace aisha::app {

/// Telegram's words -> the inbox's: the lane is the chat the update belongs to. What is no update at all gets a
/// negative key of its own text and is born as poison, so that it is kept and never stops the others.
services::RawUpdate intake(telegram::RawUpdate update);

std::vector<services::RawUpdate> intake(std::vector<telegram::RawUpdate> updates);

}  // namespace aisha::app
