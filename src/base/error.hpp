// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace aisha {

/// Every expected refusal of the product. Each has one stable text code (`code_of`), which appears in logs, tests,
/// HTTP answers and the database; the sentence a person reads is chosen per language in `texts`.
enum class Errc : std::uint8_t {
  // Configuration and operation: the process does not start (exit code in parentheses).
  config_invalid,   ///< "config.invalid" (2) unknown key, wrong type, out of range; detail is "file:line: ..."
  config_secret,    ///< "config.secret" (2) token of a wrong shape, secret file readable by others
  db_schema_newer,  ///< "db.schema_newer" (3) the database was written by a newer release
  db_dirty,         ///< "db.dirty" (3) a migration stopped half-way
  db_foreign,       ///< "db.foreign" (3) the file or schema is not Aisha's
  db_corrupt,       ///< "db.corrupt" (3)
  backup_invalid,   ///< "backup.invalid" (3) truncated, changed or of another version; detail names file and byte
  start_failed,     ///< "start.failed" (4) port in use, folder not writable, another instance holds the lock
  catalog_invalid,  ///< "catalog.invalid" templates or models; detail is "file:line: ..."
  // Storage.
  conflict,         ///< "store.conflict" somebody else changed the rows first: read again and decide again; RowAt
  lease_lost,       ///< "lease.lost" what was claimed is another worker's now: drop it silently
  not_found,        ///< "item.not_found" absent or not yours; never says which
  already_deleted,  ///< "item.deleted"
  unavailable,      ///< "service.unavailable" a dependency is away for now
  disk_full,        ///< "disk.full"
  // Outgoing HTTP.
  net_not_sent,   ///< "net.not_sent" certain: the peer never saw the request
  net_unknown,    ///< "net.unknown" the request may have been carried out
  net_too_large,  ///< "net.too_large" the answer exceeds the caller's limit
  // Updates and buttons.
  update_malformed,    ///< "update.malformed" kept as poison
  update_unsupported,  ///< "update.unsupported" ignored
  callback_unknown,    ///< "callback.unknown" stale, foreign or forged button
  card_changed,        ///< "card.changed" the pressed card showed something else than would be made now
  price_changed,       ///< "price.changed" the pressed card showed another price
  // Prompt and options.
  prompt_empty,          ///< "prompt.empty"
  prompt_too_long,       ///< "prompt.too_long" Count: its code points
  prompt_bad_text,       ///< "prompt.bad_text"
  prompt_blocked,        ///< "prompt.blocked" Field: the category of the rule
  name_bad,              ///< "name.bad" not one line of 1-100 characters that can be shown
  zone_unknown,          ///< "zone.unknown" Words: what was written for a time zone
  link_gone,             ///< "link.gone" closed, expired, unknown, forged, its picture removed: all alike
  export_failed,         ///< "export.failed" a part of an archive cannot be made, now or later
  person_erasing,        ///< "person.erasing" this person's data is being deleted: nothing is begun for them
  template_unknown,      ///< "template.unknown"
  template_disabled,     ///< "template.disabled"
  template_premium,      ///< "template.premium"
  template_season,       ///< "template.season"
  option_out_of_range,   ///< "option.out_of_range" Field, where a person chose it
  avatar_none,           ///< "avatar.none"
  avatar_training,       ///< "avatar.training"
  avatar_failed,         ///< "avatar.failed"
  avatar_broken,         ///< "avatar.broken"
  avatar_consent,        ///< "avatar.consent" nobody has agreed that pictures are made by its photos
  avatar_photos_few,     ///< "avatar.photos_few" it has no photo to make pictures by
  avatar_limit,          ///< "avatar.limit" Count: how many avatars a person may have
  limit_active,          ///< "limit.active" too many jobs in flight; Count
  limit_rate,            ///< "limit.rate" Wait
  limit_spend,           ///< "limit.spend" what may be spent in a day is spent; Wait until it opens
  credits_insufficient,  ///< "credits.insufficient" Need
  // Provider.
  provider_rejected,   ///< "provider.rejected" 422: refused by the provider's rules
  provider_nsfw,       ///< "provider.nsfw" blanked picture
  provider_empty,      ///< "provider.empty" a success without a picture
  provider_failed,     ///< "provider.failed" the model failed
  provider_protocol,   ///< "provider.protocol" an answer that is not fal's
  provider_auth,       ///< "provider.auth" 401: the queue pauses
  provider_balance,    ///< "provider.balance" 403 locked: the queue pauses
  provider_busy,       ///< "provider.busy" 429 or 503: certain refusal, try again
  provider_timeout,    ///< "provider.timeout"
  writer_unavailable,  ///< "writer.unavailable" the one that translates descriptions has no answer
  provider_gone,       ///< "provider.gone" 404 or 410: the endpoint is no more, or no row is left
  job_deadline,        ///< "job.deadline" the whole generation took too long
  job_cancelled,       ///< "job.cancelled"
  // Result download.
  result_url_refused,       ///< "result.url_refused"
  result_origin_unknown,    ///< "result.origin_unknown" no setting names its origin, which may change: detail names it
  result_address_refused,   ///< "result.address_refused"
  result_redirect_refused,  ///< "result.redirect_refused"
  result_gone,              ///< "result.gone"
  download_timeout,         ///< "download.timeout"
  result_defect,            ///< "result.defect" the picture is no good, at every try; Defect
  // Images.
  image_not_an_image,    ///< "image.not_an_image"
  image_type_refused,    ///< "image.type_refused"
  image_truncated,       ///< "image.truncated"
  image_too_large,       ///< "image.too_large" dimensions
  image_too_many_bytes,  ///< "image.too_many_bytes"
  image_decoder_failed,  ///< "image.decoder_failed" the decoder died or ran out of its limits
  // Photos that a person sends for an avatar; what else is wrong with them has the codes of images.
  photo_too_many_bytes,  ///< "photo.too_many_bytes" more than Telegram lets a bot load
  photo_too_small,       ///< "photo.too_small"
  photo_dark,            ///< "photo.dark"
  photo_bright,          ///< "photo.bright"
  photo_no_face,         ///< "photo.no_face"
  photo_many_faces,      ///< "photo.many_faces"
  photo_face_small,      ///< "photo.face_small"
  photo_blurred,         ///< "photo.blurred"
  photo_duplicate,       ///< "photo.duplicate" the same picture is kept already
  photo_enough,          ///< "photo.enough" as many are kept as one avatar may have
  photo_gone,            ///< "photo.gone" Telegram does not give the file
  // Telegram.
  telegram_refused,       ///< "telegram.refused" 400 that no rule of ours expects
  telegram_unreachable,   ///< "telegram.unreachable" 403 or chat not found
  telegram_flood,         ///< "telegram.flood" 429
  telegram_unauthorized,  ///< "telegram.unauthorized" 401: token revoked
  telegram_conflict,      ///< "telegram.conflict" 409: another instance polls
  // Calls that come in over HTTP.
  webhook_bad_secret,  ///< "webhook.bad_secret" not Telegram
  fal_bad_signature,   ///< "fal.bad_signature" not fal, or not as fal sent it
  fal_stale,           ///< "fal.stale" signed too long ago, or by a clock that is wrong
  fal_foreign,         ///< "fal.foreign" fal speaks of a request that is not ours
  http_bad_request,    ///< "http.bad_request"
  http_too_large,      ///< "http.too_large"
  http_timeout,        ///< "http.timeout"
};

/// The stable text code, e.g. "prompt.too_long".
std::string_view code_of(Errc code) noexcept;

/// Inverse of `code_of`; an unknown text is `Errc::unavailable`.
Errc errc_from(std::string_view text) noexcept;

/// The figures and names that go with an error, for whoever words or handles it. Which of them a code carries stands
/// beside the code.
namespace about {
struct Wait {
  std::int64_t seconds = 0;
};
struct Need {
  std::int64_t need = 0;
  std::int64_t have = 0;
};
struct Field {
  std::string name;
};
struct Count {
  std::int64_t n = 0;
};
/// What a person wrote, shortened to what a sentence can hold.
struct Words {
  std::string text;
};
/// Why a result that came is no good.
struct Defect {
  std::string word;                 ///< text of a domain::Defect
  std::int64_t cost_micro_usd = 0;  ///< what the provider takes for it all the same, in millionths of a US dollar
};
/// The write of a batch that met other rows than it expected, from 0.
struct RowAt {
  std::size_t index = 0;
};
}  // namespace about
using About = std::variant<std::monostate, about::Wait, about::Need, about::Field, about::Count, about::Words,
                           about::Defect, about::RowAt>;

/// `detail` is for logs and operators: nothing reads it, and it never reaches a chat.
struct Error {
  Errc code;
  std::string detail;
  About about{};
};

/// Expected outcomes. Outages and bugs are exceptions, caught at four boundaries only (ARCHITECTURE.md, "Errors").
template <class T = void>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Errc code, std::string detail = {}, About about = {}) {
  return std::unexpected(Error{code, std::move(detail), std::move(about)});
}

}  // namespace aisha
