// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "services/context/policy.hpp"
#include "services/jobs/job_kind.hpp"

namespace aisha::fakes {

/// The rows of NoteKind, in memory, and how keeping one goes.
struct NoteBook {
  std::map<Uuid, std::string> notes;  ///< what was kept, by job
  std::map<Uuid, Errc> closed;        ///< what ended without a note, and why
  std::map<Uuid, int> heard_of;       ///< how often something was heard of a job
  std::set<Errc> passing;             ///< failures of keeping that are worth another try
  Result<void> keeping;
};

/// The least a kind of job can be: of a result it keeps the text. Nothing of it is a picture.
class NoteKind final : public services::JobKind {
 public:
  NoteKind(const services::Policy& policy, NoteBook& book) : policy_(policy), book_(book) {}

  domain::JobKindName name() const override { return domain::JobKindName::training; }
  services::JobPace pace() const override {
    return {.lease = policy_.lease,
            .store_lease = policy_.store_lease,
            .deadline = policy_.deadline,
            .poll_often = policy_.poll_first,
            .poll_patient = policy_.poll_patient,
            .poll_seldom = policy_.poll_last,
            .submit_parallel = 1,
            .poll_parallel = 1,
            .store_parallel = 1};
  }
  providers::OutputShape shape(const domain::Job&) const override { return {}; }
  Task<Result<std::unique_ptr<services::Kept>>> keep(domain::Job, std::string result) override {
    if (!book_.keeping) {
      co_return std::unexpected(book_.keeping.error());
    }
    co_return std::make_unique<Note>(book_, std::move(result));
  }
  bool may_pass(const Error& error, const domain::Job&) const override { return book_.passing.contains(error.code); }
  Task<std::optional<services::Elsewhere>> elsewhere(domain::Job) override { co_return std::nullopt; }
  void move(stores::UnitOfWork&, const domain::Job&, const services::Elsewhere&) const override {}
  std::string input_anew(stores::UnitOfWork&, const domain::Job& job) const override { return job.input; }
  void close(stores::UnitOfWork& unit, const domain::Job& job, domain::JobState, Errc why) const override {
    unit.when_durable([&book = book_, id = job.id, why] { book.closed.emplace(id, why); });
  }
  void ended(stores::UnitOfWork&, const domain::Job&) const override {}
  services::NewMessage message(const domain::Job& job, services::Telling telling,
                               std::string_view occasion) const override {
    services::NewMessage out;
    out.chat_id = job.chat_id;
    out.meaning = services::Meaning::original;
    out.ref = job.id;
    out.detail = occasion;
    out.dedupe_key = job.id.to_string() + std::to_string(static_cast<int>(telling));
    return out;
  }
  Task<bool> give(stores::UnitOfWork&, domain::Job, std::string, std::string) override { co_return false; }
  Task<bool> is_buried(stores::UnitOfWork&, domain::Job) override { co_return false; }
  Task<void> heard(domain::Job job, std::optional<providers::RemoteStatus>) override {
    ++book_.heard_of[job.id];
    co_return;
  }

 private:
  class Note final : public services::Kept {
   public:
    Note(NoteBook& book, std::string text) : book_(book), text_(std::move(text)) {}
    void write(stores::UnitOfWork& unit, const domain::Job& job) const override {
      unit.when_durable([&book = book_, id = job.id, text = text_] { book.notes.emplace(id, text); });
    }
    std::optional<services::BilledCost> billed() const override { return services::BilledCost{7, "1"}; }

   private:
    NoteBook& book_;
    std::string text_;
  };

  const services::Policy& policy_;
  NoteBook& book_;
};

}  // namespace aisha::fakes
