// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "http/client/client.hpp"
#include "providers/image_generator.hpp"

namespace aisha::providers::fal {

/// The text of that name; "" when there is none.
std::string text_at(const json::Object& object, std::string_view key);

/// What an error answer says, whatever its shape: `detail` may be a text or a list of field errors, the body may be an
/// HTML page of a proxy.
struct Complaint {
  bool from_fal = false;  ///< JSON with `detail` (not a proxy's page)
  std::string detail;     ///< one line for the log
  std::string type;       ///< `error_type`, X-Fal-Error-Type, or the first field error's `type`
  bool locked = false;    ///< the account has no money or is locked
};
Complaint read_complaint(const http::Response& response);

/// Meaning of an answer to submit with a status other than 2xx; Errc as ImageGenerator::submit.
Error submit_error(const http::Response& response);
/// Of an answer to status or cancel; Errc as ImageGenerator::status.
Error query_error(const http::Response& response);
/// Of an answer to result, which replays the model's own status; Errc as ImageGenerator::result.
Error result_error(const http::Response& response);

/// Errc::provider_protocol on anything but {"request_id": ...}.
Result<RemoteJob> read_accepted(const http::Response& response, std::string endpoint, std::string_view queue_url);
/// Errc::provider_protocol on an unknown `status`.
Result<RemoteStatus> read_status(const http::Response& response);
/// Errc::provider_protocol, provider_empty.
Result<RemoteResult> read_result(const http::Response& response, const OutputShape& shape);

}  // namespace aisha::providers::fal
