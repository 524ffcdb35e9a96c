// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"

namespace aisha::providers {

struct Submission {
  std::string endpoint;  ///< "fal-ai/flux-lora"
  std::string input;     ///< exact JSON object of the model
  std::string webhook;   ///< where the provider reports, with our token in it; "" = nowhere
};

/// A submitted request. `response_url` as the provider returned it, "" when unknown: it is rebuilt from the id then.
struct RemoteJob {
  std::string endpoint;
  std::string request_id;
  std::string response_url;
};

struct RemoteStatus {
  enum class Phase { waiting, working, completed };
  Phase phase = Phase::waiting;
  std::optional<int> queue_position;  ///< requests ahead, only while waiting
};

/// Where a model's answer keeps its pictures and the flags of blanked ones ("" = it has none).
struct OutputShape {
  std::string images_field = "images";
  std::string nsfw_field = "has_nsfw_concepts";
};

/// One picture of an answer: an address to download, or the bytes themselves.
struct RemotePicture {
  std::string url;
  std::string bytes;  ///< decoded data: URI; then `url` is ""
  bool nsfw = false;
};

struct RemoteResult {
  std::vector<RemotePicture> pictures;  ///< at least one
  std::optional<std::int64_t> seed;
  std::string billable_units;  ///< as the provider reports them, "" when it does not
};

enum class CancelOutcome {
  removed,    ///< it had not started and never will
  asked,      ///< it runs; its end will tell
  completed,  ///< too late: fetch the result
  unknown,    ///< the provider does not know the request
};

/// An image provider with a queue. Implementations keep no state that matters: everything durable is the caller's.
class ImageGenerator {
 public:
  virtual ~ImageGenerator() = default;

  /// Not repeatable: the provider offers no idempotency key. The Errc says what is known:
  ///  net_not_sent, provider_busy - certainly refused, may be submitted again;
  ///  provider_auth, provider_balance - certainly refused, as every submit will be until the operator acts;
  ///  provider_rejected, provider_failed - certainly refused, for good;
  ///  provider_gone - the endpoint is no more;
  ///  net_unknown, provider_protocol - it may have been accepted.
  virtual Task<Result<RemoteJob>> submit(Submission submission) = 0;

  /// Repeatable. Errors: result_gone (unknown there), provider_gone, provider_auth, provider_balance,
  /// provider_protocol, and unavailable for every passing trouble.
  virtual Task<Result<RemoteStatus>> status(RemoteJob job) = 0;

  /// Repeatable, of a completed job. Errors: provider_busy (not completed yet), provider_rejected, provider_empty,
  /// provider_failed (may be submitted again), provider_timeout, job_cancelled, result_gone, provider_gone,
  /// provider_protocol, provider_auth, provider_balance, unavailable (passing trouble, ask again). A blanked picture is
  /// no error: `RemotePicture::nsfw`.
  virtual Task<Result<RemoteResult>> result(RemoteJob job, OutputShape shape) = 0;

  /// Errors as `status`, without result_gone.
  virtual Task<Result<CancelOutcome>> cancel(RemoteJob job) = 0;

  /// The bytes of a picture, at most 32 MiB. Errors: result_url_refused, result_origin_unknown, result_address_refused,
  /// result_redirect_refused, result_gone (404, 410), image_too_many_bytes, download_timeout, unavailable.
  virtual Task<Result<std::string>> download(std::string url) = 0;

  /// Hands a file over; returns the URL to use as an input. Errors: provider_auth, provider_balance, provider_protocol,
  /// provider_rejected, unavailable.
  virtual Task<Result<std::string>> upload(std::string bytes, std::string content_type, std::string file_name) = 0;
};

}  // namespace aisha::providers
