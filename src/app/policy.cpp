// SPDX-License-Identifier: Apache-2.0
#include "app/policy.hpp"

namespace aisha::app {

services::Policy policy_of(const config::Config& config) {
  const config::Timing& timing = config.timing;
  services::Policy policy;
  policy.starting_grant = config.money.starting_grant;
  policy.price = config.money.price;
  policy.max_active = static_cast<int>(config.limits.active_jobs);
  policy.rate_requests = static_cast<int>(config.limits.requests_per_minute);
  policy.lease = timing.lease;
  policy.adoption_window = timing.adoption_window;
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
  policy.trash_days = static_cast<int>(timing.trash_days);
  policy.retention = std::chrono::hours(timing.retention_hours);
  policy.drain = timing.shutdown_grace;
  return policy;
}

std::vector<services::DemoAvatar> demo_avatars_of(const config::Config& config) {
  std::vector<services::DemoAvatar> avatars;
  for (const config::DemoAvatar& from : config.demo_avatars) {
    services::DemoAvatar avatar;
    avatar.name = from.name;
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

providers::fal::Options fal_options_of(const config::Config& config) {
  providers::fal::Options options;
  options.key = config.fal.key;
  options.queue_url = config.fal.queue_url;
  options.rest_url = config.fal.rest_url;
  options.file_origins = config.fal.file_origins;
  return options;
}

}  // namespace aisha::app
