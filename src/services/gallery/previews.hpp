// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/blob_store.hpp"

/// The styles' previews, which are built into the program.
namespace aisha::services {

/// JPEG of that file of data/previews, e.g. "art.portrait.jpg"; empty when there is none.
std::string_view preview_file(std::string_view name);

/// Changes with any of them; eight hex digits.
std::string previews_version();

/// Lays them out in Bucket::templates as "previews/art.portrait.jpg", for whoever shows the catalogue elsewhere, and
/// "previews/version" last: while that one fits, a call reads it and is done. How many were written; errors of
/// BlobStore.
Task<Result<int>> publish_previews(blobs::BlobStore& blobs);

}  // namespace aisha::services
