// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "services/context/context.hpp"
#include "services/people/actor.hpp"
#include "services/prompts/prompt_gate.hpp"

namespace aisha::services {

/// A person's word against a refusal of the rules, and the operator's.
class Appeals {
 public:
  Appeals(Context context, const PromptGate& gate) : context_(context), gate_(gate) {}

  enum class Answer : std::uint8_t {
    sent,      ///< the operator will see it, or will see what was sent before
    rejected,  ///< the operator has answered already
    passes,    ///< nothing is against the text any more
    full       ///< too many of theirs wait
  };
  /// Collects the appeal for these words, kept as they are. Error: prompt_blocked (of a category in which nothing is
  /// allowed).
  Task<Result<Answer>> send(Actor& actor, std::string prompt);

  /// Words of the person that the operator allowed, by the beginning of their hash.
  Task<std::optional<std::string>> allowed_words(Actor& actor, std::string hash_begins);

  /// What a person is told about.
  struct Decided {
    std::string prompt;
    bool is_allowed = false;
  };
  /// Nothing while it is open, and once nothing of its person is left.
  Task<std::optional<Decided>> decided(Uuid id);

 private:
  Context context_;
  const PromptGate& gate_;
};

/// Collects the operator's answer and the letter that tells it. Errors: not_found, conflict (answered already: the
/// detail says how), prompt_blocked (of a category in which nothing is allowed).
Task<Result<void>> decide_appeal(stores::UnitOfWork& unit, Uuid id, bool is_allowed);

}  // namespace aisha::services
