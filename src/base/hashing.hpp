// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/task.hpp"

namespace aisha {

/// Lower-case hex of SHA-256. Large ones are worked through in pieces, and the loop runs on between them.
Task<std::string> sha256_in_pieces(const std::string& bytes);

}  // namespace aisha
