// SPDX-License-Identifier: Apache-2.0
#include "services/prompts/prompt_gate.hpp"

#include "stores/people/appeals.hpp"

namespace aisha::services {

Task<Result<void>> PromptGate::check(stores::UnitOfWork& unit, std::string prompt) const {
  const auto hit = rules_.check(prompt);
  if (!hit) {
    co_return Result<void>();
  }
  if (domain::moderation::can_be_allowed(hit->category)) {
    std::string hash = stores::appeals::hash_of(prompt);
    const bool allowed = co_await stores::appeals::is_allowed(unit, std::move(hash));
    if (allowed) {
      co_return Result<void>();
    }
  }
  co_return fail(Errc::prompt_blocked, "rule " + hit->rule,
                 about::Field{std::string(domain::moderation::text_of(hit->category))});
}

}  // namespace aisha::services
