// SPDX-License-Identifier: Apache-2.0
#include "services/prompts/rewriting.hpp"

#include <utility>

#include "base/json.hpp"
#include "base/log.hpp"
#include "domain/prompt_text.hpp"
#include "services/prompts/wording.hpp"
#include "stores/pictures/requests.hpp"

namespace aisha::services {
namespace {

constexpr const char* kTranslate = "translate";
constexpr const char* kEnhance = "enhance";

std::unexpected<Error> useless(std::string why) {
  return fail(Errc::writer_unavailable, std::move(why));
}

/// The input with another final prompt inside the model's frame; nothing when the model would refuse it.
std::optional<std::string> with_prompt(const catalog::Model& model, const std::string& input, const std::string& before,
                                       const std::string& now) {
  auto value = json::parse(input);
  json::Value* prompt = value && value->is_object() ? value->get_object().if_contains("prompt") : nullptr;
  if (prompt == nullptr || !prompt->is_string()) {
    return std::nullopt;
  }
  std::string text(prompt->get_string());
  const auto at = text.find(before);
  if (at == std::string::npos) {
    return std::nullopt;
  }
  *prompt = text.replace(at, before.size(), now);
  return model.check("prompt", *prompt) ? std::optional(json::serialize(*value)) : std::nullopt;
}

}  // namespace

std::string rewriting_of(const std::string& words, const Policy& policy, const domain::UserSettings& settings) {
  if (words.empty()) {
    return {};
  }
  if (policy.enhances_prompts && settings.enhance) {
    return kEnhance;
  }
  return policy.translates_prompts && domain::is_cyrillic(words) ? kTranslate : std::string();
}

Task<Result<Rewriter::Rewritten>> Rewriter::rewrite(domain::Job job, std::string what, std::string words) {
  const auto how = what == kEnhance ? providers::Rewriting::enhance : providers::Rewriting::translate;
  auto written = co_await writer_.write(how, std::move(words));
  if (!written) {
    log::warn(job.trace, "the writer: {}", written.error().detail);
    co_return std::unexpected(std::move(written.error()));
  }
  auto checked = domain::check_prompt(*written);
  if (!checked) {
    co_return useless(checked.error().detail);
  }
  co_return co_await put(std::move(job), std::move(*checked));
}

Task<Result<Rewriter::Rewritten>> Rewriter::put(domain::Job job, std::string words) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto passes = co_await gate_.check(unit, words);
  if (!passes) {
    co_return std::unexpected(std::move(passes.error()));
  }
  const auto followed = co_await stores::requests::follow(unit, job.id);
  const auto model = models_.by_endpoint(job.model);
  if (!followed || !followed->avatar || model == nullptr) {
    co_return useless("what the words belong to is gone");
  }
  auto prompt = worded(*model, *followed->avatar, words);
  if (!prompt) {
    co_return useless(prompt.error().detail);
  }
  auto input = with_prompt(*model, job.input, followed->picture.prompt, *prompt);
  if (!input) {
    co_return useless("the model does not take the new words");
  }
  Rewritten out{std::move(words), std::move(*prompt), std::move(*input)};
  co_return out;
}

void Rewriter::write(stores::UnitOfWork& unit, const domain::Job& job, const Rewritten& rewritten) const {
  stores::requests::set_prompt(unit, job.id, rewritten.prompt);
}

}  // namespace aisha::services
