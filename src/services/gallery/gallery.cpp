// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/gallery.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "cache/recall.hpp"
#include "domain/own_picture.hpp"
#include "services/outbox/outbox_message.hpp"
#include "services/previews/previews.hpp"
#include "stores/pictures/own_pages.hpp"
#include "stores/pictures/picture_messages.hpp"
#include "stores/pictures/requests.hpp"

namespace aisha::services {
namespace {

namespace messages = stores::picture_messages;
namespace requests = stores::requests;

/// The newest ones: older cards were left behind long ago.
constexpr std::int64_t kMessagesTold = 20;

// Imported pictures may have no object; behind so many of them the Home card does without.
constexpr std::int64_t kRecentLooked = 10;

bool has_picture(const std::optional<domain::Picture>& found) {
  return found && found->state == domain::PictureState::ready;
}

std::string file_name_of(const domain::Picture& picture) {
  const auto dot = picture.object.key.rfind('.');
  const std::string extension = dot == std::string::npos ? ".jpg" : picture.object.key.substr(dot);
  const std::string style = picture.template_id.empty() ? "prompt" : picture.template_id;
  const std::string id = picture.id.to_string();
  return "aisha_" + picture.local_day + "_" + style + "_" + id.substr(id.size() - 4) + extension;
}

}  // namespace

Task<Result<domain::Picture>> Gallery::picture(Uuid owner, Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await requests::load_owned(unit, id, owner);
  if (!has_picture(found)) {
    co_return fail(Errc::not_found);
  }
  if (found->deleted_at) {
    // A purged row has no object any more: to its owner it is gone like one that never was.
    co_return fail(found->object.key.empty() ? Errc::not_found : Errc::already_deleted);
  }
  co_return std::move(*found);
}

Task<Result<Original>> Gallery::original(Uuid owner, Uuid id) {
  const auto found = co_await picture(owner, id);
  if (!found) {
    co_return std::unexpected(found.error());
  }
  if (!domain::can_be_shown(*found)) {
    co_return fail(Errc::not_found, "an imported picture that is none, or that nobody has looked at yet");
  }
  auto bytes = co_await blobs_.get(blobs::Bucket::generated, found->object.key);
  if (!bytes) {
    co_return std::unexpected(bytes.error());
  }
  Original out;
  out.bytes = std::move(*bytes);
  out.content_type = found->object.content_type;
  out.file_name = file_name_of(*found);
  co_return out;
}

Task<Result<void>> Gallery::send_original(Actor& actor, Uuid id) {
  const auto found = co_await picture(actor.user().id, id);
  if (!found) {
    co_return std::unexpected(found.error());
  }
  order_once(actor, Meaning::original, id);
  co_return Result<void>{};
}

Task<Result<std::string>> Gallery::thumbnail(Uuid owner, Uuid id) {
  const auto found = co_await picture(owner, id);
  if (!found) {
    co_return std::unexpected(found.error());
  }
  co_return co_await blobs_.get(blobs::Bucket::generated, domain::thumbnail_key(found->created_at, found->id));
}

/// All messages that show the picture, each by a row of its own: one edit a message, however often a row is tried. The
/// pressed one too: an earlier row may be on its way to it, read before this commit and seen behind the answer to the
/// press. Not the menu card, which shows what its chat's row says.
Task<void> Gallery::tell_messages(Actor& actor, Uuid id, Pressed pressed) {
  auto shown = co_await messages::of_picture(actor.unit(), id, kMessagesTold);
  const messages::Message here{.chat_id = actor.chat_id(),
                               .message_id = pressed.message_id,
                               .generation_id = id,
                               .kind = messages::Kind::result};
  const auto is_here = [&](const messages::Message& one) {
    return one.chat_id == here.chat_id && one.message_id == here.message_id;
  };
  std::erase_if(shown, is_here);
  if (!pressed.is_menu_card) {
    shown.push_back(here);
  }
  for (const messages::Message& one : shown) {
    if (one.kind != messages::Kind::result && one.kind != messages::Kind::photo) {
      continue;
    }
    NewMessage message;
    message.chat_id = one.chat_id;
    message.meaning = Meaning::picture_state;
    message.ref = id;
    message.detail = std::to_string(one.message_id);
    message.dedupe_key = "picture_state:" + actor.trace().to_string() + ":" + message.detail;
    enqueue(actor.unit(), message);
    actor.wake(context_.signals.outbox);
  }
}

/// The message that shows it among the others of its batch.
void Gallery::tell_batch(Actor& actor, const domain::Picture& picture) {
  if (!picture.batch_id) {
    return;
  }
  NewMessage message;
  message.chat_id = picture.chat_id;
  message.meaning = Meaning::batch_result;
  message.ref = *picture.batch_id;
  message.dedupe_key = "picture_state:" + actor.trace().to_string() + ":batch";
  enqueue(actor.unit(), message);
  actor.wake(context_.signals.outbox);
}

void Gallery::left_behind(Actor& actor, std::int64_t message_id, std::string_view photo_key) {
  const auto picture = domain::id_in_result_photo_key(photo_key);
  if (picture) {
    messages::note(actor.unit(), {.chat_id = actor.chat_id(),
                                  .message_id = message_id,
                                  .generation_id = *picture,
                                  .kind = messages::Kind::photo});
  }
}

Task<void> Gallery::message_gone(std::int64_t chat_id, std::int64_t message_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  messages::forget(unit, chat_id, message_id);
  try {
    co_await unit.commit();
  } catch (const sql::Outage& outage) {
    // Whoever changes it finds out.
    log::debug("that message {} of chat {} is gone is not noted: {}", message_id, chat_id, outage.what());
  }
}

Task<Result<Removal>> Gallery::remove(Actor& actor, Uuid id, Pressed pressed, bool even_kept) {
  const auto found = co_await stores::own_pages::picture(actor.unit(), actor.user().id, id, domain::OwnOrder::days);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  if (found->own.picture.deleted_at) {
    co_return fail(Errc::already_deleted);
  }
  if (found->own.is_kept() && !even_kept) {
    co_return Removal::is_kept;
  }
  requests::soft_delete(actor.unit(), id, actor.user().id);
  actor.forget_pictures();
  co_await tell_messages(actor, id, pressed);
  tell_batch(actor, found->own.picture);
  co_return Removal::done;
}

Task<Result<domain::OwnPlace>> Gallery::restore(Actor& actor, Uuid id, Pressed pressed) {
  auto found = co_await stores::own_pages::picture(actor.unit(), actor.user().id, id, domain::OwnOrder::days);
  if (!found || found->own.picture.deleted_at == domain::kForEver) {
    co_return fail(Errc::not_found);
  }
  if (found->own.picture.deleted_at) {
    requests::restore(actor.unit(), id, actor.user().id);
    actor.forget_pictures();
    co_await tell_messages(actor, id, pressed);
    tell_batch(actor, found->own.picture);
    found->own.picture.deleted_at.reset();
    ++found->all;
  }
  co_return std::move(*found);
}

Task<std::optional<domain::Picture>> Gallery::recent(Uuid owner) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto page = co_await requests::history(unit, owner, std::nullopt, kRecentLooked);
  const auto shown = std::ranges::find_if(page, domain::can_be_shown);
  if (shown == page.end()) {
    co_return std::nullopt;
  }
  co_return std::move(*shown);
}

Task<OwnFigures> Gallery::figures(Uuid owner, std::string today) {
  const auto entry = cache::keys::stats(owner);
  const auto text = co_await cache::recall(context_.cache, entry, kOwnFiguresFormat);
  auto known = text ? read_own_figures(*text) : std::nullopt;
  if (known && known->day == today) {
    co_return std::move(*known);
  }
  const auto last = co_await recent(owner);
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::string days_from = figures_days_from(today);
  const auto read = co_await stores::user_days::figures(unit, owner, days_from);
  OwnFigures fresh = fold_figures(read, today);
  if (last) {
    fresh.last = last->id;
  }
  std::string kept = write_own_figures(fresh);
  co_await cache::keep(context_.cache, entry, kOwnFiguresFormat, std::move(kept));
  co_return fresh;
}

Task<std::string> Gallery::face(std::string photo) {
  const std::string_view built_in = preview_file(photo + ".jpg");
  if (photo.empty() || !built_in.empty()) {
    co_return std::string(built_in);
  }
  auto bytes = co_await blobs_.get(blobs::Bucket::generated, std::move(photo));
  co_return bytes ? std::move(*bytes) : std::string();
}

}  // namespace aisha::services
