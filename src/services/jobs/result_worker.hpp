// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "blobs/blob_store.hpp"
#include "domain/generation.hpp"
#include "imaging/imager.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/poll_worker.hpp"

namespace aisha::services {

/// Where pictures are checked and kept.
struct PictureSide {
  imaging::Imager& imager;
  blobs::BlobStore& blobs;
};

/// storing -> succeeded | failed: fetches the picture, checks it, keeps it with its thumbnail, and only then takes the
/// coins. Repeating any part of it is harmless: the keys follow from the generation.
class ResultWorker final : public Worker {
 public:
  ResultWorker(Context context, ProviderSide provider, PictureSide pictures)
      : context_(context), side_(provider), pictures_(pictures) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> run(domain::Generation job);
  Task<Result<std::string>> fetch(domain::Generation job);
  Task<Result<std::string>> fetch_again(domain::Generation job);
  Task<Result<void>> keep(domain::Generation job, std::string bytes);
  Task<void> settle(domain::Generation job, Error error);

  Context context_;
  ProviderSide side_;
  PictureSide pictures_;
};

}  // namespace aisha::services
