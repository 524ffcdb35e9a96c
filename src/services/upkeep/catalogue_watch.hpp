// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "catalog/files/source.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace boost::asio {
class thread_pool;
}
namespace aisha::catalog {
class TemplateManager;
}
namespace aisha::services {

/// Puts the catalogue of a folder in force as soon as one of its files has changed, in this process. One that is broken
/// is told once, and the one before stays. Files are looked at and read on a thread of its own: they may lie on a
/// network's disk, whose changes no notice tells.
class CatalogueWatch final : public Chore {
 public:
  CatalogueWatch(Context context, Executor loop, catalog::Source source, catalog::TemplateManager& templates);
  ~CatalogueWatch() override;

  Task<void> run() override;

  /// What is wrong with the files as they are now, "file:line: what"; nothing while they are in force.
  const std::optional<std::string>& trouble() const { return trouble_; }

 private:
  Task<void> take_anew();
  void note(std::optional<std::string> trouble);

  Executor loop_;
  catalog::Source source_;
  catalog::TemplateManager& templates_;
  std::unique_ptr<boost::asio::thread_pool> files_;
  std::string stamp_;
  std::optional<std::string> trouble_;
  metrics::Gauge& broken_;
};

}  // namespace aisha::services
