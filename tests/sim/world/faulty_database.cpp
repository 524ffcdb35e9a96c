// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/faulty_database.hpp"

#include <array>
#include <map>
#include <string>

namespace aisha::sim {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

// Drivers know prepared statements by address: each text is twisted once and then kept.
sql::Text without_fence(sql::Text original) {
  static std::map<const char*, std::string> twisted;
  auto found = twisted.find(original.c_str());
  if (found == twisted.end()) {
    std::string text = original.c_str();
    if (text.starts_with("UPDATE jobs")) {
      for (const std::string_view guard :
           {" AND status = $2 AND lease_epoch = $3", " AND status = 'queued' AND lease_epoch = $2"}) {
        replace_all(text, guard, "");
      }
    }
    found = twisted.emplace(original.c_str(), std::move(text)).first;
  }
  return sql::Text::lasting(found->second.c_str());
}

bool starts(const sql::Statement& statement, std::string_view prefix) {
  return std::string_view(statement.text.c_str()).starts_with(prefix);
}

bool promotes(const sql::Statement& statement) {
  const std::string_view text = statement.text.c_str();
  return text.contains(" SET due_at = ") && text.ends_with(" AND due_at IS NULL RETURNING lane");
}

}  // namespace

Task<void> FaultyDatabase::pause() {
  // Mostly at once, as on the loop; sometimes as on a server.
  if (universe_.rng.below(4) == 0) {
    const Millis delay = universe_.between(1, 8);
    co_await clock_.sleep(delay);
  }
}

void FaultyDatabase::twist(sql::Statement& statement) {
  const Mutation& mutation = universe_.plan().mutation;
  if (mutation.no_fence) {
    statement.text = without_fence(statement.text);
  }
  if (mutation.no_dedupe) {
    if (starts(statement, "INSERT INTO inbox (bot_id, update_id, lane, kind, body, due_at")) {
      const auto id = std::get<std::int64_t>(statement.params[1].data());
      statement.params[1] =
          sql::Value(id % 1'000'000'000 * 1'000'000 + static_cast<std::int64_t>(universe_.rng.below(1'000'000)));
    } else if (starts(statement, "INSERT INTO request_keys") ||
               starts(statement, "SELECT (SELECT request_id FROM request_keys")) {
      statement.params[0] = sql::Value(std::to_string(universe_.rng.next()));
    }
  }
}

// As if asking again were asking: the coins of the price once more, under a hold of its own.
void FaultyDatabase::hold_anew(sql::Batch& batch) {
  constexpr sql::Text kTake =
      "UPDATE ledger_account SET balance = balance - (SELECT price FROM jobs WHERE id = $1)"
      " WHERE kind = 'available' AND user_id = (SELECT user_id FROM jobs WHERE id = $1)";
  constexpr sql::Text kGive =
      "UPDATE ledger_account SET balance = balance + (SELECT price FROM jobs WHERE id = $1)"
      " WHERE kind = 'held' AND user_id = (SELECT user_id FROM jobs WHERE id = $1)";
  constexpr sql::Text kHold =
      "INSERT INTO ledger_transfer (id, idem_key, kind, from_id, to_id, amount, job_id, created_at)"
      " SELECT $2, 'anew:' || hex($2), 'hold', a.id, h.id, j.price, j.id, $3"
      " FROM jobs j, ledger_account a, ledger_account h WHERE j.id = $1"
      " AND a.user_id = j.user_id AND a.kind = 'available' AND h.user_id = j.user_id AND h.kind = 'held'";
  sql::Batch out;
  for (sql::Write& write : batch) {
    const bool anew = std::string_view(write.statement.text.c_str()).contains("rerolls = rerolls + 1");
    const sql::Value job = anew ? write.statement.params[0] : sql::Value();
    out.push_back(std::move(write));
    if (anew) {
      const sql::Value id(Uuid::v7(universe_.timers.now(), universe_.rng));
      out.push_back({sql::Statement(kTake, job), std::nullopt});
      out.push_back({sql::Statement(kGive, job), std::nullopt});
      out.push_back({sql::Statement(kHold, job, id, universe_.timers.now()), std::nullopt});
    }
  }
  batch = std::move(out);
}

void FaultyDatabase::twist(sql::Batch& batch) {
  const Mutation& mutation = universe_.plan().mutation;
  std::erase_if(batch, [&](const sql::Write& write) {
    const bool ready = starts(write.statement, "UPDATE generation_requests SET status = 'ready'");
    const std::string_view text = write.statement.text.c_str();
    const bool capture = text.contains("'capture'");
    const bool lost = !mutation.lost.empty() && text.contains(mutation.lost);
    return (mutation.no_ready_row && ready) || (mutation.no_capture && capture) || lost;
  });
  for (sql::Write& write : batch) {
    twist(write.statement);
  }
  if (universe_.plan().mutation.no_promote) {
    std::erase_if(batch, [](const sql::Write& write) { return promotes(write.statement); });
  }
  if (mutation.charged_anew) {
    hold_anew(batch);
  }
  if (!universe_.plan().mutation.stutter) {
    return;
  }
  sql::Batch out;
  for (sql::Write& write : batch) {
    out.push_back(write);
    const bool resolves = starts(write.statement, "INSERT INTO ledger_transfer") &&
                          std::string_view(write.statement.text.c_str()).contains("hold_id");
    if (resolves) {
      sql::Write again = write;
      again.statement.params[0] = sql::Value(Uuid::v7(universe_.timers.now(), universe_.rng));
      again.statement.params[1] = sql::Value(std::get<std::string>(again.statement.params[1].data()) + ":again");
      again.rows.reset();
      out.push_back(std::move(again));
    }
  }
  batch = std::move(out);
}

Task<sql::Rows> FaultyDatabase::read(sql::Statement statement) {
  co_await pause();
  twist(statement);
  co_return co_await universe_.db->read(std::move(statement));
}

Task<Result<sql::Rows>> FaultyDatabase::write(sql::Batch batch) {
  const Rates& rates = universe_.plan().rates;
  co_await pause();
  if (universe_.strikes(rates.commit_lost)) {
    universe_.trace("commit lost", batch.size());
    throw sql::Outage(Errc::unavailable, "simulated: the commit was lost");
  }
  twist(batch);
  const std::uint64_t writes = batch.size();
  Result<sql::Rows> result = fail(Errc::unavailable);
  try {
    result = co_await universe_.db->write(std::move(batch));
  } catch (const sql::ConstraintViolation& wall) {
    universe_.violation(std::string("a wall of the schema was hit: ") + wall.what());
    throw;
  }
  universe_.trace(result ? "write" : "conflict", writes);
  if (universe_.strikes(rates.commit_unknown)) {
    universe_.trace("commit unknown", 0);
    throw sql::Outage(Errc::unavailable, "simulated: nobody knows whether it was committed");
  }
  co_await pause();
  co_return result;
}

}  // namespace aisha::sim
