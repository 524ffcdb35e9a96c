// SPDX-License-Identifier: Apache-2.0
#include "services/prompts/wording.hpp"

#include <utility>

#include "domain/prompt.hpp"

namespace aisha::services {

Result<std::string> worded(const catalog::Model& model, const domain::Avatar& avatar, std::string body) {
  domain::PromptParts parts;
  parts.trigger_required = model.needs_trigger;
  if (model.needs_trigger) {
    parts.trigger_phrase = avatar.trigger_phrase;
    parts.trigger_word = avatar.trigger_word;
  }
  parts.body = std::move(body);
  return domain::build_prompt(parts);
}

}  // namespace aisha::services
