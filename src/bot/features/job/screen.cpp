// SPDX-License-Identifier: Apache-2.0
#include "bot/features/job/screen.hpp"

#include <array>

#include "bot/cards/layout.hpp"
#include "bot/features/avatars/routes.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/job/routes.hpp"
#include "bot/features/prompt/routes.hpp"

namespace aisha::bot::job {
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

/// The place, and once it has lasted what is known about how long: told, never guessed.
std::string queue_line(const texts::Texts& texts, const StatusView& view) {
  std::string line = texts.plain("status.queue", {{"n", *view.queue_position + 1}});
  if (!view.waits_long) {
    return line;
  }
  const auto waited = std::chrono::duration_cast<std::chrono::seconds>(view.elapsed).count();
  line += " " + texts.plain("status.waited", {{"time", texts.count("count.seconds_in", waited)}});
  if (view.usual_seconds) {
    line +=
        " " + texts.plain("status.queue_usual", {{"time", texts.count("count.seconds_about", *view.usual_seconds)}});
  }
  return line;
}

/// What is sent in place of the person's own words.
std::string words_line(const texts::Texts& texts, const StatusView& view) {
  if (view.rewritten->empty()) {
    return texts.plain("status.words_kept");
  }
  const char* id = view.rewriting == "translate" ? "status.translated" : "status.enhanced";
  return texts.plain(id, {{"text", cut(*view.rewritten, kPromptOnStatus)}});
}

/// "Вернулось 5 монет, теперь их 995."
std::string money_back(const texts::Texts& texts, std::int64_t returned, std::int64_t balance) {
  if (returned == 0) {
    return texts.plain("error.money_safe");
  }
  return texts.plain("error.money_back", {{"returned", coins(texts, returned)}, {"coins", coins(texts, balance)}});
}

bool is_refusal(Errc code) {
  return code == Errc::prompt_blocked || code == Errc::provider_rejected || code == Errc::provider_nsfw;
}

const char* failure_id(const FailedView& view) {
  switch (view.code) {
    case Errc::prompt_blocked:
    case Errc::provider_rejected:
    case Errc::provider_nsfw: return view.generation.style.empty() ? "error.blocked" : "error.blocked_style";
    case Errc::job_deadline:
    case Errc::provider_timeout: return "error.deadline";
    case Errc::provider_gone: return "error.model_gone";
    case Errc::limit_spend: return "error.spend";
    case Errc::provider_auth:
    case Errc::provider_balance:
    case Errc::provider_busy:
    case Errc::unavailable: return "error.down";
    default: return "error.failed";
  }
}

/// The same once more at today's price, or something else.
Keyboard again(const texts::Texts& texts, const GenerationView& generation) {
  Row elsewhere = layout::menu(texts);
  elsewhere.push_back(button(texts.plain("button.other_style"), create::Open{}));
  return {{button(texts.plain("button.retry_for", {{"price", coins(texts, generation.price)}}),
                  Repeat{generation.id, 0, generation.price})},
          std::move(elsewhere)};
}

/// The preview of its style, greyed under these words: nobody takes it for a picture of theirs.
Photo photo_of(const texts::Texts& texts, const GenerationView& generation, const char* words) {
  return generation.style.empty() ? Photo(photo::Drawing{photo::Subject::waiting})
                                  : Photo(photo::Preview{generation.style, generation.kind, texts.plain(words)});
}

}  // namespace

std::string status_line(const texts::Texts& texts, const StatusView& view) {
  if (view.cancelling) {
    return texts.plain("status.cancelling");
  }
  if (view.anew) {
    return texts.plain("status.anew");
  }
  if (!view.patient_until.empty()) {
    return texts.plain("status.patient", {{"time", view.patient_until}});
  }
  if (view.slow) {
    return texts.plain("status.long");
  }
  if (view.unsure) {
    return texts.plain("status.unsure");
  }
  if (view.queue_position) {
    return queue_line(texts, view);
  }
  if (view.elapsed >= kAlmostAfter || !view.usual_seconds) {
    return view.elapsed >= kAlmostAfter ? almost(texts, view.generation.id) : texts.plain("status.started");
  }
  return texts.plain("status.usual", {{"time", texts.count("count.seconds_about", *view.usual_seconds)}});
}

Card status_card(const texts::Texts& texts, const StatusView& view) {
  const GenerationView& generation = view.generation;
  const std::string avatar = cut(generation.avatar, kNameMax);
  Card card;
  card.photo = photo_of(texts, generation, "picture.waiting");
  card.caption = generation.style.empty()
                     ? texts.rich("status.prompt", {{"model", generation.model},
                                                    {"size", generation.size},
                                                    {"prompt", cut(generation.own_prompt, kPromptOnStatus)},
                                                    {"avatar", avatar},
                                                    {"line", status_line(texts, view)}})
                     : texts.rich("status.template", {{"model", generation.model},
                                                      {"size", generation.size},
                                                      {"style", cut(generation.title, kNameMax)},
                                                      {"avatar", avatar},
                                                      {"line", status_line(texts, view)}});
  if (view.rewritten) {
    card.caption += "\n" + words_line(texts, view);
  }
  Row row = layout::menu(texts);
  if (!view.cancelling) {
    row.push_back(button(texts.plain("button.cancel_job"), Cancel{generation.id}));
  }
  card.keyboard = {std::move(row)};
  return card;
}

Card failed_card(const texts::Texts& texts, const FailedView& view) {
  const std::string money = money_back(texts, view.returned, view.coins);
  Card card;
  card.photo = photo::Drawing{photo::Subject::problem};
  card.caption =
      texts.rich(failure_id(view), {{"money", money}, {"time", layout::time_until(texts, view.seconds_to_open)}});
  if (view.code == Errc::provider_gone) {
    // The same once more would end the same.
    card.keyboard = {{button(texts.plain("button.avatars"), avatars::List{0, avatars::Origin::home, false})},
                     layout::menu(texts)};
    return card;
  }
  if (!is_refusal(view.code)) {
    card.keyboard = again(texts, view.generation);
    return card;
  }
  if (view.generation.style.empty()) {
    card.keyboard = {{button(texts.plain("button.change_prompt"), prompt::Ask{})}};
  } else {
    card.keyboard = {{button(texts.plain("button.other_style"), create::Open{})}};
  }
  card.keyboard.push_back(layout::menu(texts));
  return card;
}

Card cancelled_card(const texts::Texts& texts, const FailedView& view) {
  const GenerationView& generation = view.generation;
  Card card;
  card.photo = photo_of(texts, generation, "picture.cancelled");
  card.caption = texts.rich("error.cancelled", {{"money", money_back(texts, view.returned, view.coins)}});
  card.keyboard = again(texts, generation);
  return card;
}

}  // namespace aisha::bot::job
