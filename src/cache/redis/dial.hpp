// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "cache/redis/address.hpp"
#include "cache/redis/link.hpp"

namespace aisha::cache::redis {

/// A connection on which commands may be sent: connected, AUTH, SELECT and PING answered, each within `budget`. Looks
/// names up beside the loop. Errc::unavailable, whose detail is fit for logs.
Task<Result<std::shared_ptr<Link>>> dial(Executor loop, Address address, Millis budget);

/// What an operator wants to know of a server.
struct Sight {
  std::string version;
  std::string eviction;  ///< "allkeys-lru", ...; "" = it has no memory limit
};
/// Connects, looks, hangs up. Errors of `dial`.
Task<Result<Sight>> inspect(Executor loop, Address address);

}  // namespace aisha::cache::redis
