// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "telegram/api_types.hpp"

namespace aisha::telegram {

/// The elements of `result` in a getUpdates answer, each with its exact text. Works on bytes: an update that no parser
/// would take (depth, encoding, numbers) is cut out like any other. Nothing when the text is not
/// {"ok":true,"result":[...]}.
std::optional<std::vector<RawUpdate>> cut_updates(std::string_view answer);

/// One update (webhook) with its id, or without it when it is missing or no integer in [0, 2^63).
RawUpdate raw_update(std::string_view text);

}  // namespace aisha::telegram
