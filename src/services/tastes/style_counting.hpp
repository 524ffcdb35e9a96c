// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace aisha::services {

/// Counts each half hour what was made in each style, one process for all: today, yesterday and the days since it was
/// last done, as far back as anything is compared with. The same again changes nothing.
class StyleCounting final : public Chore {
 public:
  explicit StyleCounting(Context context) : context_(context) {}

  Task<void> run() override;

 private:
  Context context_;
};

}  // namespace aisha::services
