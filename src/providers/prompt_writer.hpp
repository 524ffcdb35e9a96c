// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"

namespace aisha::providers {

/// What a writer makes of a picture's description.
enum class Rewriting {
  translate,  ///< the same in English
  enhance     ///< in English, with light, setting and lens
};

class PromptWriter {
 public:
  virtual ~PromptWriter() = default;

  /// The words as they came back, never empty; they are to be checked like typed ones. Repeatable. Error:
  /// writer_unavailable, whatever happened.
  virtual Task<Result<std::string>> write(Rewriting what, std::string words) = 0;
};

}  // namespace aisha::providers
