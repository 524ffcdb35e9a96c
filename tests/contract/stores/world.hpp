// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "stores/jobs/attempts.hpp"
#include "stores/jobs/job_claims.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/jobs/provider_events.hpp"
#include "stores/jobs/request_keys.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/people/avatars.hpp"
#include "stores/people/chats.hpp"
#include "stores/people/users.hpp"
#include "stores/pictures/requests.hpp"
#include "stores/queue/inbox_rows.hpp"
#include "stores/queue/outbox_rows.hpp"
#include "stores/upkeep/audit.hpp"
#include "tests/contract/stores/samples.hpp"
#include "tests/contract/support/engine.hpp"

namespace aisha::testing {

using domain::JobKindName;
using domain::JobState;
using domain::Picture;
using domain::PictureState;
using stores::UnitOfWork;

inline constexpr Millis kLease{30'000};
inline constexpr Millis kDeadline{600'000};
inline constexpr std::int64_t kPrice = 5;

/// Fixture with a user, a chat and short ways to the states of a job.
class StoreTest : public DatabaseTest {
 protected:
  StoreTest() { user_ = make_user(1001, 100); }

  UnitOfWork unit() { return UnitOfWork(db(), rng_); }

  Result<void> commit(UnitOfWork& unit) { return run(unit.commit()); }
  /// Collects writes by `fill` in a unit of their own and commits them.
  template <class Fill>
  Result<void> write(Fill fill) {
    UnitOfWork u(db(), rng_);
    fill(u);
    return run(u.commit());
  }

  /// Runs `ask(unit)`, a Task, in a unit of its own.
  template <class Ask>
  auto ask(Ask function) {
    UnitOfWork u(db(), rng_);
    return run(function(u));
  }

  domain::User make_user(std::int64_t telegram_id, std::int64_t coins) {
    domain::User user;
    user.id = Uuid::v7(db().now(), rng_);
    user.telegram_id = telegram_id;
    user.first_name = "Анна";
    user.language_code = "ru";
    domain::Chat chat;
    chat.chat_id = telegram_id;
    chat.user_id = user.id;
    const auto done = write([&](UnitOfWork& u) {
      stores::users::create(u, user);
      stores::ledger::open_accounts(u, user.id);
      stores::ledger::grant(u, user.id, "start:" + user.id.to_string(), coins);
      stores::chats::save(u, chat);
    });
    if (!done) {
      throw std::runtime_error(done.error().detail);
    }
    return user;
  }

  Picture draft(const domain::User& user) {
    Picture p;
    p.id = Uuid::v7(db().now(), rng_);
    p.user_id = user.id;
    p.template_id = "business";
    p.prompt = "TOK in an office";
    p.model = "fal-ai/flux-lora";
    p.price = kPrice;
    p.chat_id = user.telegram_id;
    p.local_day = "2026-01-15";
    return p;
  }

  Job job_for(const Picture& p) {
    Job job;
    job.id = p.id;
    job.user_id = p.user_id;
    job.chat_id = p.chat_id;
    job.trace = p.id;
    job.model = p.model;
    job.input = "{}";
    job.price = p.price;
    job.deadline_at = db().now() + kDeadline;
    return job;
  }

  /// Collects a request with its job, key and hold.
  void ask_for(UnitOfWork& u, const Picture& p, std::string_view key) {
    stores::request_keys::add(u, key, p.id);
    stores::requests::create(u, p);
    stores::jobs::create(u, job_for(p));
    stores::ledger::hold(u, p.user_id, p.id, p.price);
  }

  /// A queued job with its request and hold.
  Job queued() {
    const Picture p = draft(user_);
    EXPECT_TRUE(write([&](UnitOfWork& u) { ask_for(u, p, "app:" + p.id.to_string()); }));
    return load(p.id);
  }

  Job load(Uuid id) {
    return *ask([&](UnitOfWork& u) { return stores::jobs::load(u, id); });
  }
  Picture request(Uuid id) {
    return *ask([&](UnitOfWork& u) { return stores::requests::load(u, id); });
  }

  std::vector<Job> claim(JobState state, std::int64_t limit = 9) {
    return ask([&](UnitOfWork& u) { return stores::job_claims::claim(u, JobKindName::picture, state, limit, kLease); });
  }

  Job claimed(JobState state) {
    auto jobs = claim(state, 1);
    EXPECT_EQ(jobs.size(), 1U);
    return jobs.at(0);
  }

  Job submitting(const std::string& token) {
    queued();
    const Job job = claimed(JobState::queued);
    EXPECT_TRUE(write([&](UnitOfWork& u) { stores::jobs::begin_submit(u, job, token, kLease); }));
    return load(job.id);
  }

  Job running(const std::string& token) {
    const Job job = submitting(token);
    const stores::jobs::Accepted accepted{"req-" + token, "handle"};
    EXPECT_TRUE(write([&](UnitOfWork& u) { stores::jobs::accept_submit(u, job, token, accepted, Millis(5000)); }));
    return load(job.id);
  }

  /// Everything that ends a job without a result, as the services write it.
  void end(UnitOfWork& u, const Job& job, JobState state, Errc why) {
    const bool cancelled = state == JobState::cancelled;
    stores::requests::close(u, job.id, cancelled ? PictureState::cancelled : PictureState::failed, code_of(why));
    stores::jobs::finish(u, job, state, code_of(why));
    stores::ledger::release(u, job.user_id, job.id, job.price);
  }

  stores::provider_events::Applied happen(const stores::provider_events::Event& event) {
    UnitOfWork u(db(), rng_);
    run(stores::provider_events::put(u, event));
    auto applied = run(stores::provider_events::apply(u, event, Millis(2000)));
    if (applied.effect == stores::provider_events::Effect::failed) {
      end(u, *applied.job, JobState::failed, event.code);
    } else if (applied.effect == stores::provider_events::Effect::cancelled) {
      end(u, *applied.job, JobState::cancelled, Errc::job_cancelled);
    }
    EXPECT_TRUE(run(u.commit()));
    return applied;
  }

  Job succeeded(const std::string& token) {
    running(token);
    happen(success(token));
    const Job job = claimed(JobState::storing);
    EXPECT_TRUE(write([&](UnitOfWork& u) {
      stores::requests::make_ready(u, job.id, object(job), u.now() - job.created_at);
      stores::jobs::finish(u, job, JobState::succeeded, "");
      stores::ledger::capture(u, job.user_id, job.id, job.price);
    }));
    return load(job.id);
  }

  Balance balance() {
    const auto of = [this](const char* kind) { return number(balance_of(user_, kind)); };
    return {of("available"), of("held"), of("debt")};
  }

  /// Without I8: these tests send no messages.
  std::vector<std::string> broken_invariants() {
    return ask([](UnitOfWork& u) { return stores::audit::violations(u, {.kept_for = Millis(-1)}); });
  }

  std::int64_t number(sql::Statement statement) { return run(db().read(std::move(statement)))[0].i64(0); }

  domain::User user_;
};

}  // namespace aisha::testing
