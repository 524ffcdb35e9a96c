// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "providers/fal/fal_options.hpp"

namespace aisha::providers::fal {

/// "fal-ai/flux-pro" of "fal-ai/flux-pro/v1.1-ultra": the first two segments, three when the first is "workflows" or
/// "comfy". Status, result and cancel live under it.
std::string app_id(std::string_view endpoint);

/// "{queue}/{app id}/requests/{id}"
std::string request_url(std::string_view queue_url, std::string_view endpoint, std::string_view request_id);

/// `returned` when it has the queue's own origin and no userinfo, else "". The key goes only to our queue host.
std::string trusted_url(std::string_view queue_url, std::string_view returned);

/// How a result may be fetched.
struct DownloadRule {
  bool exempt = false;  ///< a listed origin: no check of the peer's address
};

/// Errors: result_url_refused (scheme, port, userinfo), result_origin_unknown (only the origin is not listed: it may be
/// listed meanwhile), result_address_refused (an address instead of a name, in whatever notation).
Result<DownloadRule> check_download(const Options& options, std::string_view url);

/// The same of an address that the operator gave: any name will do over https. Errors: result_url_refused,
/// result_address_refused.
Result<DownloadRule> check_public(const Options& options, std::string_view url);

}  // namespace aisha::providers::fal
