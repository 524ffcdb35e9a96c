// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/task.hpp"
#include "domain/job.hpp"
#include "providers/image_generator.hpp"
#include "services/outbox/outbox_message.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {

/// How jobs of one kind are driven.
struct JobPace {
  Millis prepare_lease{0};        ///< of what is done before a submit: longer than the longest upload
  Millis lease{0};                ///< of a submit
  Millis store_lease{0};          ///< of a result being fetched: longer than the longest download
  Millis deadline{0};             ///< from the tap; then the coins return
  Millis poll_often{0};           ///< status polls start so far apart ...
  std::int64_t poll_patient = 0;  ///< ... and after so many ...
  Millis poll_seldom{0};          ///< ... slow down to this
  int prepare_parallel = 0;       ///< jobs being completed, ...
  int submit_parallel = 0;        ///< submits, ...
  int poll_parallel = 0;          ///< ... status questions and ...
  int store_parallel = 0;         ///< ... results being fetched and checked at once
};

/// What is told of a job.
enum class Telling { status, result, failed, cancelled, notice };

/// What an attempt cost by the units that the provider named with its result.
struct BilledCost {
  std::int64_t micro_usd = 0;
  std::string units;  ///< in its words, e.g. "3.0"
};

/// What was made of a result and now only has to be written down.
class Kept {
 public:
  virtual ~Kept() = default;
  /// Collects the kind's row; Errc::conflict at commit when it is not open any more.
  virtual void write(stores::UnitOfWork& unit, const domain::Job& job) const = 0;
  /// What the provider says that it takes for it; nothing where it says none.
  virtual std::optional<BilledCost> billed() const = 0;
};

/// Another endpoint for the same work.
struct Elsewhere {
  std::string model;
  std::string input;
  std::string quality;  ///< preset of that model
  std::string aspect_ratio;
  std::int64_t cost_micro_usd = 0;  ///< that an attempt is expected to cost
};

/// What `services/jobs` does not know of the work it drives: what is made of a result, and what is told.
class JobKind {
 public:
  virtual ~JobKind() = default;
  virtual domain::JobKindName name() const = 0;
  virtual JobPace pace() const = 0;
  /// How to read the provider's answer.
  virtual providers::OutputShape shape(const domain::Job& job) const = 0;
  /// Fetches, checks and stores the objects of `result` (JSON as ResultIntake keeps it) under keys that follow from the
  /// job; no row is touched. Repeating is harmless. Any Errc: `may_pass` tells which are worth another try. One about
  /// a Defect says that the result came and is no good.
  virtual Task<Result<std::unique_ptr<Kept>>> keep(domain::Job job, std::string result) = 0;
  virtual bool may_pass(const Error& error, const domain::Job& job) const = 0;
  /// The provider has the job's endpoint no more: how the same can be made elsewhere; nothing: nowhere.
  virtual Task<std::optional<Elsewhere>> elsewhere(domain::Job job) = 0;
  /// Collects the change of the kind's row to it.
  virtual void move(stores::UnitOfWork& unit, const domain::Job& job, const Elsewhere& to) const = 0;
  /// Collects what the kind's row has to know of another attempt in place of a result that is no good, and gives the
  /// input of that attempt.
  virtual std::string input_anew(stores::UnitOfWork& unit, const domain::Job& job) const = 0;
  /// Collects the end of the kind's row: `state` is failed or cancelled.
  virtual void close(stores::UnitOfWork& unit, const domain::Job& job, domain::JobState state, Errc why) const = 0;
  /// The row of the outbox that tells it. For a status, `occasion` tells one from another: the same is told once. The
  /// three ends share one key: a job ends once.
  virtual NewMessage message(const domain::Job& job, Telling telling, std::string_view occasion) const = 0;
  /// Collects what the end of the job, collected before, means for an order that it is a part of.
  virtual void ended(stores::UnitOfWork& unit, const domain::Job& job) const = 0;
  /// A result came for a job that has ended without one because it took too long, and its coins are back: collects a
  /// job that keeps it, at no price, once. False: it was given already, or nobody is there to have it.
  virtual Task<bool> give(stores::UnitOfWork& unit, domain::Job late, std::string request_id, std::string result) = 0;
  /// Whether the person has gone on below the status message, so that its change into the result may go unseen.
  virtual Task<bool> is_buried(stores::UnitOfWork& unit, domain::Job job) = 0;
  /// What the provider says of a running job, for the screens that show it; nothing = it runs no more.
  virtual Task<void> heard(domain::Job job, std::optional<providers::RemoteStatus> status) = 0;
};

/// The kinds this process knows. Kinds outlive it.
class JobKinds {
 public:
  explicit JobKinds(std::span<JobKind* const> all) : all_(all) {}

  std::span<JobKind* const> all() const { return all_; }
  /// Null for a kind that this process does not know.
  JobKind* find(domain::JobKindName name) const;

 private:
  std::span<JobKind* const> all_;
};

}  // namespace aisha::services
