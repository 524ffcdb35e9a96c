// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::cache::redis {

/// One word of the server, as far as a cache can use it.
struct Reply {
  enum class Kind { nothing, text, number, refused, other };
  Kind kind = Kind::nothing;
  std::string text;  ///< value, status or error; an error may repeat what was sent, so it is not for logs
  std::int64_t number = 0;
};

/// One connection, RESP2, commands pipelined. Loop thread only.
class Link {
 public:
  virtual ~Link() = default;

  /// Nothing when no answer came within `budget` (a later one is dropped) or the connection is over.
  virtual Task<std::optional<Reply>> ask(std::vector<std::string> words, Millis budget) = 0;
  /// Ends the connection; whoever waits gets nothing.
  virtual void close() = 0;
  /// Returns once the connection is over, whoever ended it. One waiter.
  virtual Task<void> ended() = 0;
};

/// Begins to connect; what is asked meanwhile waits for it. `ip` is a numeric address: a name would block the loop.
/// Nothing when the system refuses at once.
std::shared_ptr<Link> open_link(Executor loop, const std::string& ip, std::uint16_t port);

}  // namespace aisha::cache::redis
