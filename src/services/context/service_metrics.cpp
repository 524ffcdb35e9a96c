// SPDX-License-Identifier: Apache-2.0
#include "services/context/service_metrics.hpp"

namespace aisha::services {
namespace {

constexpr std::string_view kReceived = "aisha_updates_received_total";
constexpr std::string_view kReceivedHelp = "Updates that came from Telegram.";
constexpr std::string_view kCoins = "aisha_coins_total";
constexpr std::string_view kCoinsHelp = "Coins moved: held at the tap, captured with a picture, released without one.";

double seconds(Millis time) {
  return static_cast<double>(time.count()) / 1000.0;
}

double number(std::int64_t n) {
  return static_cast<double>(n);
}

}  // namespace

ServiceMetrics::ServiceMetrics(metrics::Registry& registry)
    : registry_(registry),
      fresh_(registry.counter(kReceived, kReceivedHelp, {{"what", "new"}})),
      repeated_(registry.counter(kReceived, kReceivedHelp, {{"what", "repeated"}})),
      malformed_(registry.counter(kReceived, kReceivedHelp, {{"what", "malformed"}})),
      held_(registry.counter(kCoins, kCoinsHelp, {{"move", "held"}})),
      captured_(registry.counter(kCoins, kCoinsHelp, {{"move", "captured"}})),
      released_(registry.counter(kCoins, kCoinsHelp, {{"move", "released"}})),
      pictures_(registry.counter("aisha_pictures_stored_total", "Pictures stored and paid.")),
      bytes_(registry.counter("aisha_pictures_stored_bytes_total", "Bytes of the stored pictures.")),
      spent_(registry.counter("aisha_spend_micro_usd_total",
                              "What pictures cost at the provider, those that were no good among them.")),
      headless_(registry.counter("aisha_lanes_without_head_total",
                                 "Lanes of inbox and outbox found waiting for nobody; a bug when it grows.")),
      poisoned_(registry.counter("aisha_provider_events_poisoned_total",
                                 "Last words of the provider that could not be applied; a bug when it grows.")),
      orphans_(registry.counter("aisha_orphans_removed_total", "Objects removed because no row names them.")),
      shown_for_good_(registry.counter("aisha_blanks_given_up_total",
                                       "Messages that still show a purged picture after days of tries.")),
      age_(registry.histogram("aisha_update_seconds", "From the stored update to its end.", metrics::kQuick)),
      way_(registry.histogram("aisha_picture_seconds", "From the tap to the stored picture.", metrics::kPatient)) {}

void ServiceMetrics::received(std::int64_t fresh, std::int64_t repeated, std::int64_t malformed) {
  fresh_.add(number(fresh));
  repeated_.add(number(repeated));
  malformed_.add(number(malformed));
}

void ServiceMetrics::handled(std::string_view kind, std::string_view outcome, Millis age, Millis took) {
  const metrics::Label of{"kind", std::string(kind)};
  registry_
      .counter("aisha_updates_handled_total", "Updates that left their handler; a failed one comes again.",
               {of, {"outcome", std::string(outcome)}})
      .add();
  registry_.histogram("aisha_handler_seconds", "Time in the handler of an update.", metrics::kQuick, {of})
      .observe(seconds(took));
  age_.observe(seconds(age));
}

void ServiceMetrics::lanes_mended(std::int64_t lanes) {
  headless_.add(number(lanes));
}

void ServiceMetrics::chore_failed(std::string_view step) {
  registry_
      .counter("aisha_chore_failures_total", "Parts of reaper and sweeper that failed; the others go on.",
               {{"step", std::string(step)}})
      .add();
}

void ServiceMetrics::event_poisoned() {
  poisoned_.add();
}

void ServiceMetrics::blanks_given_up(std::int64_t messages) {
  shown_for_good_.add(number(messages));
}

void ServiceMetrics::orphans_removed(std::int64_t objects) {
  orphans_.add(number(objects));
}

void ServiceMetrics::asked(std::int64_t price) {
  held_.add(number(price));
}

void ServiceMetrics::kept(std::int64_t price, std::int64_t bytes, std::int64_t micro_usd, Millis took) {
  pictures_.add();
  bytes_.add(number(bytes));
  captured_.add(number(price));
  spent_.add(number(micro_usd));
  way_.observe(seconds(took));
}

void ServiceMetrics::spent(std::int64_t micro_usd) {
  spent_.add(number(micro_usd));
}

void ServiceMetrics::rerolled(std::string_view defect) {
  registry_
      .counter("aisha_rerolls_total", "Results that were no good and are made anew for nothing.",
               {{"defect", std::string(defect)}})
      .add();
}

void ServiceMetrics::ended(domain::JobState state, Errc why, std::int64_t price) {
  released_.add(number(price));
  registry_
      .counter("aisha_jobs_without_picture_total", "Requests that ended without a picture, their coins returned.",
               {{"state", std::string(domain::text_of(state))}, {"code", std::string(code_of(why))}})
      .add();
}

void ServiceMetrics::told(std::string_view meaning, std::string_view outcome, Millis age) {
  const metrics::Label of{"meaning", std::string(meaning)};
  registry_
      .counter("aisha_deliveries_total", "Tries to tell somebody something through Telegram.",
               {of, {"outcome", std::string(outcome)}})
      .add();
  if (outcome == "sent") {
    registry_
        .histogram("aisha_delivery_seconds", "From the message written down to Telegram's yes.", metrics::kPatient,
                   {of})
        .observe(seconds(age));
  }
}

}  // namespace aisha::services
