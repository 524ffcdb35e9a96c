// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "base/error.hpp"
#include "bot/cards/frame_routes.hpp"
#include "bot/codec/joined_routes.hpp"
#include "bot/features/avatars/routes.hpp"
#include "bot/features/batch/routes.hpp"
#include "bot/features/bin/routes.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/features/favourites/routes.hpp"
#include "bot/features/gallery/routes.hpp"
#include "bot/features/help/routes.hpp"
#include "bot/features/job/routes.hpp"
#include "bot/features/photos/routes.hpp"
#include "bot/features/picture/routes.hpp"
#include "bot/features/privacy/routes.hpp"
#include "bot/features/prompt/routes.hpp"
#include "bot/features/search/routes.hpp"
#include "bot/features/settings/routes.hpp"
#include "bot/features/sharing/routes.hpp"
#include "bot/features/statistics/routes.hpp"
#include "bot/features/variants/routes.hpp"

namespace aisha::bot {

/// What a button means: one of the routes of all features.
using Callback =
    Joined<frame::Routes, create::Routes, prompt::Routes, job::Routes, picture::Routes, settings::Routes, help::Routes,
           gallery::Routes, search::Routes, favourites::Routes, bin::Routes, statistics::Routes, avatars::Routes,
           photos::Routes, sharing::Routes, privacy::Routes, variants::Routes, batch::Routes>::Variant;

/// The exact inverse of `encode`: what it does not write is Errc::callback_unknown (another version, unknown route,
/// missing or surplus arguments, leading zeros, random bytes).
Result<Callback> decode(std::string_view data);

}  // namespace aisha::bot
