// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "stores/jobs/job_steps.hpp"
#include "stores/jobs/provider_events.hpp"
#include "stores/ledger/invariants.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/people/avatars.hpp"
#include "stores/people/chats.hpp"
#include "stores/people/users.hpp"
#include "stores/pictures/generations.hpp"
#include "stores/queue/inbox_rows.hpp"
#include "stores/queue/outbox_rows.hpp"
#include "tests/contract/support/engine.hpp"

namespace aisha::testing {

using domain::Generation;
using domain::JobState;
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

  Generation draft(const domain::User& user) {
    Generation g;
    g.id = Uuid::v7(db().now(), rng_);
    g.user_id = user.id;
    g.template_id = "business";
    g.prompt = "TOK in an office";
    g.model = "fal-ai/flux-lora";
    g.input = "{}";
    g.price = kPrice;
    g.chat_id = user.telegram_id;
    g.local_day = "2026-01-15";
    g.deadline_at = db().now() + kDeadline;
    return g;
  }

  /// A queued job with its hold.
  Generation queued() {
    const Generation g = draft(user_);
    const auto done = write([&](UnitOfWork& u) {
      stores::generations::create(u, g, "app:" + g.id.to_string());
      stores::ledger::hold(u, g.user_id, g.id, g.price);
    });
    EXPECT_TRUE(done);
    return load(g.id);
  }

  Generation load(const Uuid& id) {
    return *ask([&](UnitOfWork& u) { return stores::generations::load(u, id); });
  }

  Generation claimed(JobState state) {
    auto jobs = ask([&](UnitOfWork& u) { return stores::job_steps::claim(u, state, 1, kLease); });
    EXPECT_EQ(jobs.size(), 1U);
    return jobs.at(0);
  }

  Generation submitting(const std::string& token) {
    queued();
    const Generation job = claimed(JobState::queued);
    EXPECT_TRUE(write([&](UnitOfWork& u) { stores::job_steps::begin_submit(u, job, token, kLease); }));
    return load(job.id);
  }

  Generation running(const std::string& token) {
    const Generation job = submitting(token);
    const stores::job_steps::Accepted accepted{"req-" + token, "handle"};
    EXPECT_TRUE(write([&](UnitOfWork& u) { stores::job_steps::accept_submit(u, job, token, accepted, Millis(5000)); }));
    return load(job.id);
  }

  stores::provider_events::Applied happen(const stores::provider_events::Event& event) {
    UnitOfWork u(db(), rng_);
    run(stores::provider_events::put(u, event));
    auto applied = run(stores::provider_events::apply(u, event, Millis(2000)));
    EXPECT_TRUE(run(u.commit()));
    return applied;
  }

  static stores::provider_events::Event success(const std::string& token) {
    return {"req-" + token, token, true, R"({"images":[1]})", Errc::provider_failed, false};
  }

  static stores::job_steps::Picture picture(const Generation& job) {
    stores::job_steps::Picture p;
    p.bucket = "aisha-v2-generated";
    p.object_key = domain::object_key(job.created_at, job.id, "jpg");
    p.width = 1536;
    p.height = 2048;
    p.bytes = 1000;
    p.sha256 = std::string(64, 'a');
    p.content_type = "image/jpeg";
    return p;
  }

  Generation succeeded(const std::string& token) {
    running(token);
    happen(success(token));
    const Generation job = claimed(JobState::storing);
    EXPECT_TRUE(write([&](UnitOfWork& u) {
      stores::job_steps::succeed(u, job, picture(job));
      stores::ledger::capture(u, job.user_id, job.id, job.price);
    }));
    return load(job.id);
  }

  stores::ledger::Balance balance() {
    return ask([&](UnitOfWork& u) { return stores::ledger::balance(u, user_.id); });
  }

  /// Without I8: these tests send no messages.
  std::vector<std::string> broken_invariants() {
    return ask([&](UnitOfWork& u) { return stores::ledger::check_invariants(u, TimePoint::max()); });
  }

  std::int64_t number(sql::Statement statement) { return run(db().read(std::move(statement)))[0].i64(0); }

  domain::User user_;
};

}  // namespace aisha::testing
