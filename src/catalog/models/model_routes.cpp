// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model_routes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catalog/files/toml_reader.hpp"

namespace aisha::catalog {
namespace {

constexpr std::string_view kAny = "any";

/// Throws Mistake when the row may not stand under that key.
void check_row(TableReader& in, std::string_view key, const Model& row, Purpose purpose) {
  if (!row.serves(purpose)) {
    in.refuse(key, fmt::format("\"{}\" has no purpose \"{}\"", row.id, text_of(purpose)));
  }
  const std::string_view pass = key.substr(0, key.find('.'));
  if (pass != kAny && pass != text_of(row.avatar.pass)) {
    in.refuse(key, fmt::format("\"{}\" passes avatars by \"{}\"", row.id, text_of(row.avatar.pass)));
  }
}

void check_key(TableReader& in, std::string_view key) {
  const std::string_view pass = key.substr(0, key.find('.'));
  if (pass != kAny && std::ranges::find(kPasses, pass) == kPasses.end()) {
    in.refuse(key, fmt::format("\"{}\" is none of any, {}", pass, fmt::join(kPasses, ", ")));
  }
}

}  // namespace

Routes Routes::parse(const SourceFile& file, const std::vector<ModelRef>& models) {
  Routes out;
  const toml::table root = parse_file(file);
  TableReader in(file.name, root, "routes");
  for (std::size_t i = 0; i < kPurposes.size(); ++i) {
    const toml::table* table = in.table(kPurposes[i]);
    if (table == nullptr) {
      continue;
    }
    const auto purpose = static_cast<Purpose>(i);
    TableReader orders(file.name, *table, std::string(kPurposes[i]));
    for (const auto& [key, node] : *table) {
      check_key(orders, key.str());
      auto& order = out.orders_[{purpose, std::string(key.str())}];
      for (const std::string& id : orders.texts(key.str())) {
        const auto row =
            std::ranges::find(models, id, [](const ModelRef& one) -> const std::string& { return one->id; });
        if (row == models.end()) {
          orders.refuse(key.str(), fmt::format("there is no model \"{}\"", id));
        }
        check_row(orders, key.str(), **row, purpose);
        order.push_back(*row);
      }
    }
    orders.finish();
  }
  in.finish();
  for (std::size_t pass = 0; pass < kPasses.size(); ++pass) {
    if (out.order(Purpose::make, static_cast<AvatarPass>(pass), {}).empty()) {
      in.refuse("make", fmt::format("no model for \"{}\"", kPasses[pass]));
    }
  }
  return out;
}

const std::vector<ModelRef>& Routes::order(Purpose purpose, AvatarPass pass, std::string_view quality) const {
  static const std::vector<ModelRef> kNone;
  const std::string way(text_of(pass));
  for (const std::string& key : {fmt::format("{}.{}", way, quality), way, std::string(kAny)}) {
    if (const auto found = orders_.find(std::pair(purpose, key)); found != orders_.end()) {
      return found->second;
    }
  }
  return kNone;
}

}  // namespace aisha::catalog
