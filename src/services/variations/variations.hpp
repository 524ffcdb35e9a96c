// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "catalog/models/model.hpp"
#include "domain/own_days.hpp"
#include "services/generations/request.hpp"

namespace aisha::services {

/// What can be made of a finished picture, and what each would cost.
struct VariationChoices {
  domain::OwnPlace place;
  std::optional<domain::Avatar> avatar;  ///< with which it would be made
  bool is_other_avatar = false;          ///< its own one is gone, that is the main one
  std::string model;                     ///< endpoint that would make it
  std::int64_t price = 0;                ///< coins, of one
  std::vector<std::string> ratios;       ///< others that the model has
  std::string better;                    ///< the best preset, when it is better than the picture's; else ""
  std::int64_t better_price = 0;
  bool can_be_closer = false;     ///< the avatar can count for more
  bool can_be_freer = false;      ///< or for less
  bool can_be_repainted = false;  ///< a picture of it that begins with it
  std::int64_t repaint_price = 0;
  bool can_be_changed = false;  ///< by words
};

/// One variation of a picture.
struct VariationOrder {
  Uuid picture;
  domain::Variation kind = domain::Variation::again;
  std::string ratio{};     ///< of format
  bool is_closer = false;  ///< of likeness
  std::size_t step = 0;    ///< of picture: 0 to 2, how far it may go from it
  std::string words{};     ///< of words
};

/// Where the button stands, and what it said.
struct VariationTap {
  std::string key;  ///< one key, one order
  Place place;
  std::int64_t price_shown = 0;
};

/// An accepted variation.
struct AcceptedVariation {
  AcceptedOrder order;
  std::optional<domain::Avatar> other_avatar;  ///< made with it, since the picture's own one is gone
};

/// Pictures made of pictures. Only a person's own ones: not_found for all others; a removed one is already_deleted.
class Variations {
 public:
  Variations(Context context, Catalog catalog, Generations& generations)
      : context_(context), catalog_(catalog), generations_(generations) {}

  /// Errors: those of Generations::price.
  Task<Result<VariationChoices>> choices(Actor& actor, Uuid picture);
  /// Errors: those of `vary` that lie in the order.
  Task<Result<std::int64_t>> price(Actor& actor, VariationOrder what);
  /// What a change by words costs, whatever they will be. Errors: not_found, already_deleted, option_out_of_range.
  Task<Result<std::int64_t>> price_of_words(Actor& actor, Uuid picture);
  /// Collects it. Errors: option_out_of_range (what the picture's model cannot do), those of Generations::request.
  Task<Result<AcceptedVariation>> vary(Actor& actor, VariationOrder what, VariationTap tap);

  /// Collects `count` pictures more like one that may have failed, as variations of what it varies. Errors: those of
  /// Generations::request.
  Task<Result<AcceptedVariation>> more_like(Actor& actor, domain::Picture like, std::int64_t count, VariationTap tap);

  /// A picture and a page of those that vary it. The picture may be gone: its variations stay.
  struct Family {
    std::optional<domain::OwnPlace> head;  ///< none when it is gone
    domain::ChildrenPage page;
  };
  Task<Result<Family>> family(Uuid owner, Uuid head, domain::PageStart from, std::int64_t limit);

 private:
  /// What an order is made of, read once.
  struct Source {
    domain::OwnPlace place;
    std::optional<domain::Avatar> avatar;
    bool is_other_avatar = false;
  };
  Task<Result<Source>> source(Actor& actor, Uuid picture);
  Task<std::optional<domain::Avatar>> own_avatar(Actor& actor, std::optional<Uuid> id);
  GenerationOrder order_like(const domain::Picture& picture, const std::optional<domain::Avatar>& avatar) const;
  Result<GenerationOrder> order_of(const Source& source, const VariationOrder& what) const;
  catalog::ModelRef model_for(catalog::Purpose purpose, const Source& source) const;
  catalog::ModelRef model_of(const domain::Picture& picture, const std::optional<domain::Avatar>& avatar) const;
  Task<Result<AcceptedVariation>> request(Actor& actor, GenerationOrder order, VariationTap tap, bool is_other);

  Context context_;
  Catalog catalog_;
  Generations& generations_;
};

}  // namespace aisha::services
