// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/files/source.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace boost::asio {
class thread_pool;
}
namespace aisha::catalog {
class ModelManager;
class TemplateManager;
}  // namespace aisha::catalog
namespace aisha::services {

class PromptGate;

/// Files that replace what is in force in this process.
struct Watched {
  catalog::Source source;
  std::vector<std::string> kinds;  ///< of `Source::stamp`
  /// Reads and checks them, on a thread of its own; what it gives puts them in force, on the loop.
  std::function<Result<std::function<void()>>(const catalog::Source&)> read;
};
Watched watched_styles(catalog::Source source, catalog::TemplateManager& templates);
Watched watched_models(catalog::Source source, catalog::ModelManager& models);
Watched watched_rules(catalog::Source source, PromptGate& gate);

/// Puts files of folders in force as soon as one of them has changed, in this process. Those that are broken are told
/// once, and what was before stays. Files are looked at and read on a thread of its own: they may lie on a network's
/// disk, whose changes no notice tells.
class CatalogueWatch final : public Chore {
 public:
  CatalogueWatch(Context context, Executor loop, std::vector<Watched> watched);
  ~CatalogueWatch() override;

  Task<void> run() override;

  /// What is wrong with the files as they are now, "file:line: what"; nothing while they are in force.
  std::optional<std::string> trouble() const;

 private:
  /// What is watched and what was seen of it last.
  struct Seen {
    Watched what;
    std::string stamp;
    std::optional<std::string> trouble;
  };

  Task<void> look(Seen& seen);
  Task<void> take_anew(Seen& seen);
  void note(Seen& seen, std::optional<std::string> trouble);

  Executor loop_;
  std::vector<Seen> seen_;
  std::unique_ptr<boost::asio::thread_pool> files_;
  metrics::Gauge& broken_;
};

}  // namespace aisha::services
