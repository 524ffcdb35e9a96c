// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "http/client/client.hpp"
#include "providers/fal/signature.hpp"

namespace aisha::providers::fal {

/// The keys that sign fal's webhooks, fetched from its JWKS and kept for a day. However many forged calls come, the
/// address is asked at most once a minute while keys are known, once a second while none are. Loop thread only.
class KeyRing {
 public:
  /// `http` and `clock` outlive it.
  KeyRing(const Executor& executor, http::Client& http, Clock& clock, std::string url)
      : http_(http), clock_(clock), url_(std::move(url)), fetched_(executor) {}

  /// Errc::unavailable: none are known and none can be had. Keys older than a day are used while fal does not answer.
  Task<Result<std::vector<PublicKey>>> keys();
  /// After a signature that none of `keys` made: the keys of now when there may be others.
  /// Errc::unavailable: fal could not be asked; Errc::not_found: asked within the last minute.
  Task<Result<std::vector<PublicKey>>> newer_keys();

 private:
  Task<bool> fetch();
  bool asked_within(Millis time) const;

  http::Client& http_;
  Clock& clock_;
  std::string url_;
  std::vector<PublicKey> keys_;
  std::optional<TimePoint> asked_at_;
  TimePoint known_at_{};
  bool last_failed_ = false;
  bool fetching_ = false;
  boost::asio::steady_timer fetched_;  // never expires: whoever waits for the running fetch is woken by cancelling it
};

}  // namespace aisha::providers::fal
