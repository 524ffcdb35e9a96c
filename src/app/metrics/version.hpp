// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aisha::app {

/// The release, as CMakeLists.txt names it.
inline constexpr const char* kVersion = AISHA_VERSION;

}  // namespace aisha::app
