// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace aisha::bot {

/// What is known of sends without a sure answer: a 5xx, or none at all, may come after Telegram has carried a send out.
/// Such a one is repeated once, and only after Telegram has accepted another send of that method, so that the outage is
/// over. While nothing is accepted one of all that wait tries now and then, or nobody would ever know. Fresh sends and
/// everything that is no send go on. Memory only: whoever repeats after a restart knows from its row. Loop thread only.
class SendDoubts {
 public:
  /// One message on its way: an update's card, a row of the outbox.
  struct Send {
    std::string_view method;
    Uuid id;
  };

  /// Whether it may be sent now. A send in doubt that may is its repeat, or the try that finds out.
  bool lets(const Send& send, TimePoint now);
  /// Without a sure answer in another process, or in a life of this one before: in doubt from now on.
  void recall(const Send& send, TimePoint now);
  /// Telegram took it.
  void accepted(const Send& send);
  /// Its outcome is unknown. False: it was the repeat, so that it is to be given up.
  bool may_repeat(const Send& send, TimePoint now);

  /// When to ask again for what is in doubt; zero for what is not.
  Millis wait(const Uuid& id, TimePoint now) const;

 private:
  struct Doubt {
    std::string method;
    std::uint64_t since = 0;  ///< in the order of events
    TimePoint begun;
    bool repeated = false;
  };
  struct Method {
    std::uint64_t accepted = 0;  ///< the last one, in the order of events
    TimePoint next_try{};
    int tries = 0;
  };
  bool any_of(std::string_view method) const;

  std::map<Uuid, Doubt> doubts_;
  std::map<std::string, Method, std::less<>> methods_;
  std::uint64_t events_ = 0;
};

}  // namespace aisha::bot
