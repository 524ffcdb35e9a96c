// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string_view>

#include "tests/fakes/service_world.hpp"

namespace aisha::services {

/// One person with one generation, just tapped.
class JobTest : public testing::Test {
 protected:
  JobTest() { fresh(); }

  /// Another person's generation, from the beginning.
  void fresh() {
    world_.settle();
    person_ += 1;
    world_.sender.told.clear();
    ticket_ = world_.tap(person_);
  }

  const Uuid& id() const { return ticket_.id; }
  fakes::ScriptedProvider& provider() { return world_.provider; }
  domain::JobState state() { return world_.job(id()).state; }
  void submit() { ASSERT_EQ(world_.step(world_.submit_worker), 1); }
  void poll() {
    world_.clock.advance(world_.policy.poll_last);
    ASSERT_EQ(world_.step(world_.poll_worker), 1);
  }
  void run_to_storing() {
    submit();
    poll();
    ASSERT_EQ(state(), domain::JobState::storing);
  }
  void cancel() {
    auto turn = world_.open(person_);
    answer_ = world_.run(world_.generations.cancel(turn.actor(), id())).value();
    world_.run(turn.commit()).value();
  }

  bool held() { return world_.free_coins(person_) == 25 - ticket_.price && world_.broken_invariants().empty(); }

  /// Ended without a picture: coins back, told once, nothing broken.
  void expect_end(domain::JobState end, std::string_view code, Meaning meaning) {
    const auto job = world_.job(id());
    EXPECT_EQ(job.state, end);
    EXPECT_EQ(job.error_code, code);
    const bool failed = end == domain::JobState::failed;
    EXPECT_EQ(world_.picture(id()).state, failed ? domain::PictureState::failed : domain::PictureState::cancelled);
    EXPECT_EQ(world_.picture(id()).error_code, failed ? code : "");
    EXPECT_EQ(world_.free_coins(person_), 25);
    expect_told(meaning);
  }
  /// Ended with a picture: paid once, told once, nothing broken.
  void expect_picture() {
    EXPECT_EQ(state(), domain::JobState::succeeded);
    EXPECT_EQ(world_.picture(id()).state, domain::PictureState::ready);
    EXPECT_EQ(world_.free_coins(person_), 25 - ticket_.price);
    expect_told(Meaning::job_result);
  }
  void expect_told(Meaning meaning) {
    while (world_.step(world_.outbox_worker) > 0) {
    }
    int ends = 0;
    for (const OutboxMessage& item : world_.sender.told) {
      if (item.generation_id == id() && item.meaning != Meaning::job_status && item.meaning != Meaning::ready_notice) {
        EXPECT_EQ(item.meaning, meaning);
        ++ends;
      }
    }
    EXPECT_EQ(ends, 1);
    EXPECT_EQ(world_.broken_invariants(), std::vector<std::string>());
  }

  fakes::ServiceWorld world_;
  AcceptedOrder ticket_;
  std::int64_t person_ = 1'000;
  Generations::CancelAnswer answer_ = Generations::CancelAnswer::too_late;
};

}  // namespace aisha::services
