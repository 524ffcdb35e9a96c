// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {

/// A chat with pictures, of which all is to be packed or deleted.
class PrivacyChat : public testing::Chat {
 protected:
  using Files = std::map<std::string, std::string>;

  /// So many finished pictures; the menu card is open afterwards.
  void make(int n) {
    world_.world.policy.starting_grant = 1'000;
    for (int i = 0; i < n; ++i) {
      picture();
    }
    world_.write("/start");
    card_ = world_.newest().id;
  }
  const fakes::ChatMessage& open(const std::string& data) {
    toast_ = world_.press(card_, data);
    return world_.message(card_);
  }
  /// The archives that were sent, in their order.
  std::vector<fakes::Call> sent() {
    std::vector<fakes::Call> out;
    for (const fakes::Call& call : world_.telegram.calls) {
      if (call.method == "sendDocument" && !call.file.empty()) {
        out.push_back(call);
      }
    }
    return out;
  }
  static std::string name_of(const fakes::Call& call) {
    return std::string(call.parameters.at("filename").get_string());
  }
  static Files pictures_in(const Files& files) {
    Files out;
    for (const auto& [path, bytes] : files) {
      if (path.starts_with("pictures/")) {
        out.emplace(path, bytes);
      }
    }
    return out;
  }
  std::string error_of_last() {
    const auto rows = world_.world.run(world_.world.db->read(sql::Statement(
        "SELECT coalesce(error_code, ''), finished_at FROM data_requests ORDER BY created_at DESC LIMIT 1")));
    return rows[0].is_null(1) ? "open" : rows[0].text(0);
  }
  std::int64_t requests() { return world_.count("SELECT count(*) FROM data_requests"); }
  std::int64_t open_ones(const char* kind) {
    return world_.world
        .run(world_.world.db->read(
            sql::Statement("SELECT count(*) FROM data_requests WHERE finished_at IS NULL AND kind = $1", kind)))[0]
        .i64(0);
  }
  /// Asks for an archive, and its first part is about to be sent.
  void open_export() {
    open("1ex");
    while (world_.count("SELECT count(*) FROM outbox WHERE kind = 'export_part'") == 0) {
      world_.world.step(world_.exporting);
    }
  }
  void write(const char* statement) {
    sql::Batch batch;
    batch.push_back({sql::Statement(sql::Text::lasting(statement)), std::nullopt});
    world_.world.run(world_.world.db->write(std::move(batch))).value();
  }
  void break_store(std::optional<Errc> why) { world_.world.blobs.broken = why; }

  std::int64_t card_ = 0;
  std::string toast_;
};

}  // namespace aisha::bot
