// SPDX-License-Identifier: Apache-2.0
#include "services/import/database_import.hpp"

#include <algorithm>
#include <array>

#include "catalog/templates/template_manager.hpp"
#include "domain/imported.hpp"
#include "services/import/imported_picture.hpp"
#include "stores/ledger/ledger.hpp"

namespace aisha::services {
namespace {

namespace imports = stores::imports;

constexpr std::int64_t kBatch = 500;
constexpr std::array<std::string_view, 9> kRatios{"1:1", "3:4", "4:3", "2:3", "3:2", "9:16", "16:9", "9:21", "21:9"};

}  // namespace

Task<Result<imports::People>> DatabaseImport::people() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  switch (co_await imports::old_tables(unit)) {
    case imports::OldTables::absent:
      co_return fail(Errc::db_foreign, "there is no older Aisha in this database: no public.users and public.avatars");
    case imports::OldTables::elsewhere:
      co_return fail(Errc::db_foreign,
                     "our schema was made before public.users came and has people of its own: adopt into another one"
                     " ([database] schema)");
    case imports::OldTables::here: break;
  }
  co_return co_await imports::people(unit);
}

// A batch that the database refuses is tried again in smaller ones, since the older bot may have deleted under it,
// until one row alone is refused: that one is left.
template <class Row, class Read, class Use>
Task<Result<void>> DatabaseImport::walk(ImportTally& tally, std::string_view what, bool plan, Read read,
                                        const Use& use) {
  Uuid behind;
  std::int64_t limit = kBatch;
  for (;;) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const std::vector<Row> page = co_await read(unit, behind, limit);
    if (page.empty()) {
      co_return Result<void>{};
    }
    ImportTally seen;
    for (const Row& row : page) {
      const std::string reason = use(unit, row, seen);
      reason.empty() ? ++seen.rows : ++seen.left[reason];
    }
    bool kept = true;
    if (!plan) {
      kept = co_await imports::commit(unit);
    }
    if (!kept && page.size() > 1) {
      limit = 1 + std::ssize(page) / 10;
      continue;
    }
    if (!kept) {
      seen = {};
      ++seen.left["the database refuses it, or it went away meanwhile"];
    }
    behind = page.back().id;
    limit = std::min(kBatch, limit * 2);
    tally.rows += seen.rows;
    tally.gains += seen.gains;
    for (const auto& [reason, rows] : seen.left) {
      tally.left[reason] += rows;
    }
    progress_.went(what, tally.rows);
  }
}

Task<Result<ImportTally>> DatabaseImport::take(imports::Source source, bool plan) {
  ImportTally tally;
  stores::UnitOfWork unit(context_.db, context_.rng);
  tally.table = co_await imports::table(unit, source);
  if (!tally.table.can_be_read()) {
    co_return tally;
  }
  const std::string_view what = imports::table_of(source);
  const auto balance = [&](auto& u, const auto& row, auto& seen) { return take_balance(u, row, seen); };
  const auto settings = [&](auto& u, const auto& row, auto&) { return take_settings(u, row); };
  const auto favourite = [&](auto& u, const auto& row, auto&) { return take_favourite(u, row); };
  const auto generation = [&](auto& u, const auto& row, auto& seen) { return take_generation(u, row, seen); };
  Result<void> walked;
  switch (source) {
    case imports::Source::balances:
      walked = co_await walk<imports::OldBalance>(tally, what, plan, imports::balances, balance);
      break;
    case imports::Source::settings:
      walked = co_await walk<imports::OldSettings>(tally, what, plan, imports::settings, settings);
      break;
    case imports::Source::favourites:
      walked = co_await walk<imports::OldFavourite>(tally, what, plan, imports::favourites, favourite);
      break;
    case imports::Source::generations:
      walked = co_await walk<imports::OldGeneration>(tally, what, plan, imports::generations, generation);
      for (const auto& [status, rows] : co_await imports::pictureless(unit)) {
        tally.left["made no picture: " + status] += rows;
      }
      break;
  }
  if (!walked) {
    co_return std::unexpected(walked.error());
  }
  co_return tally;
}

std::string DatabaseImport::take_balance(stores::UnitOfWork& unit, const imports::OldBalance& old, ImportTally& tally) {
  const auto coins = domain::whole_coins(old.coins);
  if (!coins) {
    return "no number of coins";
  }
  imports::mark(unit, imports::Source::balances, old.id);
  stores::ledger::open_accounts(unit, old.id);
  stores::ledger::grant(unit, old.id, "adopt:balance:" + old.id.to_string(), *coins);
  tally.gains += *coins;
  return "";
}

std::string DatabaseImport::take_settings(stores::UnitOfWork& unit, const imports::OldSettings& old) {
  domain::UserSettings settings;
  settings.language = domain::language_for(old.language);
  if (std::ranges::find(kRatios, old.aspect_ratio) != kRatios.end()) {
    settings.aspect_ratio = old.aspect_ratio;
  }
  imports::mark(unit, imports::Source::settings, old.id);
  imports::add_settings(unit, old.id, settings);
  return "";
}

std::string DatabaseImport::take_favourite(stores::UnitOfWork& unit, const imports::OldFavourite& old) {
  const auto style = templates_.find(old.template_id);
  if (!style && style.error().code == Errc::template_unknown) {
    return "no style \"" + old.template_id + "\" here";
  }
  imports::mark(unit, imports::Source::favourites, old.id);
  imports::add_favourite(unit, old);
  return "";
}

std::string DatabaseImport::take_generation(stores::UnitOfWork& unit, const imports::OldGeneration& old,
                                            ImportTally& tally) {
  const auto pictures = imported_pictures(old, templates_);
  if (pictures.empty()) {
    return "has no address of a picture";
  }
  if (pictures.front().picture.chat_id <= 0) {
    return "its owner's telegram_id is no number";
  }
  imports::mark(unit, imports::Source::generations, old.id);
  for (const imports::Imported& picture : pictures) {
    imports::add_picture(unit, picture);
  }
  tally.gains += std::ssize(pictures);
  return "";
}

}  // namespace aisha::services
