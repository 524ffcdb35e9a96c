// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bot/cards/card.hpp"
#include "bot/flow/catalog_view.hpp"
#include "bot/flow/own_list.hpp"
#include "domain/batch.hpp"
#include "texts/texts.hpp"

/// The message that tells of several pictures.
namespace aisha::bot::batch {

/// V3.
struct StatusView {
  Uuid batch;
  GenerationView generation;  ///< of one of them
  std::int64_t done = 0;
  std::int64_t all = 0;
  std::string line;  ///< as on S4
  bool is_cancelling = false;
};
Card status_card(const texts::Texts& texts, const StatusView& view);

/// V4.
struct DoneView {
  Uuid batch;
  GenerationView generation;   ///< of one of them
  std::vector<OwnItem> items;  ///< those that are there
  std::int64_t done = 0;
  std::int64_t all = 0;
  std::int64_t failed = 0;
  std::int64_t cancelled = 0;
  std::int64_t coins = 0;  ///< balance
  std::int64_t nonce = 0;
};
Card done_card(const texts::Texts& texts, const DoneView& view);

/// V4 of a batch that has ended.
DoneView done_view(const texts::Texts& texts, const CatalogView& catalog_view, const domain::BatchStatus& status,
                   std::int64_t balance, std::int64_t nonce);

}  // namespace aisha::bot::batch
