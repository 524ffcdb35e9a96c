// SPDX-License-Identifier: Apache-2.0
// The scene and the style in which each built-in prompt is painted, so that a new word in a table moves none of them
// unseen.
#include <gtest/gtest.h>
#include <toml++/toml.h>

#include <filesystem>
#include <map>
#include <string>

#include "sandbox/studio/prompt/reading.hpp"
#include "tests/fakes/paths.hpp"

namespace aisha::sandbox::studio {
namespace {

struct Look {
  std::string scene;  ///< "": the prompt names no place
  std::string style;
  bool operator==(const Look&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Look& look) {
  return out << look.scene << " + " << look.style;
}

const std::map<std::string, Look> kExpected{
    {"business", {"business", "photo"}},
    {"glamour", {"glamour", "photo"}},
    {"artistic", {"artistic", "oil"}},
    {"photoshoot", {"photoshoot", "photo"}},
    {"fashion", {"fashion", "photo"}},
    {"art", {"art", "photo"}},
    {"noir", {"", "noir"}},
    {"watercolour", {"", "watercolour"}},
    {"retro-film", {"", "film"}},
    {"casual", {"casual", "photo"}},
    {"outdoor", {"outdoor", "photo"}},
    {"office", {"office", "photo"}},
    {"sunset", {"sunset", "photo"}},
    {"theatre", {"theatre", "photo"}},
    {"study", {"library", "photo"}},
    {"autumn-park", {"autumn", "photo"}},
    {"red-carpet", {"glamour", "photo"}},
    {"seaside-dawn", {"sunset", "watercolour"}},
    {"medieval", {"medieval", "photo"}},
    {"cyberpunk", {"cyberpunk", "photo"}},
    {"knight", {"knight", "oil"}},
    {"comic-hero", {"cyberpunk", "comic"}},
    {"forest-spirit", {"outdoor", "watercolour"}},
    {"royal", {"royal", "oil"}},
    {"synthwave", {"cyberpunk", "neon"}},
    {"pencil", {"", "pencil"}},
    {"mono-portrait", {"photoshoot", "noir"}},
    {"stained-glass", {"", "stained-glass"}},
    {"storybook", {"outdoor", "watercolour"}},
    {"golden-hollywood", {"glamour", "noir"}},
    {"roaring-twenties", {"glamour", "film"}},
    {"western", {"desert", "photo"}},
    {"starship", {"space", "photo"}},
    {"samurai", {"blossom", "watercolour"}},
    {"pirate", {"sunset", "oil"}},
    {"sixties", {"fashion", "comic"}},
    {"new-year", {"winter", "photo"}},
    {"winter-tale", {"winter", "photo"}},
    {"valentine", {"blossom", "film"}},
    {"spring", {"blossom", "photo"}},
    {"summer-festival", {"festival", "photo"}},
    {"halloween", {"medieval", "comic"}},
    {"birthday", {"festival", "photo"}},
};

// Prompts by heart beside the catalogue: what they are pinned to must not depend on who edits it when.
struct Prompt {
  const char* id;
  const char* text;
};
constexpr Prompt kPrompts[] = {
    {"pencil",
     "graphite pencil portrait on textured paper, fine cross hatching, soft smudged shadows, white paper left open "
     "around the shoulders, precise eyes, quiet expression"},
    {"pencil",
     "graphite pencil figure on textured paper, fine cross hatching, smudged shadows, confident flowing outline, white "
     "paper around"},
    {"mono-portrait",
     "black-and-white close portrait, dark seamless studio background, one large softbox from the side, natural skin, "
     "a catchlight in both eyes, calm honest gaze, medium format print"},
    {"stained-glass",
     "stained-glass window figure, jewel-coloured panes with dark lead lines, halo of light, pointed frame, solemn "
     "pose, sun shining through"},
    {"storybook",
     "storybook illustration, friendly figure in a garden of giant flowers, watercolour with pencil outlines, warm "
     "paper, small hidden details, gentle humour"},
    {"golden-hollywood",
     "golden age Hollywood portrait, black-and-white, glamorous screen star of the forties, single hard key light from "
     "above, deep soft shadow under the cheekbones, satin and fur, hair in sculpted waves, eyes lifted past the "
     "camera, silver gelatin print"},
    {"golden-hollywood",
     "golden age Hollywood star, black-and-white, glamorous full figure on a grand staircase, hard key light from "
     "above, satin gown or tuxedo, silver gelatin print"},
    {"roaring-twenties",
     "roaring twenties portrait, art deco ballroom with gold fan ornaments, glamorous evening dress with beads or a "
     "sharp tailcoat, champagne sparkle, warm lamp light, playful half smile, vintage hand-tinted photograph"},
    {"roaring-twenties",
     "roaring twenties dancer, art deco ballroom with gold fan ornaments, glamorous evening dress or tailcoat, "
     "champagne sparkle, vintage hand-tinted photograph"},
    {"western",
     "western portrait in the open desert, cowboy hat and worn leather coat, red canyon walls behind, low dusty sun, "
     "heat shimmer, squinting steady gaze, wide cinematic frame"},
    {"western",
     "lone western rider in the open desert, cowboy hat and long coat, red canyon walls, low dusty sun, wide cinematic "
     "frame"},
    {"starship",
     "starship captain portrait on the bridge of a spacecraft, clean flight uniform with a small emblem, a blue planet "
     "and a nebula behind the panoramic window, soft instrument glow from below, calm commanding look"},
    {"starship",
     "starship captain on the bridge of a spacecraft, flight uniform, blue planet and nebula behind the panoramic "
     "window, instrument glow, commanding pose"},
    {"samurai",
     "samurai portrait under a blossoming cherry tree, lacquered armour with silk cords, drifting petals, morning haze "
     "over a temple roof, ink and watercolour on rice paper, composed and watchful"},
    {"samurai",
     "samurai standing under a blossoming cherry tree, lacquered armour with silk cords, drifting petals, watercolour "
     "on rice paper, drawn-sword calm"},
    {"pirate",
     "pirate captain portrait at the rail of a sailing ship, open sea and a burning sunset behind, weathered coat with "
     "brass buttons, wind in the hair, rope and lantern, oil painting with rembrandt light, daring grin"},
    {"pirate",
     "pirate captain at the rail of a sailing ship, open sea and burning sunset, weathered coat in the wind, oil "
     "painting, rembrandt light"},
    {"sixties",
     "sixties fashion editorial portrait, bold geometric backdrop in orange and pink, graphic dress or slim suit, big "
     "sunglasses, flat pop-art colours, halftone dots, playful attitude"},
    {"sixties",
     "sixties fashion editorial figure, bold geometric backdrop in orange and pink, graphic shapes, flat pop-art "
     "colours, halftone dots"},
    {"new-year",
     "New Year portrait in a warm room by a tall Christmas tree with fairy lights, knitted sweater, snow falling "
     "outside the window, a present with a silk ribbon, amber glow on the face, happy anticipation"},
    {"new-year",
     "New Year scene by a tall Christmas tree with fairy lights, snow falling outside the window, presents with silk "
     "ribbons, amber glow"},
    {"winter-tale",
     "winter fairy-tale portrait in a snowy forest, frost on the eyelashes, fur collar, slow snowflakes, pale blue "
     "light with a warm lantern, rosy cheeks, dreamy look"},
    {"winter-tale",
     "winter fairy-tale figure in a snowy forest, fur-trimmed cloak, slow snowflakes, pale blue light with a warm "
     "lantern"},
    {"valentine",
     "romantic portrait among pink and red petals, soft window light, silk ribbon, blurred hearts of light in the "
     "background, tender smile, fine film grain"},
    {"valentine",
     "romantic figure among falling pink and red petals, silk ribbon in the wind, blurred hearts of light, fine film "
     "grain"},
    {"spring",
     "spring portrait under cherry trees in full bloom, pink blossom close to the lens, light trench coat, clear "
     "bright air, petals on the shoulders, fresh open smile"},
    {"spring",
     "spring walk under cherry trees in full bloom, pink blossom, light trench coat, clear bright air, drifting "
     "petals"},
    {"summer-festival",
     "summer festival portrait at nightfall, strings of warm bulbs and confetti in the air, denim jacket, a touch of "
     "glitter on the cheekbones, crowd as soft bokeh, laughing"},
    {"summer-festival",
     "summer festival scene at nightfall, strings of warm bulbs and confetti in the air, denim jacket, dancing pose, "
     "crowd as soft bokeh"},
    {"halloween",
     "Halloween portrait in an old castle at night, carved pumpkins with candle light, velvet cloak, drifting mist, "
     "raven feathers, mysterious half smile, comic ink shadows"},
    {"halloween",
     "Halloween figure in an old castle at night, carved pumpkins, velvet cloak, drifting mist, comic ink shadows"},
    {"birthday",
     "birthday portrait with balloons and confetti, cake with lit candles in front, bright festive outfit, colourful "
     "bokeh, head slightly tilted, joyful laugh"},
    {"birthday",
     "birthday scene with balloons and confetti, cake with lit candles, bright festive outfit, colourful bokeh, joyful "
     "jump"},
};

Look look_of(const std::string& prompt) {
  const Reading reading = read(tokens("AISHA_ANNA woman, " + prompt));
  const Scene& scene = reading.scene != nullptr ? *reading.scene : scenes().back();
  const Style& style = reading.style != nullptr ? *reading.style : style_named(scene.style);
  return {reading.scene != nullptr ? std::string(scene.name) : "", style.name};
}

TEST(StudioCatalogue, EveryShippedPromptKeepsItsSceneAndStyle) {
  int count = 0;
  for (const auto& file : std::filesystem::directory_iterator(fakes::source_dir() + "/data/templates")) {
    const toml::table parsed = toml::parse_file(file.path().string());
    for (const toml::node& node : *parsed["template"].as_array()) {
      const toml::table& style = *node.as_table();
      const std::string id = style["id"].value_or("");
      const auto expected = kExpected.find(id);
      ASSERT_NE(expected, kExpected.end()) << id << " is new: say here how it is to be painted";
      for (const char* key : {"prompt", "style_prompt", "prompt_woman", "prompt_man"}) {
        if (const auto text = style[key].value<std::string>()) {
          EXPECT_EQ(look_of(*text), expected->second) << id << ", " << key;
          EXPECT_TRUE(beyond(tokens(*text)).empty())
              << id << ": the sandbox would say that it cannot paint " << beyond(tokens(*text)).front();
          ++count;
        }
      }
    }
  }
  EXPECT_GE(count, 45);
}

TEST(StudioCatalogue, PromptsOfTheNewShelvesKeepTheirSceneAndStyle) {
  for (const Prompt& prompt : kPrompts) {
    EXPECT_EQ(look_of(prompt.text), kExpected.at(prompt.id)) << prompt.id << ": " << prompt.text;
    EXPECT_TRUE(beyond(tokens(prompt.text)).empty()) << prompt.id << ": " << beyond(tokens(prompt.text)).front();
  }
}

}  // namespace
}  // namespace aisha::sandbox::studio
