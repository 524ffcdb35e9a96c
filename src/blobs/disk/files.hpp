// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/hashing.hpp"

/// Blocking file operations of the disk store. Errors: not_found, disk_full, unavailable.
namespace aisha::blobs {

/// The error of an errno, naming the path.
std::unexpected<Error> failed(const std::filesystem::path& path, int problem);
/// Makes `folder` and its missing parents, each durable in its own parent.
Result<void> make_folders(const std::filesystem::path& folder);
/// Old bytes or new bytes, never a mixture; durable when it returns.
Result<void> write_atomically(const std::filesystem::path& path, std::string_view bytes);
/// The same of the bytes of another file, piece by piece.
Result<void> copy_atomically(const std::filesystem::path& from, const std::filesystem::path& path);
Result<std::string> read_file(const std::filesystem::path& path);
/// Read piece by piece.
Result<Digest> digest_file(const std::filesystem::path& path);
/// The keys of the files below `bucket` that begin with `prefix` and stand behind `after`, the first `limit` in the
/// order of their bytes. A folder that is not there holds none.
Result<std::vector<std::string>> list_keys(const std::filesystem::path& bucket, std::string_view prefix,
                                           std::string_view after, std::size_t limit);
/// Removing what is absent succeeds.
Result<void> remove_file(const std::filesystem::path& path);

}  // namespace aisha::blobs
