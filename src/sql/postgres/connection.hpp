// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "base/time.hpp"
#include "sql/database.hpp"
#include "sql/postgres/pooler.hpp"

namespace aisha::sql::postgres {

/// How a statement's row count is looked at.
enum class Count : std::uint8_t {
  any,      ///< as it comes
  exactly,  ///< another number than `Command::rows` fails on the server, so that the transaction around it fails too
};

struct Command {
  Statement statement;
  Count count = Count::any;
  std::int64_t rows = 0;
};

/// Why a job came to nothing.
struct Failure {
  std::string state;      ///< SQLSTATE; "" when the connection was lost
  std::string message;    ///< one line
  std::size_t index = 0;  ///< of the command
};

/// Commands that travel together and, outside an explicit transaction, are one: the server keeps all of them or none
/// (libpq documentation: "Pipeline Mode").
class Job {
 public:
  virtual ~Job() = default;
  /// Runs on the loop and resumes whoever waits.
  virtual void complete() = 0;

  std::vector<Command> commands;
  std::vector<Rows> results;  ///< one a command, when there is no failure
  std::optional<Failure> failure;
};

/// One connection in pipeline mode: jobs of many coroutines travel one behind the other, each with a Sync of its own,
/// so that one's error leaves the others alone. Loop thread only. While nothing is under way it has no work on the
/// loop.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Throws Outage(unavailable) when the server does not let us in within `timeout`. `conninfo`: PQconnectdb's.
  /// `silence`: a server that says nothing for so long while something is asked of it is gone; 0 = TCP alone tells.
  /// `pooled`: behind a pooler each job brings its settings and goes unprepared.
  static Task<std::shared_ptr<Connection>> open(Executor loop, std::string conninfo, Millis timeout, Millis silence,
                                                Pooled pooled);

  /// Completes always; with a failure that has no state when the connection dies meanwhile.
  virtual void submit(std::unique_ptr<Job> job) = 0;
  /// Jobs under way.
  virtual std::size_t load() const = 0;
  /// False once it was lost, or the server has closed it while it was idle.
  virtual bool usable() = 0;
  /// Not to be given out again: what is under way still ends.
  virtual void retire() = 0;
};

}  // namespace aisha::sql::postgres
