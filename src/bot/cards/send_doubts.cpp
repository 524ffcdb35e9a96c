// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/send_doubts.hpp"

#include <algorithm>

#include "base/backoff.hpp"

namespace aisha::bot {
namespace {

// Long enough for a gateway to come back, short enough for a person to wait.
constexpr Millis kFirstTry{5'000};
constexpr Millis kLastTry{15'000};
// Rows and updates live shorter than that.
constexpr Millis kForgotten{48LL * 3'600'000};
constexpr std::size_t kMost = 10'000;

}  // namespace

bool SendDoubts::any_of(std::string_view method) const {
  return std::ranges::any_of(doubts_, [method](const auto& entry) { return entry.second.method == method; });
}

bool SendDoubts::lets(const Send& send, TimePoint now) {
  const auto found = doubts_.find(send.id);
  if (found == doubts_.end()) {
    return true;
  }
  Doubt& doubt = found->second;
  Method& method = methods_[doubt.method];
  if (method.accepted > doubt.since) {
    doubt.repeated = true;
    return true;
  }
  if (now < method.next_try) {
    return false;
  }
  method.next_try = now + doubled(kFirstTry, method.tries++, kLastTry);
  return true;
}

void SendDoubts::recall(const Send& send, TimePoint now) {
  const auto [doubt, fresh] = doubts_.try_emplace(send.id, Doubt{std::string(send.method), 0, now, false});
  if (fresh) {
    // What was accepted before says nothing of an outage that may still last.
    doubt->second.since = ++events_;
  }
}

void SendDoubts::accepted(const Send& send) {
  doubts_.erase(send.id);
  Method& method = methods_[std::string(send.method)];
  method.accepted = ++events_;
  method.tries = 0;
}

bool SendDoubts::may_repeat(const Send& send, TimePoint now) {
  if (doubts_.size() >= kMost) {
    std::erase_if(doubts_, [now](const auto& entry) { return entry.second.begun + kForgotten < now; });
  }
  const bool first = !any_of(send.method);
  Doubt& doubt = doubts_.try_emplace(send.id, Doubt{std::string(send.method), 0, now, false}).first->second;
  if (doubt.repeated) {
    doubts_.erase(send.id);
    return false;
  }
  doubt.since = ++events_;
  Method& method = methods_[doubt.method];
  if (first) {
    method.tries = 0;
    method.next_try = now + doubled(kFirstTry, method.tries++, kLastTry);
  }
  return true;
}

Millis SendDoubts::wait(const Uuid& id, TimePoint now) const {
  const auto found = doubts_.find(id);
  if (found == doubts_.end()) {
    return Millis(0);
  }
  // What has waited long need not look as often.
  const Millis age = std::chrono::duration_cast<Millis>(now - found->second.begun);
  return std::clamp(age / 2, kFirstTry, kLastTry);
}

}  // namespace aisha::bot
