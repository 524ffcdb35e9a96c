// SPDX-License-Identifier: Apache-2.0
#include "app/engines/policy_settings.hpp"

#include <algorithm>
#include <cmath>

#include "base/log.hpp"

namespace aisha::app {
namespace {

// fal repeats a webhook for hours, but a person waits: longer than its first retries, shorter than the deadline.
constexpr Millis kUnconfirmedWait{120'000};

}  // namespace

services::Policy policy_of(const config::Config& config) {
  const config::Timing& timing = config.timing;
  services::Policy policy;
  policy.starting_grant = config.money.starting_grant;
  policy.price = config.money.price;
  policy.max_active = static_cast<int>(config.limits.active_jobs);
  policy.rate_requests = static_cast<int>(config.limits.requests_per_minute);
  policy.rate_updates = static_cast<int>(config.limits.updates_per_minute);
  policy.micro_usd_per_day = std::llround(config.limits.usd_per_day * 1e6);
  policy.micro_usd_per_person_day = std::llround(config.limits.usd_per_person_day * 1e6);
  policy.free_rerolls = static_cast<int>(config.limits.free_rerolls);
  policy.reroll_on.clear();
  for (const std::string& word : config.limits.reroll_on) {
    // The configuration has refused every other word.
    policy.reroll_on.push_back(domain::defect_from(word).value());
  }
  policy.prepare_lease = timing.prepare_lease;
  policy.lease = timing.lease;
  policy.store_lease = timing.lease + timing.download_timeout;
  policy.send_lease = timing.lease + timing.upload_timeout;
  policy.part_lease = 3 * policy.send_lease;
  policy.unconfirmed_wait = timing.unconfirmed_wait;
  if (!config.fal.webhook_url.empty()) {
    policy.webhook_base = config.fal.webhook_url + "/";
    policy.unconfirmed_wait = timing.unconfirmed_wait > Millis(0) ? timing.unconfirmed_wait : kUnconfirmedWait;
  }
  policy.deadline = timing.job_deadline;
  policy.poll_first = timing.poll_first;
  policy.poll_last = timing.poll_slowest;
  policy.submit_backoff = timing.retry_first;
  policy.store_backoff = timing.retry_first;
  policy.store_backoff_last = timing.retry_slowest;
  policy.provider_pause = timing.retry_slowest;
  policy.status_interval = timing.status_edit_gap;
  policy.notice_after = timing.late_notice_after;
  policy.outbox_backoff = timing.retry_first;
  policy.outbox_backoff_last = timing.retry_slowest;
  policy.update_backoff = timing.retry_first;
  policy.sweep_interval = timing.sweep;
  policy.trash_days = static_cast<int>(timing.trash_days);
  policy.link_days = static_cast<int>(config.sharing.link_days);
  policy.retention = std::chrono::hours(timing.retention_hours);
  policy.drain = timing.shutdown_grace;
  return policy;
}

std::vector<services::DemoAvatar> demo_avatars_of(const config::Config& config) {
  std::vector<services::DemoAvatar> avatars;
  for (const config::DemoAvatar& from : config.demo_avatars) {
    services::DemoAvatar avatar;
    avatar.name = from.name;
    avatar.name_en = from.name_en;
    avatar.gender = from.gender;
    avatar.kind = from.kind == "style" ? domain::AvatarKind::style : domain::AvatarKind::portrait;
    avatar.lora_url = from.lora_url;
    avatar.finetune_id = from.finetune_id;
    avatar.trigger_phrase = from.trigger;
    avatar.photo = from.photo;
    avatars.push_back(std::move(avatar));
  }
  return avatars;
}

telegram::Patience patience_of(const config::Config& config) {
  return {config.timing.telegram_timeout, config.timing.upload_timeout};
}

providers::fal::Options fal_options_of(const config::Config& config) {
  providers::fal::Options options;
  options.key = config.fal.key;
  options.queue_url = config.fal.queue_url;
  options.rest_url = config.fal.rest_url;
  options.file_origins = config.fal.file_origins;
  options.submit_timeout = config.timing.submit_timeout;
  options.status_timeout = config.timing.fal_timeout;
  // A result may carry its picture.
  options.result_timeout = 3 * config.timing.fal_timeout;
  options.download_timeout = config.timing.download_timeout;
  options.download_stall = std::min(options.download_stall, config.timing.download_timeout);
  return options;
}

providers::fal::PlatformOptions platform_options_of(const config::Config& config) {
  providers::fal::PlatformOptions options;
  options.key = config.fal.key;
  options.admin_key = config.fal.admin_key;
  options.api_url = config.fal.api_url;
  options.timeout = config.timing.fal_timeout;
  return options;
}

http::ProxyRules proxies_of(const config::Config& config) {
  auto rules =
      http::ProxyRules::make({config.network.proxy.reveal(), config.network.no_proxy}, config::process_environment());
  if (!rules) {
    log::error("the environment's proxy is not used: {}", rules.error().detail);
    return {};
  }
  return std::move(*rules);
}

}  // namespace aisha::app
