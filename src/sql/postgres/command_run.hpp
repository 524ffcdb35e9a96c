// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "sql/postgres/connection.hpp"

namespace aisha::sql::postgres {

/// What became of a job; the commands come back, so that they can be sent again.
struct Outcome {
  std::vector<Command> commands;
  std::vector<Rows> results;
  std::optional<Failure> failure;
};

/// Sends the commands as one job and waits for its end.
Task<Outcome> run_job(std::shared_ptr<Connection> connection, std::vector<Command> commands);

}  // namespace aisha::sql::postgres
