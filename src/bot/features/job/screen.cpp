// SPDX-License-Identifier: Apache-2.0
#include "bot/features/job/screen.hpp"

#include <array>

#include "bot/cards/layout.hpp"

namespace aisha::bot::screens {
namespace {

using layout::button;
using layout::coins;

constexpr std::size_t kNameMax = 48;
constexpr std::size_t kPromptOnStatus = 60;
constexpr Millis kAlmostAfter{12'000};

std::string cut(const std::string& text, std::size_t most) {
  return texts::cut_utf16(std::string_view(text), most);
}

/// Chosen by the id: the same generation always says the same.
std::string almost(const texts::Texts& texts, const Uuid& id) {
  constexpr std::array<const char*, 3> kIds{"status.almost_1", "status.almost_2", "status.almost_3"};
  return texts.plain(kIds[id.bytes.back() % kIds.size()]);
}

std::string status_line(const texts::Texts& texts, const Status& view) {
  if (view.cancelling) {
    return texts.plain("status.cancelling");
  }
  if (view.slow) {
    return texts.plain("status.long");
  }
  if (view.queue_position) {
    return texts.plain("status.queue", {{"n", *view.queue_position + 1}});
  }
  if (view.elapsed >= kAlmostAfter || !view.usual_seconds) {
    return view.elapsed >= kAlmostAfter ? almost(texts, view.job.id) : texts.plain("status.started");
  }
  return texts.plain("status.usual", {{"time", texts.count("count.seconds_about", *view.usual_seconds)}});
}

bool is_refusal(Errc code) {
  return code == Errc::prompt_blocked || code == Errc::provider_rejected || code == Errc::provider_nsfw;
}

const char* failure_id(const Failed& view) {
  switch (view.code) {
    case Errc::prompt_blocked:
    case Errc::provider_rejected:
    case Errc::provider_nsfw: return view.job.style.empty() ? "error.blocked" : "error.blocked_style";
    case Errc::job_deadline:
    case Errc::provider_timeout: return "error.deadline";
    case Errc::provider_auth:
    case Errc::provider_balance:
    case Errc::provider_busy:
    case Errc::unavailable: return "error.down";
    default: return "error.failed";
  }
}

}  // namespace

Photo photo_of(const Job& job) {
  return job.style.empty() ? layout::banner(job.samples) : Photo(photo::Preview{job.style, job.kind});
}

Card status(const texts::Texts& texts, const Status& view) {
  const Job& job = view.job;
  const std::string avatar = cut(job.avatar, kNameMax);
  Card card;
  card.photo = photo_of(job);
  card.caption = job.style.empty() ? texts.rich("status.prompt", {{"model", job.model},
                                                                  {"size", job.size},
                                                                  {"prompt", cut(job.own_prompt, kPromptOnStatus)},
                                                                  {"avatar", avatar},
                                                                  {"line", status_line(texts, view)}})
                                   : texts.rich("status.template", {{"model", job.model},
                                                                    {"size", job.size},
                                                                    {"style", cut(job.title, kNameMax)},
                                                                    {"avatar", avatar},
                                                                    {"line", status_line(texts, view)}});
  Row row = layout::menu(texts);
  if (!view.cancelling) {
    row.push_back(button(texts.plain("button.cancel_job"), route::CancelJob{job.id}));
  }
  card.keyboard = {std::move(row)};
  return card;
}

Card result(const texts::Texts& texts, const Done& view) {
  const Job& job = view.job;
  const std::string title = job.style.empty() ? texts.plain("result.own_prompt") : cut(job.title, kNameMax);
  const auto caption = [&](std::string_view prompt) {
    return texts.rich("result.caption", {{"style", title},
                                         {"time", texts.plain("unit.seconds_short", {{"n", view.seconds}})},
                                         {"coins", view.coins},
                                         {"prompt", prompt}});
  };
  const std::size_t frame = texts::utf16_length(caption("").text);
  Card card;
  card.photo = photo::Result{job.id};
  card.caption = caption(cut(job.prompt, kCaptionMax - frame));
  card.keyboard = {{button(texts.plain("button.download"), route::Download{job.id}),
                    button(texts.plain("button.delete"), route::Remove{job.id})}};
  if (!job.prompt.empty() && texts::utf16_length(job.prompt) <= kCopyTextMax) {
    card.keyboard.push_back(
        {{.text = texts.plain("button.copy_prompt"), .data = {}, .copy = job.prompt, .look = ButtonLook::plain}});
  }
  card.keyboard.push_back(
      {button(texts.plain("button.create_more"), route::Create{}), button(texts.plain("button.menu"), route::Home{})});
  return card;
}

Card failed(const texts::Texts& texts, const Failed& view) {
  const std::string money = texts.plain("error.money_back", {{"coins", coins(texts, view.coins)}});
  Card card;
  card.photo = photo_of(view.job);
  card.caption = texts.rich(failure_id(view), {{"money", money}});
  if (!is_refusal(view.code)) {
    card.keyboard = {{button(texts.plain("button.retry"), route::Repeat{view.job.id}),
                      button(texts.plain("button.other_style"), route::Create{})}};
  } else if (view.job.style.empty()) {
    card.keyboard = {{button(texts.plain("button.change_prompt"), route::Prompt{})}};
  } else {
    card.keyboard = {{button(texts.plain("button.other_style"), route::Create{})}};
  }
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

Card cancelled(const texts::Texts& texts, const Job& job, std::int64_t balance) {
  Card card;
  card.photo = photo_of(job);
  card.caption = texts.rich("error.cancelled", {{"coins", coins(texts, balance)}});
  card.keyboard = {{button(texts.plain("button.retry"), route::Repeat{job.id}),
                    button(texts.plain("button.other_style"), route::Create{})},
                   layout::menu(texts)};
  return card;
}

Card deleted(const texts::Texts& texts, const Uuid& picture, int trash_days) {
  Card card;
  card.photo = photo::Deleted{};
  card.caption = texts.rich("deleted.caption", {{"days", texts.count("count.days_within", trash_days)}});
  card.keyboard = {{button(texts.plain("button.restore"), route::Undo{picture}),
                    button(texts.plain("button.create_more"), route::Create{})},
                   layout::menu(texts)};
  return card;
}

}  // namespace aisha::bot::screens
