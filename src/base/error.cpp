// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <array>
#include <utility>

namespace aisha {
namespace {

constexpr std::array kCodes = {
    std::pair{Errc::config_invalid, std::string_view("config.invalid")},
    std::pair{Errc::config_secret, std::string_view("config.secret")},
    std::pair{Errc::db_schema_newer, std::string_view("db.schema_newer")},
    std::pair{Errc::db_dirty, std::string_view("db.dirty")},
    std::pair{Errc::db_foreign, std::string_view("db.foreign")},
    std::pair{Errc::db_corrupt, std::string_view("db.corrupt")},
    std::pair{Errc::backup_invalid, std::string_view("backup.invalid")},
    std::pair{Errc::start_failed, std::string_view("start.failed")},
    std::pair{Errc::catalog_invalid, std::string_view("catalog.invalid")},
    std::pair{Errc::conflict, std::string_view("store.conflict")},
    std::pair{Errc::lease_lost, std::string_view("lease.lost")},
    std::pair{Errc::not_found, std::string_view("item.not_found")},
    std::pair{Errc::already_deleted, std::string_view("item.deleted")},
    std::pair{Errc::unavailable, std::string_view("service.unavailable")},
    std::pair{Errc::disk_full, std::string_view("disk.full")},
    std::pair{Errc::net_not_sent, std::string_view("net.not_sent")},
    std::pair{Errc::net_unknown, std::string_view("net.unknown")},
    std::pair{Errc::net_too_large, std::string_view("net.too_large")},
    std::pair{Errc::update_malformed, std::string_view("update.malformed")},
    std::pair{Errc::update_unsupported, std::string_view("update.unsupported")},
    std::pair{Errc::callback_unknown, std::string_view("callback.unknown")},
    std::pair{Errc::card_changed, std::string_view("card.changed")},
    std::pair{Errc::price_changed, std::string_view("price.changed")},
    std::pair{Errc::prompt_empty, std::string_view("prompt.empty")},
    std::pair{Errc::prompt_too_long, std::string_view("prompt.too_long")},
    std::pair{Errc::prompt_bad_text, std::string_view("prompt.bad_text")},
    std::pair{Errc::prompt_blocked, std::string_view("prompt.blocked")},
    std::pair{Errc::name_bad, std::string_view("name.bad")},
    std::pair{Errc::zone_unknown, std::string_view("zone.unknown")},
    std::pair{Errc::link_gone, std::string_view("link.gone")},
    std::pair{Errc::export_failed, std::string_view("export.failed")},
    std::pair{Errc::person_erasing, std::string_view("person.erasing")},
    std::pair{Errc::template_unknown, std::string_view("template.unknown")},
    std::pair{Errc::template_disabled, std::string_view("template.disabled")},
    std::pair{Errc::template_premium, std::string_view("template.premium")},
    std::pair{Errc::template_season, std::string_view("template.season")},
    std::pair{Errc::option_out_of_range, std::string_view("option.out_of_range")},
    std::pair{Errc::avatar_none, std::string_view("avatar.none")},
    std::pair{Errc::avatar_training, std::string_view("avatar.training")},
    std::pair{Errc::avatar_failed, std::string_view("avatar.failed")},
    std::pair{Errc::avatar_broken, std::string_view("avatar.broken")},
    std::pair{Errc::avatar_consent, std::string_view("avatar.consent")},
    std::pair{Errc::avatar_photos_few, std::string_view("avatar.photos_few")},
    std::pair{Errc::avatar_limit, std::string_view("avatar.limit")},
    std::pair{Errc::limit_active, std::string_view("limit.active")},
    std::pair{Errc::limit_rate, std::string_view("limit.rate")},
    std::pair{Errc::limit_spend, std::string_view("limit.spend")},
    std::pair{Errc::credits_insufficient, std::string_view("credits.insufficient")},
    std::pair{Errc::provider_rejected, std::string_view("provider.rejected")},
    std::pair{Errc::provider_nsfw, std::string_view("provider.nsfw")},
    std::pair{Errc::provider_empty, std::string_view("provider.empty")},
    std::pair{Errc::provider_failed, std::string_view("provider.failed")},
    std::pair{Errc::provider_protocol, std::string_view("provider.protocol")},
    std::pair{Errc::provider_auth, std::string_view("provider.auth")},
    std::pair{Errc::provider_balance, std::string_view("provider.balance")},
    std::pair{Errc::provider_busy, std::string_view("provider.busy")},
    std::pair{Errc::provider_timeout, std::string_view("provider.timeout")},
    std::pair{Errc::writer_unavailable, std::string_view("writer.unavailable")},
    std::pair{Errc::provider_gone, std::string_view("provider.gone")},
    std::pair{Errc::job_deadline, std::string_view("job.deadline")},
    std::pair{Errc::job_cancelled, std::string_view("job.cancelled")},
    std::pair{Errc::result_url_refused, std::string_view("result.url_refused")},
    std::pair{Errc::result_origin_unknown, std::string_view("result.origin_unknown")},
    std::pair{Errc::result_address_refused, std::string_view("result.address_refused")},
    std::pair{Errc::result_redirect_refused, std::string_view("result.redirect_refused")},
    std::pair{Errc::result_gone, std::string_view("result.gone")},
    std::pair{Errc::download_timeout, std::string_view("download.timeout")},
    std::pair{Errc::result_defect, std::string_view("result.defect")},
    std::pair{Errc::image_not_an_image, std::string_view("image.not_an_image")},
    std::pair{Errc::image_type_refused, std::string_view("image.type_refused")},
    std::pair{Errc::image_truncated, std::string_view("image.truncated")},
    std::pair{Errc::image_too_large, std::string_view("image.too_large")},
    std::pair{Errc::image_too_many_bytes, std::string_view("image.too_many_bytes")},
    std::pair{Errc::image_decoder_failed, std::string_view("image.decoder_failed")},
    std::pair{Errc::photo_too_many_bytes, std::string_view("photo.too_many_bytes")},
    std::pair{Errc::photo_too_small, std::string_view("photo.too_small")},
    std::pair{Errc::photo_dark, std::string_view("photo.dark")},
    std::pair{Errc::photo_bright, std::string_view("photo.bright")},
    std::pair{Errc::photo_no_face, std::string_view("photo.no_face")},
    std::pair{Errc::photo_many_faces, std::string_view("photo.many_faces")},
    std::pair{Errc::photo_face_small, std::string_view("photo.face_small")},
    std::pair{Errc::photo_blurred, std::string_view("photo.blurred")},
    std::pair{Errc::photo_duplicate, std::string_view("photo.duplicate")},
    std::pair{Errc::photo_enough, std::string_view("photo.enough")},
    std::pair{Errc::photo_gone, std::string_view("photo.gone")},
    std::pair{Errc::telegram_refused, std::string_view("telegram.refused")},
    std::pair{Errc::telegram_unreachable, std::string_view("telegram.unreachable")},
    std::pair{Errc::telegram_flood, std::string_view("telegram.flood")},
    std::pair{Errc::telegram_unauthorized, std::string_view("telegram.unauthorized")},
    std::pair{Errc::telegram_conflict, std::string_view("telegram.conflict")},
    std::pair{Errc::webhook_bad_secret, std::string_view("webhook.bad_secret")},
    std::pair{Errc::fal_bad_signature, std::string_view("fal.bad_signature")},
    std::pair{Errc::fal_stale, std::string_view("fal.stale")},
    std::pair{Errc::fal_foreign, std::string_view("fal.foreign")},
    std::pair{Errc::http_bad_request, std::string_view("http.bad_request")},
    std::pair{Errc::http_too_large, std::string_view("http.too_large")},
    std::pair{Errc::http_timeout, std::string_view("http.timeout")},
};

}  // namespace

std::string_view code_of(Errc code) noexcept {
  for (const auto& [value, text] : kCodes) {
    if (value == code) {
      return text;
    }
  }
  return "internal.bug";
}

Errc errc_from(std::string_view text) noexcept {
  for (const auto& [value, known] : kCodes) {
    if (known == text) {
      return value;
    }
  }
  return Errc::unavailable;
}

}  // namespace aisha
