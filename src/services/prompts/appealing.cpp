// SPDX-License-Identifier: Apache-2.0
#include "services/prompts/appealing.hpp"

#include <fmt/core.h>

#include "base/log.hpp"
#include "services/outbox/outbox_message.hpp"
#include "stores/people/appeals.hpp"

namespace aisha::services {
namespace {

namespace appeals = stores::appeals;

/// Of one person, before the operator has answered any.
constexpr std::int64_t kMostWaiting = 10;

bool can_be_allowed(std::string_view category) {
  const auto known = domain::moderation::category_from(category);
  return !known || domain::moderation::can_be_allowed(*known);
}

std::string category_of(const Error& blocked) {
  const auto* field = std::get_if<about::Field>(&blocked.about);
  return field == nullptr ? std::string() : field->name;
}

}  // namespace

Task<Result<Appeals::Answer>> Appeals::send(Actor& actor, std::string prompt) {
  stores::UnitOfWork& unit = actor.unit();
  const Uuid person = actor.user().id;
  auto blocked = co_await gate_.check(unit, prompt);
  if (blocked) {
    co_return Answer::passes;
  }
  appeals::Appeal appeal;
  appeal.category = category_of(blocked.error());
  if (!can_be_allowed(appeal.category)) {
    co_return std::unexpected(std::move(blocked.error()));
  }
  std::string hash = appeals::hash_of(prompt);
  const auto before = co_await appeals::own(unit, person, std::move(hash));
  if (before) {
    co_return before->state == appeals::State::open ? Answer::sent : Answer::rejected;
  }
  const std::int64_t waiting = co_await appeals::waiting(unit, person);
  if (waiting >= kMostWaiting) {
    co_return Answer::full;
  }
  appeal.id = unit.new_id();
  appeal.user_id = person;
  appeal.chat_id = actor.chat_id();
  appeal.prompt = std::move(prompt);
  appeals::add(unit, appeal);
  unit.when_durable([trace = actor.trace(), id = appeal.id, category = appeal.category] {
    log::info(trace, "appeal {} against {}: aisha appeals list", id.to_string(), category);
  });
  co_return Answer::sent;
}

Task<std::optional<std::string>> Appeals::allowed_words(Actor& actor, std::string hash_begins) {
  auto found = co_await appeals::own_allowed(actor.unit(), actor.user().id, std::move(hash_begins));
  co_return found ? std::optional(std::move(found->prompt)) : std::nullopt;
}

Task<std::optional<Appeals::Decided>> Appeals::decided(Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await appeals::find(unit, id);
  if (!found || !found->user_id || found->state == appeals::State::open) {
    co_return std::nullopt;
  }
  co_return Decided{std::move(found->prompt), found->state == appeals::State::allowed};
}

Task<Result<void>> decide_appeal(stores::UnitOfWork& unit, Uuid id, bool is_allowed) {
  const auto appeal = co_await appeals::find(unit, id);
  if (!appeal) {
    co_return fail(Errc::not_found, "there is no such appeal");
  }
  if (appeal->state != appeals::State::open) {
    co_return fail(Errc::conflict, fmt::format("it is {} already", appeals::text_of(appeal->state)));
  }
  if (is_allowed && !can_be_allowed(appeal->category)) {
    co_return fail(Errc::prompt_blocked, fmt::format("of \"{}\" nothing can be allowed", appeal->category));
  }
  const auto state = is_allowed ? appeals::State::allowed : appeals::State::rejected;
  appeals::decide(unit, id, state);
  NewMessage letter;
  letter.chat_id = appeal->chat_id.value_or(0);
  letter.meaning = Meaning::appeal_answer;
  letter.ref = id;
  letter.detail = appeals::text_of(state);
  letter.idempotent = is_idempotent(Meaning::appeal_answer);
  letter.dedupe_key = fmt::format("appeal:{}", id.to_string());
  enqueue(unit, letter);
  co_return Result<void>();
}

}  // namespace aisha::services
