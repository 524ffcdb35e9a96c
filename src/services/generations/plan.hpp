// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/generations/request.hpp"

namespace aisha::services {

/// A order made exact: a generation without its place in the chat (inside this folder only).
struct Generations::Plan {
  domain::Generation generation;
};

}  // namespace aisha::services
