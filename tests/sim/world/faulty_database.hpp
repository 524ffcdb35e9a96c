// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sql/database.hpp"
#include "tests/sim/world/universe.hpp"

namespace aisha::sim {

/// One process's connection to the universe's database: takes its time, loses commits and the news of commits, and
/// twists statements as the mutation says. A refusal by a wall of the schema is a violation: the product must never run
/// into one.
class FaultyDatabase final : public sql::Database {
 public:
  FaultyDatabase(Universe& universe, SimClock& clock) : universe_(universe), clock_(clock) {}

  Task<sql::Rows> read(sql::Statement statement) override;
  Task<Result<sql::Rows>> write(sql::Batch batch) override;
  Task<std::unique_ptr<sql::Transaction>> begin() override { return universe_.db->begin(); }
  TimePoint now() const override { return universe_.db->now(); }

 private:
  Task<void> pause();
  void twist(sql::Statement& statement);
  void twist(sql::Batch& batch);
  void hold_anew(sql::Batch& batch);

  Universe& universe_;
  SimClock& clock_;
};

}  // namespace aisha::sim
