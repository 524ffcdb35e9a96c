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
#include "stores/import/imports.hpp"

namespace aisha::blobs {
class BlobStore;
}
namespace aisha::catalog {
class TemplateManager;
}

namespace aisha::services {

/// Hears how far a long adoption is.
class AdoptionProgress {
 public:
  virtual ~AdoptionProgress() = default;
  virtual void went(std::string_view what, std::int64_t rows) = 0;
};

/// What became, or would become, of one old table.
struct AdoptionTally {
  stores::adoption::Table table;
  std::int64_t rows = 0;                     ///< taken over now
  std::int64_t gains = 0;                    ///< coins, or pictures, that they brought
  std::map<std::string, std::int64_t> left;  ///< reason -> rows that stay with the older bot
};

struct AdoptionObjects {
  std::int64_t found = 0;
  std::map<std::string, std::int64_t> missing;  ///< reason -> pictures
};

/// Takes over what an older Aisha keeps in the same PostgreSQL database: balances, settings, favourites and pictures.
/// Nothing of the older bot is changed; each row is taken once, in batches, however often this is killed and repeated,
/// and also while that bot goes on writing.
class Adoption {
 public:
  /// Where the older bot's objects are looked for: the bucket of generated pictures, by its name in old addresses.
  struct Objects {
    blobs::BlobStore& store;
    std::string bucket;
  };

  Adoption(Context context, const catalog::TemplateManager& templates, Objects objects, AdoptionProgress& progress)
      : context_(context), templates_(templates), objects_(std::move(objects)), progress_(progress) {}

  /// Errc::db_foreign: there is no older Aisha here, or our tables do not stand on its people.
  Task<Result<stores::adoption::People>> people();

  /// Takes everything over that is not yet; with `plan` only counts what would be.
  Task<Result<AdoptionTally>> take(stores::adoption::Source source, bool plan);

  /// Looks for the objects of adopted pictures that have none yet. Errc::unavailable: the store is away.
  Task<Result<AdoptionObjects>> find_objects();

 private:
  template <class Row, class Read, class Use>
  Task<Result<void>> walk(AdoptionTally& tally, std::string_view what, bool plan, Read read, const Use& use);

  std::string take_balance(stores::UnitOfWork& unit, const stores::adoption::OldBalance& old, AdoptionTally& tally);
  std::string take_settings(stores::UnitOfWork& unit, const stores::adoption::OldSettings& old);
  std::string take_favourite(stores::UnitOfWork& unit, const stores::adoption::OldFavourite& old);
  std::string take_generation(stores::UnitOfWork& unit, const stores::adoption::OldGeneration& old,
                              AdoptionTally& tally);
  Task<Result<void>> look_at(std::vector<stores::adoption::Missing> page, AdoptionObjects& found);

  Context context_;
  const catalog::TemplateManager& templates_;
  Objects objects_;
  AdoptionProgress& progress_;
};

}  // namespace aisha::services
