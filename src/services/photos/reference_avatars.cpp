// SPDX-License-Identifier: Apache-2.0
#include "services/photos/reference_avatars.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "domain/avatar_photo.hpp"
#include "services/photos/photo_telling.hpp"
#include "stores/people/chats.hpp"
#include "stores/photos/consents.hpp"
#include "stores/photos/photo_sets.hpp"
#include "stores/photos/training_photos.hpp"
#include "stores/pictures/file_ids.hpp"

namespace aisha::services {
namespace {

namespace avatars = stores::avatars;
namespace photo_sets = stores::photo_sets;
namespace photos = stores::training_photos;

/// Of the words of the consent in both languages: another number whenever they change.
constexpr std::string_view kConsentVersion = "1";
/// So many times as many photos as one avatar may have wait to be looked at.
constexpr std::int64_t kWaitingMost = 3;

/// What can be said of it without loading it.
std::optional<Errc> refused_unseen(const SentPhoto& sent, const photo_sets::Set& set, std::int64_t most) {
  if (!sent.is_picture) {
    return Errc::image_type_refused;
  }
  if (sent.bytes > domain::kPhotoMaxBytes) {
    return Errc::photo_too_many_bytes;
  }
  // Of those that wait many may turn out to be no good; how many may wait has a bound all the same.
  if (set.kept >= most || set.fresh >= kWaitingMost * most) {
    return Errc::photo_enough;
  }
  return std::nullopt;
}

photos::Photo row_of(const SentPhoto& sent, const Actor& actor, const Uuid& id, const Uuid& avatar) {
  photos::Photo photo;
  photo.id = id;
  photo.avatar_id = avatar;
  photo.user_id = actor.user().id;
  photo.chat_id = actor.chat_id();
  photo.message_id = sent.message_id;
  photo.group_id = sent.group_id;
  photo.file_id = sent.file_id;
  photo.unique_id = sent.unique_id;
  photo.name = sent.name;
  photo.declared_bytes = sent.bytes;
  photo.as_file = sent.as_file;
  return photo;
}

/// What is to be told of them: numbers count all of them, refused ones too.
void add_lines(PhotoCard& card, const std::vector<photos::Photo>& all) {
  std::map<Uuid, std::int64_t> numbers;
  for (const photos::Photo& photo : all) {
    numbers.emplace(photo.id, std::ssize(numbers) + 1);
  }
  for (const photos::Photo& photo : all) {
    card.kept += photo.state == photos::State::kept ? 1 : 0;
    card.checking += photo.state == photos::State::fresh ? 1 : 0;
    if (photo.reason.empty() && photo.weak.empty()) {
      continue;
    }
    PhotoLine line;
    line.number = numbers.at(photo.id);
    line.name = photo.name;
    line.refused = photo.reason.empty() ? std::nullopt : std::optional(errc_from(photo.reason));
    line.weak = photo.weak.empty() ? std::nullopt : std::optional(errc_from(photo.weak));
    const auto same = photo.same_as ? numbers.find(*photo.same_as) : numbers.end();
    line.same_as = same == numbers.end() ? 0 : same->second;
    card.lines.push_back(std::move(line));
  }
}

}  // namespace

TimePoint ReferenceAvatars::draft_end(Actor& actor) const {
  return actor.unit().now() + std::chrono::days(context_.policy.draft_days);
}

void ReferenceAvatars::tell(Actor& actor, const Set& set, Millis delay) {
  tell_photo_card(actor.unit(), set, delay);
  actor.wake(context_.signals.outbox);
}

Task<Result<Uuid>> ReferenceAvatars::take(Actor& actor, std::optional<Uuid> awaited, SentPhoto sent, std::string name) {
  auto set = co_await wanted(actor, awaited, sent.is_picture, std::move(name));
  if (!set) {
    co_return std::unexpected(std::move(set.error()));
  }
  photos::Photo photo = row_of(sent, actor, actor.unit().new_id(), set->avatar.id);
  if (const auto refused = refused_unseen(sent, *set, context_.policy.photos_most)) {
    photo.state = photos::State::refused;
    photo.reason = code_of(*refused);
  }
  photos::add(actor.unit(), photo);
  photo_sets::prolong(actor.unit(), set->avatar.id, draft_end(actor));
  actor.wake(context_.signals.photos);
  tell(actor, *set, context_.policy.photo_card_delay);
  co_return set->avatar.id;
}

Task<Result<ReferenceAvatars::Set>> ReferenceAvatars::wanted(Actor& actor, std::optional<Uuid> awaited, bool is_picture,
                                                             std::string name) {
  if (awaited) {
    auto known = co_await photo_sets::find(actor.unit(), *awaited, actor.user().id);
    if (known && !known->is_binned) {
      co_return std::move(*known);
    }
  }
  // A file that is no picture means something only where photos are waited for.
  if (!is_picture || !are_on()) {
    co_return fail(Errc::update_unsupported);
  }
  co_return co_await begin(actor, std::move(name));
}

Task<Result<ReferenceAvatars::Set>> ReferenceAvatars::begin(Actor& actor, std::string name) {
  const auto room = co_await photo_sets::room(actor.unit(), actor.user().id);
  if (room.avatars >= context_.policy.avatars_most || room.drafts >= context_.policy.drafts_most) {
    co_return fail(Errc::avatar_limit, "avatars", about::Count{context_.policy.avatars_most});
  }
  const auto columns = co_await avatars::columns(actor.unit());
  Set set;
  set.avatar.id = actor.unit().new_id();
  set.avatar.user_id = actor.user().id;
  set.avatar.name = std::move(name);
  set.avatar.made_from = domain::MadeFrom::references;
  set.avatar.created_at = actor.unit().now();
  set.chat_id = actor.chat_id();
  photo_sets::begin(actor.unit(), set.avatar, columns, set.chat_id, draft_end(actor));
  co_return set;
}

Task<Result<ReferenceAvatars::Set>> ReferenceAvatars::own(Actor& actor, Uuid avatar) {
  auto set = co_await photo_sets::find(actor.unit(), avatar, actor.user().id);
  if (!set || set->is_binned) {
    co_return fail(Errc::not_found);
  }
  set->chat_id = actor.chat_id();
  co_return std::move(*set);
}

Task<Result<void>> ReferenceAvatars::agree(Actor& actor, Uuid avatar, domain::Gender gender) {
  auto set = co_await own(actor, avatar);
  if (!set) {
    co_return std::unexpected(std::move(set.error()));
  }
  stores::UnitOfWork& unit = actor.unit();
  const auto columns = co_await avatars::columns(unit);
  photo_sets::set_gender(unit, *set, gender, columns);
  stores::consents::give(unit, actor.user().id, avatar, kConsentVersion, actor.settings().language);
  if (set->kept == 0 || !domain::is_photo_draft(set->avatar)) {
    tell(actor, *set, Millis(0));
    co_return Result<void>();
  }
  photo_sets::complete(unit, avatar, columns);
  if (gives_way(people_, actor.main_avatar())) {
    avatars::set_main(unit, actor.user().id, avatar);
    set->avatar.status = domain::AvatarStatus::completed;
    set->avatar.is_main = true;
    actor.set_main_avatar(set->avatar);
  }
  tell_avatar_ready(unit, *set);
  actor.wake(context_.signals.outbox);
  co_return Result<void>();
}

Task<Result<std::int64_t>> ReferenceAvatars::drop_weak(Actor& actor, Uuid avatar) {
  auto set = co_await own(actor, avatar);
  if (!set) {
    co_return std::unexpected(std::move(set.error()));
  }
  const auto all = co_await photos::list(actor.unit(), avatar);
  const auto weak = std::ranges::count_if(all, [](const auto& one) { return !one.weak.empty(); });
  if (weak == 0) {
    co_return 0;
  }
  photos::remove_weak(actor.unit(), avatar);
  photo_sets::count_photos(actor.unit(), avatar);
  actor.wake(context_.signals.photos);
  tell(actor, *set, Millis(0));
  co_return weak;
}

Task<Result<domain::Avatar>> ReferenceAvatars::withdraw(Actor& actor, Uuid avatar, bool only_draft) {
  auto set = co_await photo_sets::find(actor.unit(), avatar, actor.user().id);
  if (!set) {
    co_return fail(Errc::not_found);
  }
  if (only_draft && !domain::is_photo_draft(set->avatar)) {
    co_return fail(Errc::card_changed);
  }
  stores::UnitOfWork& unit = actor.unit();
  const auto columns = co_await avatars::columns(unit);
  const auto others = co_await avatars::list(unit, actor.user().id);
  photos::remove_all(unit, avatar);
  stores::consents::withdraw(unit, avatar);
  if (!set->is_binned) {
    avatars::bin(unit, actor.user().id, avatar);
  }
  avatars::empty(unit, avatar, columns);
  stores::file_ids::forget_of(unit, actor.user().id, "faces");
  actor.wake(context_.signals.photos);
  const auto& main = actor.main_avatar();
  if (main && main->id == avatar) {
    const auto next = std::ranges::find_if(others, [&](const avatars::Own& own) {
      return own.avatar.id != avatar && !own.binned_at && domain::check_usable(own.avatar);
    });
    std::optional<domain::Avatar> chosen;
    if (next != others.end()) {
      chosen = next->avatar;
      avatars::set_main(unit, actor.user().id, chosen->id);
      chosen->is_main = true;
    }
    actor.set_main_avatar(std::move(chosen));
  }
  co_return std::move(set->avatar);
}

Task<Result<domain::Avatar>> ReferenceAvatars::show_at(Actor& actor, Uuid avatar, std::int64_t message_id) {
  auto set = co_await own(actor, avatar);
  if (!set) {
    co_return std::unexpected(std::move(set.error()));
  }
  photo_sets::set_card(actor.unit(), avatar, actor.chat_id(), message_id);
  set->card_message_id = message_id;
  tell(actor, *set, Millis(0));
  co_return std::move(set->avatar);
}

Task<std::optional<PhotoCard>> ReferenceAvatars::card(Uuid owner, Uuid avatar, std::int64_t chat_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto set = co_await photo_sets::find(unit, avatar, owner);
  if (!set || set->is_binned) {
    co_return std::nullopt;
  }
  PhotoCard out;
  out.is_agreed = set->is_agreed;
  out.card_message_id = set->card_message_id;
  out.avatar = std::move(set->avatar);
  const auto all = co_await photos::list(unit, avatar);
  add_lines(out, all);
  const auto chat = co_await stores::chats::load(unit, chat_id);
  if (chat) {
    out.is_buried = chat->last_seen_message_id > out.card_message_id;
    out.card_revision = chat->card_revision;
  }
  out.main = co_await avatars::main_of(unit, owner);
  co_return out;
}

}  // namespace aisha::services
