// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/server/server.hpp"

namespace aisha::sandbox::fal {

/// `openrouter/router`, run synchronously: a language model that knows some hundred words and spells the others in
/// Latin letters. Words in the text order a fault: "sandbox:writer-down" (500), "sandbox:writer-empty" (no words),
/// "sandbox:writer-long" (more than a prompt may have), "sandbox:writer-rude" (what no prompt may say).
http::ServerResponse write_words(const http::ServerRequest& request);

}  // namespace aisha::sandbox::fal
