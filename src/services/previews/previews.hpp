// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "catalog/templates/preview_index.hpp"
#include "domain/avatar.hpp"

namespace aisha::catalog {
class TemplateManager;
}
namespace aisha::services {

/// JPEG of that file of data/previews, which are built into the program: "help.jpg", "art.portrait.1a2b3c4d.jpg"; empty
/// when there is none. Lives as long as the process.
std::string_view preview_file(std::string_view name);
/// The index beside them.
const catalog::PreviewIndex& built_in_previews();
/// Changes with any picture of data/previews that is no style's; eight hex digits.
std::string drawings_version();

/// The styles' pictures in force in this process: an operator's where there is one for a style's prompt as it is now,
/// else the one that is built in for that prompt, else none: nobody is shown what a prompt no longer makes. Loop thread
/// only.
class Previews {
 public:
  /// Of an operator, by file name.
  struct Taken {
    std::string sha256;
    std::string jpeg;
  };
  using Pictures = std::map<std::string, std::shared_ptr<const Taken>, std::less<>>;

  explicit Previews(const catalog::TemplateManager& templates) : templates_(templates) {}

  /// Whether the catalogue has it.
  bool knows(std::string_view style) const;
  /// JPEG; empty = there is none. To be copied before anything is waited for.
  std::string_view of(std::string_view style, domain::AvatarKind kind) const;
  /// Changes with any picture of these styles; eight hex digits.
  std::string version_of(std::span<const std::string> styles, domain::AvatarKind kind) const;

  void put(Pictures taken) { taken_ = std::move(taken); }
  const Pictures& taken() const { return taken_; }

 private:
  struct Found {
    std::string_view jpeg;
    std::string_view sha256;
  };
  Found find(std::string_view style, domain::AvatarKind kind) const;

  const catalog::TemplateManager& templates_;
  Pictures taken_;
};

}  // namespace aisha::services
