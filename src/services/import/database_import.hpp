// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "services/context/context.hpp"
#include "services/import/import_progress.hpp"
#include "stores/import/imports.hpp"

namespace aisha::catalog {
class TemplateManager;
}

namespace aisha::services {

/// What became, or would become, of one old table.
struct ImportTally {
  stores::imports::Table table;
  std::int64_t rows = 0;                     ///< taken over now
  std::int64_t gains = 0;                    ///< coins, or pictures, that they brought
  std::map<std::string, std::int64_t> left;  ///< reason -> rows that stay with the older bot
};

/// Takes over what an older Aisha keeps in the same PostgreSQL database: balances, settings, favourites and pictures.
/// Nothing of the older bot is changed; each row is taken once, in batches, however often this is killed and repeated,
/// and also while that bot goes on writing.
class DatabaseImport {
 public:
  DatabaseImport(Context context, const catalog::TemplateManager& templates, ImportProgress& progress)
      : context_(context), templates_(templates), progress_(progress) {}

  /// Errc::db_foreign: there is no older Aisha here, or our tables do not stand on its people.
  Task<Result<stores::imports::People>> people();

  /// Takes everything over that is not yet; with `plan` only counts what would be.
  Task<Result<ImportTally>> take(stores::imports::Source source, bool plan);

 private:
  template <class Row, class Read, class Use>
  Task<Result<void>> walk(ImportTally& tally, std::string_view what, bool plan, Read read, const Use& use);

  std::string take_balance(stores::UnitOfWork& unit, const stores::imports::OldBalance& old, ImportTally& tally);
  std::string take_settings(stores::UnitOfWork& unit, const stores::imports::OldSettings& old);
  std::string take_favourite(stores::UnitOfWork& unit, const stores::imports::OldFavourite& old);
  std::string take_generation(stores::UnitOfWork& unit, const stores::imports::OldGeneration& old, ImportTally& tally);

  Context context_;
  const catalog::TemplateManager& templates_;
  ImportProgress& progress_;
};

}  // namespace aisha::services
