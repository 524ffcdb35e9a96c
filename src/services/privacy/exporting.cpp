// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/exporting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <span>
#include <utility>

#include "base/backoff.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "services/outbox/outbox_message.hpp"
#include "stores/privacy/own_data.hpp"
#include "stores/queue/outbox_rows.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

namespace asio = boost::asio;
namespace data_requests = stores::data_requests;
namespace own_data = stores::own_data;

constexpr std::string_view kSending = "send";
constexpr std::int64_t kPage = 100;
constexpr std::size_t kSideBySide = 8;
constexpr Millis kLook{1'000};  // at a part on its way
// What an archive holds besides the bytes of a picture: twice its name, and its line in pictures.json of part 1.
constexpr std::int64_t kEntry = 512;
constexpr std::int64_t kLine = 512;

struct Look {
  std::string key;
  std::optional<std::int64_t> bytes;  ///< nothing: it is not there
  bool is_away = false;               ///< the store is
  std::string why;
};

Task<void> look_at(blobs::BlobStore& store, Look& one) {
  const auto found = co_await store.stat(blobs::Bucket::generated, one.key);
  if (found) {
    one.bytes = static_cast<std::int64_t>(found->bytes);
  } else if (found.error().code != Errc::not_found) {
    one.is_away = true;
    one.why = found.error().detail;
  }
}

Task<void> look_side_by_side(blobs::BlobStore& store, std::span<Look> looks) {
  const auto executor = co_await asio::this_coro::executor;
  std::vector<decltype(asio::co_spawn(executor, look_at(store, looks.front()), asio::deferred))> group;
  for (Look& one : looks) {
    group.push_back(asio::co_spawn(executor, look_at(store, one), asio::deferred));
  }
  auto all = asio::experimental::make_parallel_group(std::move(group));
  const auto ended = co_await all.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& problem : std::get<1>(ended)) {
    if (problem) {
      std::rethrow_exception(problem);
    }
  }
}

/// Error: the store is away.
Task<Result<std::vector<Look>>> look_for(blobs::BlobStore& store, const std::vector<domain::OwnPicture>& page) {
  std::vector<Look> looks;
  for (const domain::OwnPicture& own : page) {
    looks.push_back({.key = own.picture.object.key, .bytes = {}, .why = {}});
  }
  for (std::size_t from = 0; from < looks.size(); from += kSideBySide) {
    const std::span<Look> some = std::span(looks).subspan(from, std::min(kSideBySide, looks.size() - from));
    co_await look_side_by_side(store, some);
    const auto away = std::ranges::find_if(some, &Look::is_away);
    if (away != some.end()) {
      co_return fail(Errc::unavailable, away->why);
    }
  }
  co_return looks;
}

std::string part_key(const data_requests::Request& request) {
  return fmt::format("export:{}:{}", request.id.to_string(), request.progress.part);
}

/// `behind`: the picture before, the last of a part that is full.
void take(ExportPlan& plan, const Uuid& id, const Look& look, const std::optional<Uuid>& behind, std::int64_t most) {
  if (!look.bytes) {
    plan.missing.push_back(id.to_string());
    return;
  }
  const std::int64_t adds = *look.bytes + kEntry;
  if (plan.filled > 0 && plan.filled + adds > most && behind) {
    plan.ends.push_back(behind->to_string());
    plan.filled = 0;
  }
  plan.filled += adds;
  ++plan.pictures;
  plan.bytes += *look.bytes;
}

/// What was looked through is of no use any more, and nobody's business.
void conclude(stores::UnitOfWork& unit, data_requests::Request request, std::string_view error_code) {
  request.progress.behind.reset();
  request.progress.tally = "{}";
  data_requests::finish(unit, request, error_code);
}

}  // namespace

Task<std::optional<Millis>> Exporting::due_in() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await data_requests::next_due(unit, data_requests::Kind::exporting);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> Exporting::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto taken = co_await data_requests::claim(unit, data_requests::Kind::exporting, limit, context_.policy.lease);
  std::vector<Task<void>> steps;
  for (Request& request : taken) {
    steps.push_back(run(std::move(request)));
  }
  co_return steps;
}

Task<void> Exporting::run(Request request) {
  if (request.progress.step == kFirstStep) {
    co_await plan(std::move(request));
  } else {
    co_await send(std::move(request));
  }
}

Task<void> Exporting::plan(Request request) {
  auto kept = json::decode<ExportPlan>(request.progress.tally);
  if (!kept) {
    // Without what was found so far those pictures would be in no part: everything is looked through anew.
    request.progress.behind.reset();
  }
  ExportPlan plan = std::move(kept).value_or(ExportPlan{});
  const std::int64_t most = context_.policy.export_part;
  if (!request.progress.behind) {
    // Part 1 has the documents too.
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto all = co_await own_data::figures(unit, request.user_id);
    plan = ExportPlan{};
    plan.filled = std::min(kLine * (all.pictures + all.binned), most / 2);
  }
  for (bool goes_on = true; goes_on;) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    Uuid end;
    end.bytes.fill(0xFF);
    const own_data::Range range{request.progress.behind.value_or(Uuid()), end};
    const auto page = co_await own_data::stored(unit, request.user_id, range, kPage);
    const auto looks = co_await look_for(blobs_, page);
    if (!looks) {
      co_await wait_for_store(std::move(request), looks.error().detail);
      co_return;
    }
    for (std::size_t i = 0; i < page.size(); ++i) {
      const Uuid& id = page[i].picture.id;
      take(plan, id, (*looks)[i], request.progress.behind, most);
      request.progress.behind = id;
    }
    goes_on = std::ssize(page) == kPage;
    if (!goes_on) {
      plan.ends.push_back(request.progress.behind.value_or(Uuid()).to_string());
      request.progress.parts = std::ssize(plan.ends);
    }
    request.progress.tally = json::encode_text(plan);
    goes_on ? data_requests::advance(unit, request, context_.policy.lease) : next_part(unit, request);
    const auto done = co_await unit.commit();
    if (!done) {
      log::info(request.id, "an export is somebody else's by now, or over");
      co_return;
    }
  }
  context_.signals.outbox.notify();
  log::info(request.id, "an export of {} pictures goes out in {} parts, {} files are missing", plan.pictures,
            request.progress.parts, plan.missing.size());
}

/// What became of the part on its way.
Task<void> Exporting::send(Request request) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  std::string key = part_key(request);
  const auto fate = co_await stores::outbox::fate(unit, std::move(key));
  bool rings = false;
  if (!fate) {
    // Its row had its time while nobody looked.
    --request.progress.part;
    next_part(unit, request);
    rings = true;
  } else if (!fate->is_over) {
    data_requests::rest(unit, request, kLook);
  } else if (!fate->is_sent) {
    give_up(unit, request, fate->error);
    rings = true;
  } else if (request.progress.part < request.progress.parts) {
    next_part(unit, request);
    rings = true;
  } else {
    log::info(request.id, "an export is done: {} parts", request.progress.parts);
    conclude(unit, request, {});
  }
  const auto done = co_await unit.commit();
  if (done && rings) {
    context_.signals.outbox.notify();
  }
}

Task<void> Exporting::wait_for_store(Request request, std::string why) {
  log::warn(request.id, "an export waits for the store: {}", why);
  stores::UnitOfWork unit(context_.db, context_.rng);
  const services::Policy& policy = context_.policy;
  data_requests::put_back(unit, request,
                          doubled(policy.store_backoff, request.attempts - 1, policy.store_backoff_last));
  co_await unit.commit();
}

void Exporting::next_part(stores::UnitOfWork& unit, Request& request) {
  request.progress.step = kSending;
  ++request.progress.part;
  data_requests::rest(unit, request, kLook);
  NewMessage message;
  message.chat_id = request.chat_id.value_or(0);
  message.meaning = Meaning::export_part;
  message.ref = request.id;
  message.detail = std::to_string(request.progress.part);
  message.idempotent = is_idempotent(Meaning::export_part);
  message.dedupe_key = part_key(request);
  enqueue(unit, message);
}

void Exporting::give_up(stores::UnitOfWork& unit, const Request& request, std::string_view why) {
  log::warn(request.id, "part {} of an export could not be sent: {}", request.progress.part, why);
  const bool is_unmade = why.starts_with(code_of(Errc::export_failed));
  conclude(unit, request, code_of(is_unmade ? Errc::export_failed : Errc::telegram_refused));
  NewMessage note;
  note.chat_id = request.chat_id.value_or(0);
  note.meaning = Meaning::personal_note;
  note.ref = request.id;
  note.detail = kExportStopped;
  note.idempotent = is_idempotent(Meaning::personal_note);
  note.dedupe_key = fmt::format("export:{}:stopped", request.id.to_string());
  enqueue(unit, note);
}

}  // namespace aisha::services
