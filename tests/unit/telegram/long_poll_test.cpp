// SPDX-License-Identifier: Apache-2.0
#include "telegram/long_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <stdexcept>

#include "base/json.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/fakes/scripted_http.hpp"

namespace aisha::telegram {
namespace {

using ::testing::ElementsAre;

/// A clock that never waits: it notes the pauses.
class NotingClock final : public Clock {
 public:
  TimePoint now() const override { return {}; }
  Task<void> sleep(Millis delay) override {
    pauses.push_back(delay.count());
    co_return;
  }
  std::vector<std::int64_t> pauses;
};

/// Each test lays out answers and closes with a 401, which ends the run.
class LongPollTest : public ::testing::Test {
 protected:
  void updates(const std::string& list) { http_.answer(200, R"({"ok":true,"result":[)" + list + "]}"); }
  void refusal(int status, const std::string& description, const std::string& more = "") {
    http_.answer(status, R"({"ok":false,"error_code":)" + std::to_string(status) + R"(,"description":")" + description +
                             "\"" + more + "}");
  }

  Error run(UpdateSink sink) {
    refusal(401, "Unauthorized");
    LongPoll poll(api_, clock_, rng_, std::move(sink), options_);
    return loop_.run(poll.run());
  }

  UpdateSink keep() {
    return [this](const std::vector<RawUpdate>& batch) { return store(batch); };
  }

  Task<void> store(std::vector<RawUpdate> batch) {
    ++batches_;
    for (const RawUpdate& update : batch) {
      stored_.push_back(update.head.update_id.value_or(-1));
    }
    co_return;
  }

  std::vector<std::int64_t> offsets() const {
    std::vector<std::int64_t> out;
    for (const auto& request : http_.requests) {
      out.push_back(json::parse(request.body)->at("offset").as_int64());
    }
    return out;
  }

  fakes::Loop loop_;
  fakes::ScriptedHttp http_;
  BotApi api_{Secret("1:T"), "http://api", http_};
  NotingClock clock_;
  SeededRng rng_{1};
  LongPollOptions options_;
  std::vector<std::int64_t> stored_;
  int batches_ = 0;
};

TEST_F(LongPollTest, TheNextPollAcknowledgesExactlyWhatWasStored) {
  updates(R"({"update_id":10},{"update_id":11})");
  updates("");
  updates(R"({"update_id":12})");
  const Error ended = run(keep());
  EXPECT_EQ(ended.code, Errc::telegram_unauthorized);
  EXPECT_THAT(offsets(), ElementsAre(0, 12, 0, 13)) << "an empty answer leaves nothing to acknowledge";
  EXPECT_THAT(stored_, ElementsAre(10, 11, 12));
  EXPECT_TRUE(clock_.pauses.empty());
}

TEST_F(LongPollTest, TheRequestNamesTimeoutLimitAndKinds) {
  options_.timeout_s = 20;
  updates("");
  run(keep());
  ASSERT_EQ(http_.requests.size(), 2U);
  EXPECT_EQ(http_.requests[1].body, R"({"offset":0,"limit":100,"timeout":20,"allowed_updates":)"
                                    R"(["message","callback_query","my_chat_member","inline_query"]})");
  EXPECT_EQ(http_.requests[1].timeout, Millis(30'000));
}

TEST_F(LongPollTest, k02_TheFirstPollAndTheOneAfterAFailureWantAnAnswerAtOnce) {
  options_.timeout_s = 20;
  updates("");
  updates("");
  http_.break_with(Errc::net_unknown);
  updates("");
  run(keep());
  std::vector<std::int64_t> timeouts;
  for (const auto& request : http_.requests) {
    timeouts.push_back(json::parse(request.body)->at("timeout").as_int64());
  }
  EXPECT_THAT(timeouts, ElementsAre(0, 20, 20, 0, 20));
}

TEST_F(LongPollTest, k02_HeardIsWhatIsStoredOrAnEmptyAnswerAndNothingElse) {
  refusal(409, "Conflict: terminated by other getUpdates request");
  updates(R"({"update_id":10})");
  refusal(401, "Unauthorized");
  LongPoll poll(
      api_, clock_, rng_, [](const std::vector<RawUpdate>&) -> Task<void> { throw std::runtime_error("full"); },
      options_);
  loop_.run(poll.run());
  EXPECT_FALSE(poll.heard_at());
  EXPECT_TRUE(poll.failing_since());
  updates("");
  refusal(401, "Unauthorized");
  loop_.run(poll.run());
  EXPECT_TRUE(poll.heard_at());
  EXPECT_TRUE(poll.failing_since()) << "the token is refused";
}

TEST_F(LongPollTest, k01c_LowerIdsAfterSilenceAreSeenAndAcknowledged) {
  updates(R"({"update_id":900})");
  updates("");
  updates(R"({"update_id":10},{"update_id":11})");
  updates(R"({"update_id":12})");
  run(keep());
  EXPECT_THAT(stored_, ElementsAre(900, 10, 11, 12));
  EXPECT_THAT(offsets(), ElementsAre(0, 901, 0, 12, 13));
}

TEST_F(LongPollTest, k01c_ABatchBelowTheOffsetIsANewSequence) {
  updates(R"({"update_id":900})");
  updates(R"({"update_id":10},{"update_id":11})");
  updates(R"({"update_id":12})");
  run(keep());
  EXPECT_THAT(offsets(), ElementsAre(0, 901, 12, 13));
  EXPECT_TRUE(clock_.pauses.empty());
}

TEST_F(LongPollTest, k01d_AWebhookThatStaysEndsTheRunSoThatItIsTakenAway) {
  const std::string active =
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
  for (int i = 0; i < 4; ++i) {
    refusal(409, active);
  }
  EXPECT_EQ(run(keep()).code, Errc::telegram_conflict);
  EXPECT_THAT(clock_.pauses, ElementsAre(1000, 2000, 4000)) << "our own change to polling passes without a word";
}

TEST_F(LongPollTest, ABatchThatTheSinkCouldNotStoreComesAgain) {
  updates(R"({"update_id":10})");
  updates(R"({"update_id":10})");
  int calls = 0;
  run([&](const std::vector<RawUpdate>& batch) -> Task<void> {
    if (++calls == 1) {
      throw std::runtime_error("disk full");
    }
    return store(batch);
  });
  EXPECT_THAT(offsets(), ElementsAre(0, 0, 11));
  EXPECT_THAT(stored_, ElementsAre(10));
  ASSERT_EQ(clock_.pauses.size(), 1U);
  EXPECT_LE(clock_.pauses[0], 100);
}

TEST_F(LongPollTest, UpdatesOutOfOrderMoveTheOffsetToTheHighest) {
  updates(R"({"update_id":12},{"update_id":10})");
  updates(R"({"update_id":11})");
  run(keep());
  EXPECT_THAT(offsets(), ElementsAre(0, 13, 12));
  EXPECT_THAT(stored_, ElementsAre(12, 10, 11));
}

TEST_F(LongPollTest, PoisonIsHandedOnAndDoesNotMoveTheOffset) {
  updates(R"({"update_id":"x"},{"update_id":10},{"message":1})");
  updates(R"({"update_id":-1})");
  run(keep());
  EXPECT_THAT(stored_, ElementsAre(-1, 10, -1, -1));
  EXPECT_THAT(offsets(), ElementsAre(0, 11, 11));
  EXPECT_EQ(clock_.pauses.size(), 1U) << "the same poison would come back at once";
}

TEST_F(LongPollTest, OutagesBackOffWithJitterOfAtMostFiveSeconds) {
  for (int i = 0; i < 30; ++i) {
    i % 2 == 0 ? http_.break_with(Errc::net_not_sent) : http_.answer(502, "<html>");
  }
  run(keep());
  ASSERT_EQ(clock_.pauses.size(), 30U);
  EXPECT_LE(clock_.pauses[0], 100);
  std::int64_t longest = 0;
  for (const auto pause : clock_.pauses) {
    EXPECT_GE(pause, 1);
    EXPECT_LE(pause, 5'000);
    longest = std::max(longest, pause);
  }
  EXPECT_GT(longest, 2'500);
  EXPECT_EQ(batches_, 0);
}

TEST_F(LongPollTest, ASuccessEndsTheBackOff) {
  for (int i = 0; i < 10; ++i) {
    http_.break_with(Errc::net_unknown);
  }
  updates("");
  http_.break_with(Errc::net_unknown);
  run(keep());
  EXPECT_LE(clock_.pauses.back(), 100);
}

TEST_F(LongPollTest, AConflictPausesLongerEachTimeAndNeverSpins) {
  for (int i = 0; i < 8; ++i) {
    refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
  }
  updates("");
  refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
  run(keep());
  EXPECT_THAT(clock_.pauses, ElementsAre(1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 1000));
}

TEST_F(LongPollTest, AFloodWaitsAsLongAsTelegramSays) {
  refusal(429, "Too Many Requests: retry after 7", R"(,"parameters":{"retry_after":7})");
  run(keep());
  EXPECT_THAT(clock_.pauses, ElementsAre(7000));
}

TEST_F(LongPollTest, CancellingTheSinkEndsTheRunWithoutMovingOn) {
  updates(R"({"update_id":10})");
  EXPECT_THROW(run([](const std::vector<RawUpdate>&) -> Task<void> {
                 throw boost::system::system_error(boost::asio::error::operation_aborted);
               }),
               boost::system::system_error);
  EXPECT_EQ(http_.requests.size(), 1U);
}

}  // namespace
}  // namespace aisha::telegram
