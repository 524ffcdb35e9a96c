// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/task.hpp"
#include "catalog/models/model_manager.hpp"
#include "domain/job.hpp"
#include "domain/user.hpp"
#include "providers/prompt_writer.hpp"
#include "services/context/context.hpp"
#include "services/prompts/prompt_gate.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {

/// What is done with a person's own words before they are sent: "enhance" where they wish so, "translate" for Russian
/// ones, as far as the operator allows it; "" = nothing.
std::string rewriting_of(const std::string& words, const Policy& policy, const domain::UserSettings& settings);

/// Puts what a writer makes of a person's words in their place.
class Rewriter {
 public:
  Rewriter(Context context, providers::PromptWriter& writer, const PromptGate& gate,
           const catalog::ModelManager& models)
      : context_(context), writer_(writer), gate_(gate), models_(models) {}

  /// A job with other words.
  struct Rewritten {
    std::string words;   ///< as they came back
    std::string prompt;  ///< final
    std::string input;   ///< of the job
  };
  /// `what`: a text of `rewriting_of`. Errors: prompt_blocked (the new words are against the rules; about the Field),
  /// writer_unavailable (none came, or none that can be used: the person's own ones serve).
  Task<Result<Rewritten>> rewrite(domain::Job job, std::string what, std::string words);
  /// Collects the change of the picture's row.
  void write(stores::UnitOfWork& unit, const domain::Job& job, const Rewritten& rewritten) const;

 private:
  Task<Result<Rewritten>> put(domain::Job job, std::string words);

  Context context_;
  providers::PromptWriter& writer_;
  const PromptGate& gate_;
  const catalog::ModelManager& models_;
};

}  // namespace aisha::services
