// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/json.hpp"
#include "http/client/client.hpp"

/// Short questions that `aisha demo` and `aisha doctor` ask other processes; each blocks, for two seconds at most where
/// the request does not say otherwise.
namespace aisha::app {

/// One request, waited for; errors as http::Client.
Result<http::Response> ask_once(http::Request request, http::ProxyRules proxies = {});

/// GET; the JSON of a 2xx answer.
std::optional<json::Value> probe_json(const std::string& url);

/// Whether the bot of the sandbox at `url` would hear of a message now.
bool bot_is_ready(const std::string& url);

/// "" when the port can be bound, else a sentence naming it.
std::string port_problem(const std::string& host, std::uint16_t port);

/// A port that nobody uses now; 0 when there is none.
std::uint16_t free_port(const std::string& host);

}  // namespace aisha::app
