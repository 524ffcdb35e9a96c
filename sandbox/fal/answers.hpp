// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "http/server/server.hpp"
#include "sandbox/common/faults.hpp"

/// Answers that several routes of fal give.
namespace aisha::sandbox::fal {

/// A JSON answer.
http::ServerResponse answer(int status, std::string body);

/// "Key test:secret" and "Key sandbox:<anything>".
bool is_known_key(std::string_view authorization);

/// "http://host:port" as the client named it.
std::string origin_of(const http::ServerRequest& request);

/// The wording that fal itself uses with a status, for faults that name none.
std::string usual_body(int status);

/// The answer of a fault that skips the work.
http::ServerResponse faulty(const FaultAction& action);

/// What a fault does to a true answer.
void spoil(const FaultAction& action, http::ServerResponse& response);

}  // namespace aisha::sandbox::fal
