// SPDX-License-Identifier: Apache-2.0
#include "bot/features/batch/screen.hpp"

#include "bot/cards/frame_routes.hpp"
#include "bot/cards/layout.hpp"
#include "bot/features/batch/routes.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/gallery/routes.hpp"

namespace aisha::bot::batch {
namespace {

using layout::button;

const char* title_id(const DoneView& view) {
  if (view.done > 0) {
    return "batch.done";
  }
  return view.failed > 0 ? "batch.none" : "batch.cancelled";
}

}  // namespace

Card status_card(const texts::Texts& texts, const StatusView& view) {
  const GenerationView& generation = view.generation;
  Card card;
  card.photo = generation.style.empty()
                   ? Photo(photo::Drawing{photo::Subject::waiting})
                   : Photo(photo::Preview{generation.style, generation.kind, texts.plain("picture.waiting")});
  card.caption = texts.rich(
      "batch.status",
      {{"images", texts.count("count.images", view.all)}, {"done", view.done}, {"all", view.all}, {"line", view.line}});
  Row row = layout::menu(texts);
  if (!view.is_cancelling) {
    row.push_back(button(texts.plain("button.cancel_all"), CancelAll{view.batch}));
  }
  card.keyboard = {std::move(row)};
  return card;
}

Card done_card(const texts::Texts& texts, const DoneView& view) {
  Card card;
  card.photo = view.items.empty() ? Photo(photo::Drawing{photo::Subject::problem}) : own_sheet(view.items, "list");
  card.caption = texts.rich(title_id(view), {{"done", view.done}, {"all", view.all}, {"coins", view.coins}});
  if (view.failed > 0) {
    card.caption += "\n" + texts.plain("batch.lost", {{"n", view.failed}});
  }
  if (view.cancelled > 0) {
    card.caption += "\n" + texts.plain("batch.stopped", {{"n", view.cancelled}});
  }
  if (view.done > std::ssize(view.items)) {
    card.caption += "\n" + texts.plain("batch.removed", {{"n", view.done - std::ssize(view.items)}});
  }
  add_own_numbers(card.keyboard, view.items,
                  [](const OwnItem& item) { return gallery::Picture{item.id, gallery::Origin::batch}; });
  const std::int64_t missing = view.failed + view.cancelled;
  if (missing > 0) {
    const std::int64_t price = missing * view.generation.price;
    card.keyboard.push_back(
        {button(texts.plain("button.missing", {{"price", price}}), Missing{view.batch, view.nonce, price})});
  }
  card.keyboard.push_back(
      {button(texts.plain("button.create_more"), create::Open{}), button(texts.plain("button.menu"), frame::Home{})});
  return card;
}

DoneView done_view(const texts::Texts& texts, const CatalogView& catalog_view, const domain::BatchStatus& status,
                   std::int64_t balance, std::int64_t nonce) {
  using domain::PictureState;
  const auto language = texts.language() == "ru" ? domain::Language::ru : domain::Language::en;
  DoneView view;
  view.batch = status.batch.id;
  view.generation = catalog_view.generation(status.members.front().own.picture, status.avatar, language);
  view.items = own_items(texts, catalog_view, status.live());
  view.done = status.count(PictureState::ready);
  view.all = status.batch.size;
  view.failed = status.count(PictureState::failed);
  view.cancelled = status.count(PictureState::cancelled);
  view.coins = balance;
  view.nonce = nonce;
  return view;
}

}  // namespace aisha::bot::batch
