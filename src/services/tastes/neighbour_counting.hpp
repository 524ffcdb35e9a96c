// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/tastes/likeness.hpp"
#include "stores/tastes/own_styles.hpp"
#include "stores/upkeep/chores.hpp"

namespace aisha::services {

/// Finds every six hours which styles are liked by the same people, one process for all: of at most 200,000 people, all
/// when there are fewer, else those from somebody drawn by chance on.
class NeighbourCounting final : public Chore {
 public:
  explicit NeighbourCounting(Context context) : context_(context) {}

  Task<void> run() override;

 private:
  Task<bool> count(LikedTogether& together, stores::chores::Claim claim);
  Task<bool> hold(stores::chores::Claim claim);
  Uuid somebody(const stores::own_styles::Ends& ends);

  Context context_;
};

}  // namespace aisha::services
