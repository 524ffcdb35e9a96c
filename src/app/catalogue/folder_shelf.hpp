// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "services/previews/preview_shelf.hpp"

namespace aisha::app {

/// Previews in a folder, for a command: it blocks.
class FolderShelf final : public services::PreviewShelf {
 public:
  explicit FolderShelf(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Task<Result<std::string>> read(std::string name, std::size_t most) override;
  Task<Result<void>> write(std::string name, std::string bytes) override;
  Task<Result<void>> remove(std::string name) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace aisha::app
