// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "blobs/blob_store.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/privacy/archives.hpp"

namespace aisha::stores {
class UnitOfWork;
}

namespace aisha::services {

/// Brings exports on: looks for every picture's file and divides them into parts, then has the chat's outbox send part
/// after part, each when the one before has arrived. A store that is away is waited for. A part that cannot be sent
/// ends the export, and its person is told.
class Exporting final : public Worker {
 public:
  Exporting(Context context, blobs::BlobStore& blobs) : context_(context), blobs_(blobs) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

  /// The first step of an export.
  static constexpr std::string_view kFirstStep = "plan";

 private:
  using Request = stores::data_requests::Request;
  Task<void> run(Request request);
  Task<void> plan(Request request);
  Task<void> send(Request request);
  Task<void> wait_for_store(Request request, std::string why);
  void next_part(stores::UnitOfWork& unit, Request& request);
  void give_up(stores::UnitOfWork& unit, const Request& request, std::string_view why);

  Context context_;
  blobs::BlobStore& blobs_;
};

}  // namespace aisha::services
