// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace aisha::sandbox::studio {

/// Stems of the things that several scenes can show.
inline constexpr std::string_view kNightWords = "night midnight moonlit starry ночь ночи ночью ночн полноч звёзд звезд";
inline constexpr std::string_view kRainWords = "rain rainy raining downpour дожд ливень ливн";
inline constexpr std::string_view kSnowWords =
    "snow snowy snowfall blizzard winter снег снеж зима зимы зиме зимой зимн метел вьюг сугроб";
inline constexpr std::string_view kFogWords = "fog foggy туман";
inline constexpr std::string_view kMountainWords =
    "mountain alps peaks =горы =горах =гор =горам =горами =гора =горе =гору горн альп вершин скал";
inline constexpr std::string_view kWaterWords =
    "sea seaside ocean beach lake river shore coast =море =моря =морю =морем морск пляж океан озер озёр река реки реке "
    "реку "
    "рекой "
    "речн берег побереж набережн";
inline constexpr std::string_view kBridgeWords = "bridge мост";
inline constexpr std::string_view kCityWords =
    "city town downtown street skyscraper город улиц небоскрёб небоскреб мегаполис проспект";
inline constexpr std::string_view kForestWords = "forest woods =лес лесу леса лесн лесо тайг роща роще";
inline constexpr std::string_view kCastleWords = "castle fortress замок замк крепост";
inline constexpr std::string_view kMoonWords = "moon moonlit =луна =луне =луну =луной =луны лунн полнолун";
inline constexpr std::string_view kCatWords =
    "=кот =кота =коту =котом =коте кошк кошек котик котён котен =cat =cats kitten kitty";

}  // namespace aisha::sandbox::studio
