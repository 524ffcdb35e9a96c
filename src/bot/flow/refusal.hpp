// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot {

/// The table of routes turns the error into what a person is told: a feature knows that it failed, not where the way
/// forward leads.
inline Reply refuse(Error error) {
  Reply reply;
  reply.refused = std::move(error);
  return reply;
}

/// A button of a screen that is gone, or of another release: a fresh menu (E11).
inline Reply stale() {
  return refuse({Errc::callback_unknown, {}});
}

}  // namespace aisha::bot
