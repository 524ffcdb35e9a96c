// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.hpp"
#include "http/server/router.hpp"

/// The answers that the hooks have in common.
namespace aisha::web {

/// 200 with an empty body: Telegram would carry out a method named in it.
http::ServerResponse accepted();
/// An empty body with the code in X-Aisha-Code, so that a stranger learns nothing and an operator enough.
http::ServerResponse refused(int status, Errc code);
/// 503: the sender keeps it and comes again.
http::ServerResponse come_again();

}  // namespace aisha::web
