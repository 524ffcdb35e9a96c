// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "blobs/blob_store.hpp"
#include "services/context/context.hpp"

namespace aisha::imaging {
class Imager;
}

namespace aisha::services {

/// Which of a person's pictures a sheet shows.
enum class SheetOf : std::uint8_t { live, removed };

/// A person's own pictures side by side.
class OwnSheets {
 public:
  /// `imager` may be used by others too.
  OwnSheets(Context context, blobs::BlobStore& blobs, imaging::Imager& imager)
      : context_(context), blobs_(blobs), imager_(imager) {}

  /// JPEG of one to nine of them in this order, numbered from 1; a quiet cell for the nil id and for one whose small
  /// picture is lost. Nothing is kept. Errors: not_found (one is not the owner's, or not as `of` says), unavailable,
  /// those of imaging::Imager::contact_sheet.
  Task<Result<std::string>> compose(Uuid owner, std::vector<Uuid> pictures, SheetOf of);

 private:
  Context context_;
  blobs::BlobStore& blobs_;
  imaging::Imager& imager_;
};

}  // namespace aisha::services
