// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "texts/rich_text.hpp"
#include "texts/texts.hpp"

namespace aisha::texts {

/// Reads a catalogue text: its tags become spans, its placeholders the arguments. Tags other than the four known ones,
/// tags left open and placeholders without an argument stay visible as they are written (tests refuse such entries).
RichText expand(std::string_view source, Args args);

}  // namespace aisha::texts
