// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace aisha::services {

/// The words of a name and a prompt as `picture_texts` keeps them: stems, each once, a blank before and behind each; ""
/// when there is none.
std::string index_words(std::string_view name, std::string_view prompt);

/// Reads the words of pictures that wait for it, the newest first, one process at a time.
class WordIndex final : public Chore {
 public:
  explicit WordIndex(Context context) : context_(context) {}

  Task<void> run() override;

 private:
  Context context_;
};

}  // namespace aisha::services
