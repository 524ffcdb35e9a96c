// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "providers/prompt_writer.hpp"

namespace aisha::fakes {

/// A writer that answers from a list; with an empty list it has no answer.
class ScriptedWriter final : public providers::PromptWriter {
 public:
  std::deque<Result<std::string>> answers;
  std::vector<std::pair<providers::Rewriting, std::string>> asked;

  Task<Result<std::string>> write(providers::Rewriting what, std::string words) override {
    asked.emplace_back(what, std::move(words));
    Result<std::string> out = fail(Errc::writer_unavailable, "not scripted");
    if (!answers.empty()) {
      out = std::move(answers.front());
      answers.pop_front();
    }
    co_return out;
  }
};

}  // namespace aisha::fakes
