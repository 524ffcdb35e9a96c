// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blobs/blob_store.hpp"
#include "providers/payloads.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/people/person_marks.hpp"
#include "services/privacy/erasure_claim.hpp"

namespace aisha::services {

/// `data_requests.step` of an erasure that has just been wished for.
inline constexpr std::string_view kFirstErasureStep = "mark";

struct ErasureTools {
  blobs::BlobStore& blobs;
  providers::Payloads& payloads;
  std::chrono::days payload_days{90};  ///< the provider itself forgets what is older
  const PersonMarks& marks;
};

/// Deletes everything of a person, step by step; each step may be repeated, so that nothing is lost with the process
/// that does it. Open pictures and whatever is away for now are waited for in the row, not here. The ledger and what
/// the provider asked for its work stay, under an id that means nobody any more.
class Erasing final : public Worker {
 public:
  Erasing(Context context, ErasureTools tools) : context_(context), tools_(tools) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  struct Step;
  static const Step kSteps[];

  Task<void> work(ErasureClaim claim);
  Task<bool> take_step(ErasureClaim& claim);
  static Task<bool> next_step(ErasureClaim& claim);

  // Each says whether the claim goes on with whatever its row says now.
  Task<bool> mark(ErasureClaim& claim);
  Task<bool> stop(ErasureClaim& claim);
  Task<bool> links(ErasureClaim& claim);
  Task<bool> objects(ErasureClaim& claim);
  Task<bool> provider(ErasureClaim& claim);
  Task<bool> rows(ErasureClaim& claim);
  Task<bool> copies(ErasureClaim& claim);
  Task<bool> profile(ErasureClaim& claim);
  Task<bool> receipt(ErasureClaim& claim);

  Task<bool> have_ended(ErasureClaim& claim);
  Task<bool> may_remove(ErasureClaim& claim);
  Task<std::optional<std::int64_t>> ask_provider(ErasureClaim& claim, std::vector<std::string> requests);
  Task<void> forget_copies(Uuid person);
  bool may_wait(ErasureClaim& claim);
  Task<bool> close(ErasureClaim& claim);

  Context context_;
  ErasureTools tools_;
};

}  // namespace aisha::services
