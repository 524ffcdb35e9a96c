// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "blobs/blob_store.hpp"
#include "imaging/imager.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "stores/import/imports.hpp"
#include "stores/upkeep/chores.hpp"

namespace aisha::services {

/// Looks at each imported picture whose object was found: nobody of ours has decoded it, and until then it is not
/// shown. A good one gets its sides, hash, thumbhash and thumbnail; the object itself stays as it is. One that the
/// imager refuses gets its hash and a note with the code, and is never shown. One process at a time, one picture after
/// another.
class ImportedLooking final : public Chore {
 public:
  ImportedLooking(Context context, blobs::BlobStore& blobs, imaging::Imager& imager)
      : context_(context), blobs_(blobs), imager_(imager) {}

  Task<void> run() override;

 private:
  enum class Outcome { looked, absent, away };

  Task<bool> look_at_page(stores::chores::Claim claim);
  Task<Outcome> look_at(stores::imports::Unseen one);
  Task<Result<imaging::Inspection>> inspect(std::string bytes);
  Task<bool> hold(stores::chores::Claim claim);

  Context context_;
  blobs::BlobStore& blobs_;
  imaging::Imager& imager_;
  Uuid behind_;  ///< looked at up to here; nil = begins anew
};

}  // namespace aisha::services
