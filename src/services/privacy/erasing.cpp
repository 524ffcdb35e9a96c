// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/erasing.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "base/log.hpp"
#include "blobs/key.hpp"
#include "cache/keys.hpp"
#include "domain/picture.hpp"
#include "services/privacy/erasure_markers.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/people/erased_people.hpp"
#include "stores/privacy/erasure_pictures.hpp"
#include "stores/privacy/erasure_queues.hpp"
#include "stores/upkeep/identity.hpp"

namespace aisha::services {
namespace {

namespace data_requests = stores::data_requests;
namespace erasure = stores::erasure;

constexpr std::int64_t kObjects = 200;  ///< pictures whose objects go in one call
constexpr std::int64_t kAsked = 16;     ///< pictures of which the provider is asked before the place is kept
/// Requests that the provider is asked of within one lease: all of them at once, so that a lease outlasts them.
constexpr std::size_t kAskedAtOnce = 8;
/// The provider is asked no longer than that in one erasure; what is left then it forgets by itself.
constexpr Millis kPayloadPatience{120'000};
constexpr Millis kLookAgain{500};  ///< whether what was begun has ended
constexpr std::string_view kFormats[] = {"jpg", "png", "webp"};

/// Of what lies in the store of the pictures for these requests, or may lie there.
std::vector<std::string> keys_of(const std::vector<erasure::Remains>& remains) {
  std::vector<std::string> keys;
  for (const erasure::Remains& one : remains) {
    if (!one.object_key.empty()) {
      keys.push_back(one.object_key);
    }
    if (!one.is_ready) {
      for (const std::string_view format : kFormats) {
        keys.push_back(domain::object_key(one.created_at, one.id, format));
      }
    }
    keys.push_back(domain::thumbnail_key(one.created_at, one.id));
  }
  return keys;
}

/// Not one that the program carries, which has a name without a folder.
bool is_own_object(const std::string& key) {
  return key.contains('/') && blobs::is_valid_key(key);
}

}  // namespace

struct Erasing::Step {
  std::string_view word;
  Task<bool> (Erasing::*take)(ErasureClaim& claim);
};

/// In their order. What the provider keeps is found through the requests, so it goes before their rows.
const Erasing::Step Erasing::kSteps[] = {
    {kFirstErasureStep, &Erasing::mark}, {"stop", &Erasing::stop},         {"links", &Erasing::links},
    {"objects", &Erasing::objects},      {"provider", &Erasing::provider}, {"rows", &Erasing::rows},
    {"copies", &Erasing::copies},        {"profile", &Erasing::profile},   {"receipt", &Erasing::receipt},
};

Task<std::optional<Millis>> Erasing::due_in() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await data_requests::next_due(unit, data_requests::Kind::erasing);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> Erasing::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto taken = co_await data_requests::claim(unit, data_requests::Kind::erasing, limit, context_.policy.lease);
  std::vector<Task<void>> out;
  for (data_requests::Request& request : taken) {
    out.push_back(work(ErasureClaim(context_, std::move(request))));
  }
  co_return out;
}

Task<void> Erasing::work(ErasureClaim claim) {
  bool goes_on = true;
  while (goes_on) {
    goes_on = co_await take_step(claim);
  }
}

Task<bool> Erasing::take_step(ErasureClaim& claim) {
  const auto* step = std::ranges::find(kSteps, claim.step(), &Step::word);
  // A word of another release: everything may be done again.
  step = step == std::end(kSteps) ? std::begin(kSteps) : step;
  co_return co_await std::invoke(step->take, this, claim);
}

Task<bool> Erasing::next_step(ErasureClaim& claim) {
  const auto* step = std::ranges::find(kSteps, claim.step(), &Step::word);
  step = step == std::end(kSteps) ? std::begin(kSteps) : step;
  co_return co_await claim.go_to(std::next(step)->word);
}

/// First of all, so that a database that is restored from now on erases again.
Task<bool> Erasing::mark(ErasureClaim& claim) {
  const auto put = co_await put_erasure_marker(tools_.blobs, claim.person());
  if (!put) {
    co_await claim.wait_for("the marker: " + put.error().detail);
    co_return false;
  }
  co_return co_await next_step(claim);
}

/// Nothing new begins while the row is open; what has begun comes to its end here.
Task<bool> Erasing::stop(ErasureClaim& claim) {
  const bool held = co_await claim.delete_all(erasure::Own::clears);
  if (!held) {
    co_return false;
  }
  const bool ended = co_await have_ended(claim);
  if (!ended) {
    co_return false;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::int64_t in_hand = co_await erasure::stop_photos(unit, claim.person());
  if (in_hand > 0) {
    co_await claim.rest(kLookAgain);
    co_return false;
  }
  const auto person = co_await erasure::find_person(unit, claim.person());
  const std::vector<std::int64_t> chats = person ? person->chats : std::vector<std::int64_t>{};
  for (const std::int64_t chat : chats) {
    const bool quiet = co_await claim.empty_lane(chat);
    if (!quiet) {
      co_await claim.rest(kLookAgain);
      co_return false;
    }
  }
  co_return co_await next_step(claim);
}

Task<bool> Erasing::have_ended(ErasureClaim& claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::int64_t open = co_await erasure::count_open(unit, claim.person());
  if (open == 0) {
    co_return true;
  }
  erasure::cancel_open(unit, claim.person());
  data_requests::rest(unit, claim.request(), kLookAgain);
  co_await unit.commit();
  co_return false;
}

Task<bool> Erasing::links(ErasureClaim& claim) {
  const bool held = co_await claim.delete_all(erasure::Own::links);
  if (!held) {
    co_return false;
  }
  co_return co_await next_step(claim);
}

/// A database beside another one's pictures touches none of them.
Task<bool> Erasing::may_remove(ErasureClaim& claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Uuid database = co_await stores::identity::load(unit);
  auto owned = co_await check_bucket(tools_.blobs, database);
  if (!owned && owned.error().code == Errc::not_found) {
    // A bucket that got its first picture before its mark; not a drive that is not mounted, which has nothing but what
    // an erasure leaves.
    const auto first = co_await tools_.blobs.list(blobs::Bucket::generated, "", "", 1);
    if (first && !first->empty() && !is_erasure_marker(first->front())) {
      owned = co_await claim_bucket(tools_.blobs, database);
    }
  }
  if (!owned) {
    co_await claim.wait_for("whose the pictures are: " + owned.error().detail);
  }
  co_return owned.has_value();
}

Task<bool> Erasing::objects(ErasureClaim& claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Uuid behind = claim.behind();
  const auto remains = co_await erasure::remains_after(unit, claim.person(), behind, kObjects);
  std::vector<std::string> keys = keys_of(remains);
  if (behind.is_nil()) {
    auto of_avatars = co_await erasure::avatar_objects(unit, claim.person());
    std::ranges::copy_if(of_avatars, std::back_inserter(keys), is_own_object);
  }
  if (!keys.empty()) {
    const bool ours = co_await may_remove(claim);
    if (!ours) {
      co_return false;
    }
  }
  const auto left = co_await tools_.blobs.remove_all(blobs::Bucket::generated, std::move(keys));
  if (!left.empty()) {
    co_await claim.wait_for(std::to_string(left.size()) + " objects are still there");
    co_return false;
  }
  if (remains.empty()) {
    co_return co_await next_step(claim);
  }
  ErasureTally tally = claim.tally();
  tally.pictures += std::ranges::count_if(remains, [](const auto& one) { return !one.object_key.empty(); });
  co_return co_await claim.keep_place(remains.back().id, tally);
}

Task<bool> Erasing::provider(ErasureClaim& claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::int64_t some = tools_.payloads.may_remove() ? kAsked : kObjects;
  const auto page = co_await erasure::remains_after(unit, claim.person(), claim.behind(), some);
  if (page.empty()) {
    co_return co_await next_step(claim);
  }
  const Uuid last = page.back().id;
  const TimePoint since = unit.now() - tools_.payload_days;
  auto requests = co_await erasure::provider_requests(unit, claim.person(), claim.behind(), last, since);
  ErasureTally tally = claim.tally();
  tally.provider_days = tools_.payload_days.count();
  claim.set_tally(tally);
  const auto count = std::ssize(requests);
  const auto removed = co_await ask_provider(claim, std::move(requests));
  if (!removed) {
    co_return false;
  }
  tally = claim.tally();
  tally.provider_removed += *removed;
  tally.provider_left += count - *removed;
  co_return co_await claim.keep_place(last, tally);
}

/// How many are gone; nothing: the claim is lost. What has been asked of may be asked of again, the time that it took
/// is spent for good.
Task<std::optional<std::int64_t>> Erasing::ask_provider(ErasureClaim& claim, std::vector<std::string> requests) {
  const auto always = [] { return true; };
  std::int64_t removed = 0;
  ErasureTally tally = claim.tally();
  for (std::size_t from = 0; from < requests.size() && tools_.payloads.may_remove(); from += kAskedAtOnce) {
    if (tally.provider_asked >= kPayloadPatience.count()) {
      break;
    }
    const auto first = requests.begin() + static_cast<std::ptrdiff_t>(from);
    const auto some = static_cast<std::ptrdiff_t>(std::min(kAskedAtOnce, requests.size() - from));
    std::vector<std::string> round(first, first + some);
    const TimePoint begun = context_.db.now();
    removed += co_await tools_.payloads.remove_all(std::move(round), always);
    tally.provider_asked += std::max<std::int64_t>((context_.db.now() - begun).count(), 0);
    claim.set_tally(tally);
    const bool held = co_await claim.hold();
    if (!held) {
      co_return std::nullopt;
    }
  }
  co_return removed;
}

Task<bool> Erasing::rows(ErasureClaim& claim) {
  bool held = co_await claim.delete_all(erasure::Own::days);
  stores::UnitOfWork cards(context_.db, context_.rng);
  erasure::blank_cards(cards, claim.person());
  co_await cards.commit();
  while (held) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto last = co_await erasure::next_rows(unit, claim.person());
    if (!last) {
      co_return co_await next_step(claim);
    }
    erasure::delete_rows(unit, claim.person(), *last);
    held = co_await claim.commit(unit);
  }
  co_return false;
}

/// What Telegram and short memory know of them.
Task<bool> Erasing::copies(ErasureClaim& claim) {
  const bool held = co_await claim.delete_all(erasure::Own::file_ids);
  co_await forget_copies(claim.person());
  if (!held) {
    co_return false;
  }
  co_return co_await next_step(claim);
}

Task<bool> Erasing::profile(ErasureClaim& claim) {
  using enum erasure::Own;
  stores::UnitOfWork unit(context_.db, context_.rng);
  ErasureTally tally = claim.tally();
  tally.is_shared = co_await erasure::is_shared(unit);
  claim.set_tally(tally);
  std::vector<erasure::Own> kinds{styles,  albums, tags,     settings, faces,
                                  details, photos, consents, appeals,  allowed_appeals};
  // Of another bot's avatars ours is only which ones were thrown away here: that keeps them from being shown again.
  if (!tally.is_shared) {
    const auto columns = co_await stores::avatars::columns(unit);
    erasure::blank_avatars(unit, claim.person(), columns);
    co_await unit.commit();
    kinds.push_back(bin);
  }
  for (const erasure::Own kind : kinds) {
    const bool held = co_await claim.delete_all(kind);
    if (!held) {
      co_return false;
    }
  }
  co_return co_await next_step(claim);
}

/// What they said before the end is dealt with before it, or it would make somebody new of them. Not for ever: a chat
/// that is never quiet, an update that cannot be dealt with.
bool Erasing::may_wait(ErasureClaim& claim) {
  ErasureTally tally = claim.tally();
  const std::int64_t now = epoch_ms(context_.db.now());
  tally.closing_since = tally.closing_since == 0 ? now : tally.closing_since;
  claim.set_tally(tally);
  return now - tally.closing_since < context_.policy.deadline.count();
}

/// Until here the person was somebody; from here on nothing leads from the rows that stay to them.
Task<bool> Erasing::receipt(ErasureClaim& claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const bool again = co_await erasure::has_requests(unit, claim.person());
  if (again) {
    // Asked for by an update that was in hand when the erasure was wished for.
    co_return co_await claim.go_to("stop");
  }
  const auto person = co_await erasure::find_person(unit, claim.person());
  if (person && person->telegram_id != 0) {
    const bool waits = co_await erasure::has_new_updates(unit, person->telegram_id);
    if (waits && may_wait(claim)) {
      co_await claim.rest(kLookAgain);
      co_return false;
    }
    const bool held = co_await claim.empty_inbox(person->telegram_id);
    if (!held) {
      co_return false;
    }
  }
  const bool closed = co_await close(claim);
  if (closed) {
    co_await forget_copies(claim.person());
    context_.signals.outbox.notify();
    log::info(claim.id(), "a person's data are erased: {}", text_of(claim.tally()));
  }
  co_return false;
}

Task<bool> Erasing::close(ErasureClaim& claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto person = co_await erasure::find_person(unit, claim.person());
  const auto counts = co_await erasure::counts_of(unit, claim.person());
  ErasureTally tally = claim.tally();
  tally.messages = counts.blanks;
  claim.set_tally(tally);
  erasure::delete_chats(unit, claim.person());
  if (person && person->telegram_id != 0) {
    for (const std::int64_t chat : person->chats) {
      erasure::drop_messages(unit, chat);
    }
    if (!tools_.marks.empty()) {
      stores::erased_people::add(unit, tools_.marks.of(person->telegram_id));
    }
    if (!tally.is_shared) {
      erasure::blank_person(unit, claim.person());
    }
  }
  if (claim.request().chat_id) {
    tell_receipt(unit, *claim.request().chat_id, claim.id());
  }
  data_requests::finish(unit, claim.request(), "");
  const auto written = co_await unit.commit();
  co_return written.has_value();
}

Task<void> Erasing::forget_copies(Uuid person) {
  for (const cache::keys::Entry& entry : cache::keys::of_person(person)) {
    co_await context_.cache.erase(entry.key);
  }
  co_await context_.cache.erase(cache::keys::request_rate(person));
}

}  // namespace aisha::services
