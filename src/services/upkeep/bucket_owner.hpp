// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "blobs/blob_store.hpp"

/// Whose the pictures of a store are. A database removes objects that its own rows do not name, so two of them must
/// never share a bucket or a folder: the object `databases/<id>` beside the pictures says which one has it (the id is
/// that of stores/upkeep/identity.hpp). Errors of all: db_foreign (the detail says what to do), those of BlobStore.
namespace aisha::services {

/// Takes a store that is nobody's. Of two databases that come at once at most one gets it; processes of one database
/// do the same and agree.
Task<Result<void>> claim_bucket(blobs::BlobStore& blobs, Uuid database);

/// That it is this database's, before anything is removed. Errc::not_found: it is nobody's, as a drive that is not
/// mounted looks.
Task<Result<void>> check_bucket(blobs::BlobStore& blobs, Uuid database);

/// Takes it whosever it is: for an operator who says so. The other database is refused from now on.
Task<Result<void>> take_bucket(blobs::BlobStore& blobs, Uuid database);

}  // namespace aisha::services
