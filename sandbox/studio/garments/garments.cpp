// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/garments/garments.hpp"

#include "sandbox/studio/garments/patterns.hpp"

namespace aisha::sandbox::studio {

namespace {

// The first one is worn where nothing says otherwise.
constexpr Garment kGarments[] = {
    {"blazer", "suit suits blazer костюм пиджак смокинг фрак жакет | tailcoat tuxedo", sew_blazer},
    {"turtleneck", "turtleneck водолазк", sew_turtleneck},
    {"sweater", "sweater pullover jumper knitted cardigan hoodie свитер джемпер пуловер кофт вязан толстовк худи",
     sew_sweater},
    {"evening", "", sew_evening},
    {"dress", "=dress dresses gown gowns satin плать сарафан", sew_dress},
    {"denim", "denim denim jeans джинс", sew_denim},
    {"gown", "embroidered noble medieval princess средневек принцесс", sew_gown},
    {"armour", "armour armor chainmail knight samurai доспех =лат =латы =латах кольчуг рыцар самура", sew_armour},
    {"cloak",
     "cloak hood mantle spirit ferns elf ranger wizard плащ-накид накидк капюшон мант эльф волшебн =маг =мага колдун",
     sew_cloak, true},
    {"techwear", "reflective techwear implants cyborg киборг", sew_techwear},
    {"ermine", "ermine queen king throne горноста корон королев =король =короля =королём =королем мантия", sew_royal,
     true},
    {"trench", "trench brim detective raincoat плащ детектив тренч", sew_trench},
    {"coat", "coat coats overcoat пальто шуб дублёнк дубленк", sew_coat},
    {"hero", "superhero супергеро comic-hero", sew_hero},
    {"toga", "toga tunic =тога =тоге =тогу туник", sew_toga, true},
    {"ivory", "", sew_ivory},
    {"tweed", "tweed vest твид жилет", sew_tweed},
    {"biker", "leather biker кожан косух", sew_biker},
    {"breton", "striped stripes beret полосат тельняшк берет", sew_breton, true},
    {"linen", "linen shirt shirts blouse рубаш рубах блуз блузк льнян", sew_linen},
    {"tee", "tee t-shirt футболк майк", sew_tee},
    {"jacket", "jacket jackets parka anorak куртк пуховик ветровк парк-анорак", sew_jacket},
    {"western", "cowboy western pirate ковбо вестерн пират", sew_western, true},
};

void add_scarf(Tailor& t, Colour dye) {
  t.in_front(t.furry());
  wrap_scarf(t, dye);
}
void add_crown(Tailor& t, Colour /*gold stays gold*/) {
  crown(t);
}
void add_laurel(Tailor& t, Colour /*gold stays gold*/) {
  laurel(t);
}

constexpr Accessory kAccessories[] = {
    {"hat", "=hat =hats fedora brim cowboy ковбо =шляпа шляп", fedora, {0.055f, 0.05f, 0.048f}},
    {"beanie", "=cap beanie шапк шапочк", beanie, {0.30f, 0.02f, 0.025f}},
    {"scarf", "scarf scarves шарф", add_scarf, {0.78f, 0.70f, 0.58f}},
    {"crown", "crown =корона =короне =короной =корону диадем tiara", add_crown, {}},
    {"laurel", "laurel лавров =leaves", add_laurel, {}},
};

}  // namespace

std::span<const Garment> garments() {
  return kGarments;
}

const Garment* garment_named(std::string_view name) {
  for (const Garment& garment : kGarments) {
    if (garment.name == name) {
      return &garment;
    }
  }
  return nullptr;
}

std::span<const Accessory> accessories() {
  return kAccessories;
}

}  // namespace aisha::sandbox::studio
