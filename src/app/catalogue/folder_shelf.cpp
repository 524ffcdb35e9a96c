// SPDX-License-Identifier: Apache-2.0
#include "app/catalogue/folder_shelf.hpp"

#include "blobs/disk/files.hpp"

namespace aisha::app {

Task<Result<std::string>> FolderShelf::read(std::string name, std::size_t most) {
  std::error_code problem;
  const std::uintmax_t bytes = std::filesystem::file_size(folder_ / name, problem);
  if (!problem && bytes > most) {
    co_return fail(Errc::image_too_many_bytes, std::move(name));
  }
  co_return blobs::read_file(folder_ / name);
}

Task<Result<void>> FolderShelf::write(std::string name, std::string bytes) {
  if (auto made = blobs::make_folders(folder_); !made) {
    co_return made;
  }
  co_return blobs::write_atomically(folder_ / name, bytes);
}

Task<Result<void>> FolderShelf::remove(std::string name) {
  co_return blobs::remove_file(folder_ / name);
}

}  // namespace aisha::app
