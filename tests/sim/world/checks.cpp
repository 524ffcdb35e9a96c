// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/checks.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/encoding.hpp"
#include "domain/variation.hpp"
#include "stores/upkeep/audit.hpp"
#include "tests/fakes/loop.hpp"

namespace aisha::sim {
namespace {

sql::Rows ask(Universe& universe, sql::Text query) {
  fakes::Loop loop;
  return loop.run(universe.db->read(sql::Statement(query)));
}

/// Whether it is a message of that generation: its status, its end, its picture. Not a card of the gallery, which may
/// show the same picture and is no second telling.
bool tells_of(const std::string& keyboard, const std::string& mark) {
  const bool is_gallery = keyboard.contains("\"1nm:");
  const auto has = [&](const char* route) { return keyboard.contains(route + mark); };
  return !is_gallery && (has("\"1d:") || has("\"1r:") || has("\"1x:"));
}

/// Photos in the person's chat, by the generation they tell of.
int photos_of(const Universe& universe, std::int64_t person, const Uuid& id) {
  const auto& telegram = universe.telegram;
  const sandbox::telegram::Chat* chat = telegram.find_chat(telegram.state().demo_bot, person);
  const std::string mark = id.to_base64url();
  int out = 0;
  for (const auto& [number, message] : chat->messages) {
    const bool is_told = message.keyboard && tells_of(json::serialize(*message.keyboard), mark);
    if (is_told && message.kind == sandbox::telegram::Message::Kind::photo) {
      ++out;
    }
  }
  return out;
}

/// Comes with the next thing that its person does.
bool is_owed(Universe& universe, const Uuid& id) {
  fakes::Loop loop;
  const auto rows = loop.run(universe.db->read(sql::Statement(
      "SELECT 1 FROM outbox WHERE state = 'parked' AND error = 'maybe sent' AND kind = 'job_result' AND ref = $1",
      id.to_string())));
  return !rows.empty();
}

void check_objects(Universe& universe) {
  // What is gone for ever (deleted at the epoch) loses its object first, its row with the next sweep.
  const auto rows = ask(universe,
                        "SELECT object_key, sha256, id FROM generation_requests WHERE status = 'ready'"
                        " AND purged_at IS NULL AND (deleted_at IS NULL OR deleted_at > 0)"
                        // An erasure removes objects before it deletes their rows.
                        " AND user_id NOT IN (SELECT user_id FROM data_requests WHERE finished_at IS NULL)");
  for (const sql::Row row : rows) {
    const auto found = universe.blobs.objects.find({blobs::Bucket::generated, row.text(0)});
    if (found == universe.blobs.objects.end()) {
      universe.violation("I7 no object " + row.text(0));
    } else if (encoding::sha256_hex(found->second) != row.text(1)) {
      universe.violation("I7 object " + row.text(0) + " is not the one that was stored");
    }
  }
}

void check_what_people_see(Universe& universe) {
  const auto rows = ask(
      universe, "SELECT id, chat_id, status FROM generation_requests WHERE deleted_at IS NULL AND batch_id IS NULL");
  std::uint64_t twice = 0;
  std::string seen_twice;
  std::vector<std::string> unseen;
  for (const sql::Row row : rows) {
    const bool succeeded = row.text(2) == "ready";
    const int photos = photos_of(universe, row.i64(1), row.uuid(0));
    if (succeeded && photos == 0 && !is_owed(universe, row.uuid(0))) {
      unseen.push_back("generation " + row.uuid(0).to_string() + " has a picture that nobody sees:\n" +
                       universe.telegram.transcript(universe.telegram.state().demo_bot, row.i64(1)));
    }
    const auto undone = universe.undone.find(row.uuid(0));
    const int wanted = 1 + (undone == universe.undone.end() ? 0 : undone->second);
    twice += photos > wanted ? static_cast<std::uint64_t>(photos - wanted) : 0;
    if (photos > wanted) {
      seen_twice = universe.telegram.transcript(universe.telegram.state().demo_bot, row.i64(1));
    }
  }
  // Telegram knows no fencing: a process that was frozen in the middle of showing a card may put it over a picture that
  // came meanwhile. The picture stays in the gallery.
  if (unseen.size() > universe.zombies) {
    universe.violation(std::move(unseen.front()));
  }
  // A process that died between a send and its note: counted when the row is taken again.
  const auto noted = ask(universe,
                         "SELECT coalesce(sum(maybe_sent), 0) FROM outbox WHERE idempotent = false"
                         // A variation under a picture has its status sent as well.
                         " AND kind IN ('job_result', 'job_status')");
  if (twice > universe.unknown_sends + static_cast<std::uint64_t>(noted[0].i64(0))) {
    universe.violation(fmt::format("{} pictures too many shown, only {} sends had an unknown outcome:\n{}", twice,
                                   universe.unknown_sends, seen_twice));
  }
}

/// A number of a batch's card opens its picture so.
bool is_card_of(const std::string& keyboard, const Uuid& picture) {
  return keyboard.contains("\"1i:" + picture.to_base64url() + ":b\"");
}

/// A photo of an album: it has neither words nor buttons.
bool is_bare(const sandbox::telegram::Message& message) {
  return message.kind == sandbox::telegram::Message::Kind::photo && !message.keyboard && message.text.text.empty();
}

/// Every batch that has ended has its card, and its pictures came once, but for sends of unknown outcome.
void check_batches(Universe& universe) {
  const auto rows = ask(universe,
                        "SELECT r.id, r.chat_id FROM generation_requests r WHERE r.batch_id IS NOT NULL"
                        " AND r.status = 'ready' AND r.deleted_at IS NULL");
  std::uint64_t unseen = 0;
  std::uint64_t surplus_cards = 0;
  for (const sql::Row row : rows) {
    const auto& telegram = universe.telegram;
    const auto* chat = telegram.find_chat(telegram.state().demo_bot, row.i64(1));
    std::uint64_t cards = 0;
    for (const auto& [number, message] : chat->messages) {
      cards += message.keyboard && is_card_of(json::serialize(*message.keyboard), row.uuid(0)) ? 1 : 0;
    }
    unseen += cards == 0 ? 1 : 0;
    surplus_cards += cards > 1 ? cards - 1 : 0;
  }
  const auto noted = ask(universe,
                         "SELECT coalesce(sum(maybe_sent), 0) FROM outbox WHERE idempotent = false"
                         " AND kind IN ('batch_album', 'batch_result', 'batch_status')");
  const std::uint64_t doubts = universe.unknown_sends + static_cast<std::uint64_t>(noted[0].i64(0));
  if (unseen > universe.zombies * domain::kBatchSize) {
    universe.violation(fmt::format("{} pictures of batches stand on no card", unseen));
  }
  if (surplus_cards > doubts * domain::kBatchSize) {
    universe.violation(fmt::format("{} cards of batches too many, {} sends in doubt", surplus_cards, doubts));
  }
  std::uint64_t bare = 0;
  for (const auto& [key, chat] : universe.telegram.state().chats) {
    bare += static_cast<std::uint64_t>(
        std::ranges::count_if(chat.messages, [](const auto& one) { return is_bare(one.second); }));
  }
  const auto ready =
      ask(universe, "SELECT count(*) FROM generation_requests WHERE batch_id IS NOT NULL AND status = 'ready'");
  const auto most = static_cast<std::uint64_t>(ready[0].i64(0)) + doubts * domain::kBatchSize;
  if (universe.plan().leaving == 0 && bare > most) {
    universe.violation(fmt::format("{} photos of albums, at most {} were to come", bare, most));
  }
}

void check_money(Universe& universe) {
  const auto rows = ask(universe,
                        "SELECT count(*), coalesce(sum(CASE WHEN status = 'ready' THEN price ELSE 0 END), 0) "
                        "FROM generation_requests");
  const auto paid = ask(universe,
                        "SELECT coalesce(sum(amount), 0) FROM ledger_transfer WHERE kind = 'capture'"
                        // What an erased person paid for is gone; that they paid is not.
                        " AND job_id IN (SELECT id FROM generation_requests)");
  if (rows[0].i64(1) != paid[0].i64(0)) {
    universe.violation(fmt::format("paid {} for pictures worth {}", paid[0].i64(0), rows[0].i64(1)));
  }
  const auto taps = static_cast<std::int64_t>(universe.paid_taps.size());
  if (rows[0].i64(0) > taps) {
    universe.violation(fmt::format("I10 {} generations of {} paid taps", rows[0].i64(0), taps));
  }
  // The dearest mistake: the provider worked twice for one picture although it would have told us.
  const auto surplus = ask(universe,
                           "SELECT count(*) FROM provider_attempt a JOIN generation_requests g ON g.id = a.job_id "
                           "WHERE a.state = 'surplus' AND g.status = 'ready'");
  if (universe.plan().webhooks && surplus[0].i64(0) > static_cast<std::int64_t>(universe.zombies)) {
    universe.violation(fmt::format("{} pictures made twice at fal", surplus[0].i64(0)));
  }
}

void check_provider(Universe& universe) {
  const auto attempts = ask(universe, "SELECT count(*) FROM provider_attempt");
  const auto requests = static_cast<std::int64_t>(universe.fal.all().size());
  if (requests > attempts[0].i64(0)) {
    universe.violation(fmt::format("I12 fal has {} requests, {} were intended", requests, attempts[0].i64(0)));
  }
}

/// Zip files in all chats.
std::uint64_t archives(const Universe& universe) {
  std::uint64_t out = 0;
  const auto& state = universe.telegram.state();
  const auto& bot = state.bots.at(state.demo_bot);
  for (const auto& [key, chat] : state.chats) {
    for (const auto& [number, message] : chat.messages) {
      const bool is_file = message.kind == sandbox::telegram::Message::Kind::document && !message.files.empty();
      out += is_file && bot.files.at(message.files.front()).name.ends_with(".zip") ? 1 : 0;
    }
  }
  return out;
}

/// Every part of an export that came to its end was sent, and none more often than its outcome was unknown.
void check_archives(Universe& universe) {
  const auto rows = ask(universe,
                        "SELECT coalesce(sum(CASE WHEN error_code IS NULL THEN parts ELSE 0 END), 0),"
                        " coalesce(sum(part), 0) FROM data_requests WHERE kind = 'export'");
  const auto noted = ask(universe, "SELECT coalesce(sum(maybe_sent), 0) FROM outbox WHERE kind = 'export_part'");
  const std::uint64_t sent = archives(universe);
  if (sent < static_cast<std::uint64_t>(rows[0].i64(0))) {
    universe.violation(fmt::format("{} parts of archives were sent of {}", sent, rows[0].i64(0)));
  }
  const auto most = static_cast<std::uint64_t>(rows[0].i64(1) + noted[0].i64(0)) + universe.unknown_sends;
  if (sent > most) {
    universe.violation(fmt::format("{} parts of archives were sent of at most {}", sent, most));
  }
}

/// Only the head of a lane is due, and every lane in which something waits has one.
void check_lanes(Universe& universe) {
  const auto lanes = ask(universe,
                         "SELECT 'updates of ' || lane, count(due_at) FROM inbox WHERE state = 'new' GROUP BY lane "
                         "UNION ALL SELECT 'messages of ' || lane, count(due_at) FROM outbox WHERE done_at IS NULL "
                         "GROUP BY lane");
  for (const sql::Row lane : lanes) {
    if (lane.i64(1) != 1) {
      universe.violation(fmt::format("{} have {} heads", lane.text(0), lane.i64(1)));
    }
  }
}

}  // namespace

void check_always(Universe& universe) {
  fakes::Loop loop;
  stores::UnitOfWork unit(*universe.db, universe.rng);
  stores::audit::Rules rules;
  rules.kept_for = universe.plan().policy.retention;
  // How long something waits depends on the outages of the seed; that all of it ends is asked at the end.
  rules.patience = rules.longest_wait = std::chrono::years(1);
  for (std::string& broken : loop.run(stores::audit::violations(unit, rules))) {
    universe.violation(std::move(broken));
  }
  check_objects(universe);
  check_lanes(universe);
}

bool is_quiet(Universe& universe) {
  const auto rows = ask(universe,
                        "SELECT (SELECT count(*) FROM inbox WHERE state = 'new') + (SELECT count(*) FROM "
                        "jobs WHERE finished_at IS NULL) + (SELECT count(*) FROM outbox WHERE done_at IS "
                        "NULL) + (SELECT count(*) FROM data_requests WHERE finished_at IS NULL)");
  const auto& state = universe.telegram.state();
  const auto& bot = state.bots.at(state.demo_bot);
  return rows[0].i64(0) == 0 && bot.pending.empty() && bot.repeats.empty();
}

std::string what_is_open(Universe& universe) {
  std::string out;
  const auto rows =
      ask(universe,
          "SELECT 'update of ' || lane || ', attempts ' || attempts FROM inbox WHERE state = 'new' "
          "UNION ALL SELECT 'job ' || status || ', tries ' || tries FROM jobs WHERE "
          "finished_at IS NULL UNION ALL SELECT kind || ' of ' || lane || ', attempts ' || attempts FROM "
          "outbox WHERE done_at IS NULL UNION ALL SELECT 'export at part ' || part || ' of ' || parts FROM "
          "data_requests WHERE kind = 'export' AND finished_at IS NULL UNION ALL SELECT 'erasure at ' || step FROM "
          "data_requests WHERE kind = 'erase' AND finished_at IS NULL");
  for (const sql::Row row : rows) {
    out += "; " + row.text(0);
  }
  return out;
}

void check_end(Universe& universe) {
  check_always(universe);
  check_what_people_see(universe);
  check_batches(universe);
  check_money(universe);
  check_provider(universe);
  check_archives(universe);
  const auto poison = ask(universe, "SELECT count(*) FROM inbox WHERE state = 'poison'");
  if (poison[0].i64(0) != 0) {
    universe.violation(fmt::format("{} updates were given up", poison[0].i64(0)));
  }
}

}  // namespace aisha::sim
