// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "config/fields.hpp"

namespace aisha::config {
namespace {

using Text = Access<std::string>;
using Number = Access<std::int64_t>;
using Duration = Access<Millis>;

constexpr Range kDuration{0, 86'400'000};
constexpr Range kTimeout{100, 600'000};
constexpr Range kUsd{0, 1'000'000};

const std::array kFields{
    Field{"", "allow_insecure", Access<bool>([](Config& c) -> bool& { return c.allow_insecure; })},
    Field{"", "operator_contact", Text([](Config& c) -> std::string& { return c.operator_contact; })},
    Field{"database", "url", Text([](Config& c) -> std::string& { return c.database_url; })},
    Field{"database", "password", Access<Secret>([](Config& c) -> Secret& { return c.database_password; })},
    Field{"database", "schema", Text([](Config& c) -> std::string& { return c.database_schema; })},
    Field{"database", "pool", Number([](Config& c) -> std::int64_t& { return c.database_pool; }), {2, 100}},
    Field{"cache", "url", Text([](Config& c) -> std::string& { return c.cache_url; })},
    Field{"cache", "prefix", Text([](Config& c) -> std::string& { return c.cache_prefix; })},
    Field{"cache", "password", Access<Secret>([](Config& c) -> Secret& { return c.cache_password; })},
    Field{"blobs", "url", Text([](Config& c) -> std::string& { return c.blobs_url; })},
    Field{"s3", "access_key", Text([](Config& c) -> std::string& { return c.s3.access_key; })},
    Field{"s3", "secret_key", Access<Secret>([](Config& c) -> Secret& { return c.s3.secret_key; })},
    Field{"s3", "region", Text([](Config& c) -> std::string& { return c.s3.region; })},
    Field{"s3", "public_url", Text([](Config& c) -> std::string& { return c.s3.public_url; })},
    Field{"s3", "path_style", Access<bool>([](Config& c) -> bool& { return c.s3.path_style; })},
    Field{"s3", "bucket_generated", Text([](Config& c) -> std::string& { return c.s3.bucket_generated; })},
    Field{"s3", "bucket_templates", Text([](Config& c) -> std::string& { return c.s3.bucket_templates; })},
    Field{"s3", "bucket_temp", Text([](Config& c) -> std::string& { return c.s3.bucket_temp; })},
    Field{"catalog", "dir", Text([](Config& c) -> std::string& { return c.catalog_dir; })},
    Field{"prompts", "moderation_dir", Text([](Config& c) -> std::string& { return c.prompts.moderation_dir; })},
    Field{"imaging", "program", Text([](Config& c) -> std::string& { return c.imager_program; })},
    Field{"server", "listen", Text([](Config& c) -> std::string& { return c.server.listen; })},
    Field{"telegram", "token", Access<Secret>([](Config& c) -> Secret& { return c.telegram.token; })},
    Field{"telegram", "api_root", Text([](Config& c) -> std::string& { return c.telegram.api_root; })},
    Field{"telegram",
          "updates",
          Text([](Config& c) -> std::string& { return c.telegram.updates; }),
          {},
          "polling|webhook"},
    Field{"telegram", "inline", Text([](Config& c) -> std::string& { return c.telegram.inline_mode; }), {}, "auto|off"},
    Field{"telegram", "webhook_url", Text([](Config& c) -> std::string& { return c.telegram.webhook_url; })},
    Field{"telegram", "webhook_secret", Access<Secret>([](Config& c) -> Secret& { return c.telegram.webhook_secret; })},
    Field{"telegram", "webhook_certificate",
          Text([](Config& c) -> std::string& { return c.telegram.webhook_certificate; })},
    Field{"telegram",
          "webhook_connections",
          Number([](Config& c) -> std::int64_t& { return c.telegram.webhook_connections; }),
          {1, 100}},
    Field{"telegram",
          "poll_timeout_s",
          Number([](Config& c) -> std::int64_t& { return c.telegram.poll_timeout_s; }),
          {0, 50}},
    Field{"fal", "key", Access<Secret>([](Config& c) -> Secret& { return c.fal.key; })},
    Field{"fal", "admin_key", Access<Secret>([](Config& c) -> Secret& { return c.fal.admin_key; })},
    Field{"fal", "api_url", Text([](Config& c) -> std::string& { return c.fal.api_url; })},
    Field{"fal", "payload_days", Number([](Config& c) -> std::int64_t& { return c.fal.payload_days; }), {0, 3'650}},
    Field{"fal", "queue_url", Text([](Config& c) -> std::string& { return c.fal.queue_url; })},
    Field{"fal", "rest_url", Text([](Config& c) -> std::string& { return c.fal.rest_url; })},
    Field{"fal", "webhook_url", Text([](Config& c) -> std::string& { return c.fal.webhook_url; })},
    Field{"fal", "jwks_url", Text([](Config& c) -> std::string& { return c.fal.jwks_url; })},
    Field{"fal", "file_origins",
          Access<std::vector<std::string>>([](Config& c) -> std::vector<std::string>& { return c.fal.file_origins; })},
    Field{"network", "proxy", Access<Secret>([](Config& c) -> Secret& { return c.network.proxy; })},
    Field{"network", "no_proxy", Text([](Config& c) -> std::string& { return c.network.no_proxy; })},
    Field{"money",
          "starting_grant",
          Number([](Config& c) -> std::int64_t& { return c.money.starting_grant; }),
          {0, 1'000'000}},
    Field{"money", "price", Number([](Config& c) -> std::int64_t& { return c.money.price; }), {0, 1'000'000}},
    Field{"money",
          "sandbox_top_up",
          Number([](Config& c) -> std::int64_t& { return c.money.sandbox_top_up; }),
          {0, 1'000'000}},
    Field{"limits", "active_jobs", Number([](Config& c) -> std::int64_t& { return c.limits.active_jobs; }), {1, 100}},
    Field{"limits",
          "requests_per_minute",
          Number([](Config& c) -> std::int64_t& { return c.limits.requests_per_minute; }),
          {1, 10'000}},
    Field{"limits",
          "updates_per_minute",
          Number([](Config& c) -> std::int64_t& { return c.limits.updates_per_minute; }),
          {10, 100'000}},
    Field{"limits", "usd_per_day", Access<double>([](Config& c) -> double& { return c.limits.usd_per_day; }), kUsd},
    Field{"limits", "usd_per_person_day",
          Access<double>([](Config& c) -> double& { return c.limits.usd_per_person_day; }), kUsd},
    Field{"limits", "free_rerolls", Number([](Config& c) -> std::int64_t& { return c.limits.free_rerolls; }), {0, 10}},
    Field{"limits",
          "reroll_on",
          Access<std::vector<std::string>>([](Config& c) -> std::vector<std::string>& { return c.limits.reroll_on; }),
          {},
          "blank|black|blurred_out|wrong_ratio|too_small|truncated|flagged"},
    Field{"timing",
          "prepare_lease_ms",
          Duration([](Config& c) -> Millis& { return c.timing.prepare_lease; }),
          {100, 3'600'000}},
    Field{"timing", "lease_ms", Duration([](Config& c) -> Millis& { return c.timing.lease; }), {100, 3'600'000}},
    Field{"timing", "job_deadline_ms", Duration([](Config& c) -> Millis& { return c.timing.job_deadline; }), kDuration},
    Field{"timing", "unconfirmed_wait_ms", Duration([](Config& c) -> Millis& { return c.timing.unconfirmed_wait; }),
          kDuration},
    Field{"timing", "poll_first_ms", Duration([](Config& c) -> Millis& { return c.timing.poll_first; }), kDuration},
    Field{"timing", "poll_slowest_ms", Duration([](Config& c) -> Millis& { return c.timing.poll_slowest; }), kDuration},
    Field{"timing", "status_edit_gap_ms", Duration([](Config& c) -> Millis& { return c.timing.status_edit_gap; }),
          kDuration},
    Field{"timing", "late_notice_after_ms", Duration([](Config& c) -> Millis& { return c.timing.late_notice_after; }),
          kDuration},
    Field{"timing", "retry_first_ms", Duration([](Config& c) -> Millis& { return c.timing.retry_first; }), kDuration},
    Field{"timing", "retry_slowest_ms", Duration([](Config& c) -> Millis& { return c.timing.retry_slowest; }),
          kDuration},
    Field{"timing",
          "shutdown_grace_ms",
          Duration([](Config& c) -> Millis& { return c.timing.shutdown_grace; }),
          {0, 10'000}},
    Field{"timing", "telegram_timeout_ms", Duration([](Config& c) -> Millis& { return c.timing.telegram_timeout; }),
          kTimeout},
    Field{"timing", "upload_timeout_ms", Duration([](Config& c) -> Millis& { return c.timing.upload_timeout; }),
          kTimeout},
    Field{"timing", "submit_timeout_ms", Duration([](Config& c) -> Millis& { return c.timing.submit_timeout; }),
          kTimeout},
    Field{"timing", "fal_timeout_ms", Duration([](Config& c) -> Millis& { return c.timing.fal_timeout; }), kTimeout},
    Field{"timing", "download_timeout_ms", Duration([](Config& c) -> Millis& { return c.timing.download_timeout; }),
          kTimeout},
    Field{"timing", "storage_timeout_ms", Duration([](Config& c) -> Millis& { return c.timing.storage_timeout; }),
          kTimeout},
    Field{"timing", "sweep_ms", Duration([](Config& c) -> Millis& { return c.timing.sweep; }), {100, 86'400'000}},
    Field{"timing",
          "awaits_minutes",
          Number([](Config& c) -> std::int64_t& { return c.timing.awaits_minutes; }),
          {1, 1440}},
    Field{"sharing", "link_days", Number([](Config& c) -> std::int64_t& { return c.sharing.link_days; }), {1, 3650}},
    Field{"timing", "trash_days", Number([](Config& c) -> std::int64_t& { return c.timing.trash_days; }), {0, 3650}},
    Field{"timing",
          "retention_hours",
          Number([](Config& c) -> std::int64_t& { return c.timing.retention_hours; }),
          {1, 8760}},
    Field{"log", "level", Text([](Config& c) -> std::string& { return c.log.level; }), {}, "debug|info|warn|error"},
    Field{"log", "format", Text([](Config& c) -> std::string& { return c.log.format; }), {}, "text|json"},
};

}  // namespace

std::vector<Secret> secrets_of(const Config& config) {
  std::vector<Secret> out;
  Config copy = config;  // the table's accessors may change what they reach
  for (const Field& field : kFields) {
    if (const auto* secret = std::get_if<Access<Secret>>(&field.target)) {
      out.push_back((*secret)(copy));
    }
  }
  return out;
}

std::span<const Field> fields() {
  return kFields;
}

}  // namespace aisha::config
