// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/key_ring.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"

namespace aisha::providers::fal {
namespace {

namespace asio = boost::asio;

constexpr Millis kKept{24LL * 3'600'000};
constexpr Millis kPause{60'000};
constexpr Millis kPauseWithoutKeys{1'000};
constexpr std::size_t kMostBytes = 64U << 10U;

/// Ends a fetch, however it ends.
class Ending {
 public:
  Ending(bool& fetching, asio::steady_timer& fetched) : fetching_(fetching), fetched_(fetched) { fetching_ = true; }
  Ending(const Ending&) = delete;
  Ending& operator=(const Ending&) = delete;
  ~Ending() {
    fetching_ = false;
    fetched_.cancel();
  }

 private:
  bool& fetching_;
  asio::steady_timer& fetched_;
};

}  // namespace

bool KeyRing::asked_within(Millis time) const {
  return asked_at_ && clock_.now() < *asked_at_ + time;
}

Task<Result<std::vector<PublicKey>>> KeyRing::keys() {
  const bool fresh = !keys_.empty() && clock_.now() < known_at_ + kKept;
  if (!fresh && (fetching_ || !asked_within(keys_.empty() ? kPauseWithoutKeys : kPause))) {
    co_await fetch();
  }
  if (keys_.empty()) {
    co_return fail(Errc::unavailable, "fal's keys cannot be had");
  }
  co_return keys_;
}

Task<Result<std::vector<PublicKey>>> KeyRing::newer_keys() {
  if (!fetching_ && asked_within(kPause)) {
    co_return fail(last_failed_ ? Errc::unavailable : Errc::not_found, "fal's keys were asked for a moment ago");
  }
  const bool fetched = co_await fetch();
  if (!fetched) {
    co_return fail(Errc::unavailable, "fal's keys cannot be had");
  }
  co_return keys_;
}

Task<bool> KeyRing::fetch() {
  if (fetching_) {
    boost::system::error_code woken;
    co_await fetched_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    co_return !last_failed_;
  }
  const Ending ending(fetching_, fetched_);
  fetched_.expires_at(asio::steady_timer::time_point::max());
  asked_at_ = clock_.now();
  last_failed_ = true;
  http::Request request;
  request.url = url_;
  request.max_body = kMostBytes;
  const auto answer = co_await http_.send(std::move(request));
  auto found = answer && answer->status == 200 ? read_jwks(answer->body) : std::vector<PublicKey>();
  if (found.empty()) {
    log::warn("fal's webhook keys: {}", answer ? "an answer without any" : std::string(code_of(answer.error().code)));
    co_return false;
  }
  keys_ = std::move(found);
  known_at_ = clock_.now();
  last_failed_ = false;
  co_return true;
}

}  // namespace aisha::providers::fal
