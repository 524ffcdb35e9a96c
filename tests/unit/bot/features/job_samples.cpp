// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/job_samples.hpp"

#include <fmt/core.h>

#include "bot/features/job/screen.hpp"
#include "bot/features/picture/screen.hpp"

namespace aisha::bot::testing {
namespace {

/// The status of own words that were worked on.
void add_rewritten(std::map<std::string, Card>& out, const texts::Texts& t, job::StatusView status) {
  status.patient_until.clear();
  status.rewriting = "translate";
  status.rewritten = "a cat on the shore of a lake";
  out["status_translated_prompt"] = job::status_card(t, status);
  status.rewriting = "enhance";
  out["status_enhanced_prompt"] = job::status_card(t, status);
  status.rewritten = "";
  out["status_words_kept_prompt"] = job::status_card(t, status);
}

/// Without a picture.
void add_ends(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v, bool own) {
  const std::string kind = own ? "prompt" : "style";
  for (const Errc code : {Errc::provider_failed, Errc::job_deadline, Errc::provider_nsfw, Errc::provider_gone,
                          Errc::unavailable, Errc::limit_spend}) {
    out[fmt::format("failed_{}_{}", code_of(code), kind)] =
        job::failed_card(t, {generation_sample(v, own), code, 5, v.coins, 60'000});
  }
  out["cancelled_" + kind] = job::cancelled_card(t, {generation_sample(v, own), Errc::job_cancelled, 5, v.coins});
  out["cancelled_free_" + kind] = job::cancelled_card(t, {generation_sample(v, own), Errc::job_cancelled, 0, v.coins});
}

}  // namespace

GenerationView generation_sample(const Values& v, bool own) {
  return {.id = v.id,
          .style = own ? "" : "business",
          .title = own ? "" : v.title,
          .words = own ? v.prompt : v.description,
          .prompt = v.prompt,
          .own_prompt = own ? v.prompt : "",
          .avatar = v.name,
          .kind = domain::AvatarKind::portrait,
          .model = "FLUX LoRA",
          .size = "2K",
          .price = 5};
}

void add_job_screens(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  for (const bool own : {false, true}) {
    const std::string kind = own ? "prompt" : "style";
    job::StatusView status{.generation = generation_sample(v, own),
                           .queue_position = std::nullopt,
                           .usual_seconds = 10,
                           .elapsed = Millis(0),
                           .waits_long = false,
                           .slow = false,
                           .cancelling = false,
                           .anew = false,
                           .unsure = false};
    out["status_" + kind] = job::status_card(t, status);
    status.queue_position = 2;
    status.elapsed = Millis(2'000);
    out["status_queue_" + kind] = job::status_card(t, status);
    status.elapsed = Millis(5'000);
    status.waits_long = true;
    out["status_queue_long_" + kind] = job::status_card(t, status);
    status.queue_position.reset();
    status.elapsed = Millis(13'000);
    out["status_almost_" + kind] = job::status_card(t, status);
    status.unsure = true;
    out["status_unsure_" + kind] = job::status_card(t, status);
    status.elapsed = Millis(50'000);
    status.slow = true;
    out["status_slow_" + kind] = job::status_card(t, status);
    status.anew = true;
    out["status_anew_" + kind] = job::status_card(t, status);
    status.cancelling = true;
    out["status_cancelling_" + kind] = job::status_card(t, status);
    status.cancelling = false;
    status.anew = false;
    status.patient_until = "14:05";
    out["status_patient_" + kind] = job::status_card(t, status);
    if (own) {
      add_rewritten(out, t, status);
    }
    out["result_" + kind] = picture::result_card(t, {generation_sample(v, own), 9, v.coins, "2026-01-15", {}, v.nonce});
    out["result_gift_" + kind] = picture::result_card(t, {.generation = generation_sample(v, own),
                                                          .seconds = 9,
                                                          .coins = v.coins,
                                                          .day = "2026-01-15",
                                                          .marks = {},
                                                          .nonce = v.nonce,
                                                          .is_gift = true});
    out["result_kept_" + kind] =
        picture::result_card(t, {generation_sample(v, own), 9, v.coins, "2026-01-15", {true, true, true}, v.nonce});
    add_ends(out, t, v, own);
  }
  out["deleted"] = picture::deleted_card(t, v.id, 30, picture::WayOn::create);
  out["deleted_on_menu"] = picture::deleted_card(t, v.id, 30, picture::WayOn::gallery);
  out["deleted_ask_kept"] = picture::kept_question_card(t, v.id, 30);
}

}  // namespace aisha::bot::testing
