// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_client.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "providers/fal/answers.hpp"
#include "providers/fal/urls.hpp"

namespace aisha::providers::fal {
namespace {

bool is_success(const http::Response& response) {
  return response.status >= 200 && response.status < 300;
}

// Trouble on the way of a repeatable question.
Error passing(const Error& error) {
  return {Errc::unavailable, error.detail};
}

}  // namespace

http::Request FalClient::authorised(std::string method, std::string url, Millis timeout) const {
  http::Request request;
  request.method = std::move(method);
  request.url = std::move(url);
  request.timeout = timeout;
  request.headers = {{"Authorization", "Key " + options_.key.reveal()}, {"Accept", "application/json"}};
  return request;
}

std::string FalClient::base_url(const RemoteJob& job) const {
  std::string trusted = trusted_url(options_.queue_url, job.response_url);
  return trusted.empty() ? request_url(options_.queue_url, job.endpoint, job.request_id) : trusted;
}

Task<Result<RemoteJob>> FalClient::submit(Submission submission) {
  std::string url = options_.queue_url + "/" + submission.endpoint;
  if (!submission.webhook.empty()) {
    url += "?fal_webhook=" + encoding::percent_encode(submission.webhook);
  }
  http::Request request = authorised("POST", std::move(url), options_.submit_timeout);
  request.headers.push_back({"Content-Type", "application/json"});
  request.headers.push_back({"X-Fal-Queue-Priority", "normal"});
  if (options_.media_lifetime_s > 0) {
    json::Object lifetime;
    lifetime["expiration_duration_seconds"] = options_.media_lifetime_s;
    request.headers.push_back({"X-Fal-Object-Lifecycle-Preference", json::serialize(lifetime)});
  }
  request.body = std::move(submission.input);
  request.max_body = 1U << 20U;
  const auto response = co_await http_.send(std::move(request));
  if (!response) {
    const bool certain = response.error().code == Errc::net_not_sent;
    co_return fail(certain ? Errc::net_not_sent : Errc::net_unknown, response.error().detail);
  }
  if (!is_success(*response)) {
    co_return std::unexpected(submit_error(*response));
  }
  co_return read_accepted(*response, std::move(submission.endpoint), options_.queue_url);
}

Task<Result<RemoteStatus>> FalClient::status(RemoteJob job) {
  http::Request request = authorised("GET", base_url(job) + "/status?logs=0", options_.status_timeout);
  request.max_body = 1U << 20U;
  const auto response = co_await http_.send(std::move(request));
  if (!response) {
    co_return std::unexpected(passing(response.error()));
  }
  if (!is_success(*response)) {
    co_return std::unexpected(query_error(*response));
  }
  co_return read_status(*response);
}

Task<Result<RemoteResult>> FalClient::result(RemoteJob job, OutputShape shape) {
  http::Request request = authorised("GET", base_url(job), options_.result_timeout);
  // A picture may come inline as base64.
  request.max_body = options_.max_picture_bytes * 3 / 2;
  const auto response = co_await http_.send(std::move(request));
  if (!response) {
    if (response.error().code == Errc::net_too_large) {
      co_return fail(Errc::provider_protocol, "result: larger than any picture may be");
    }
    co_return std::unexpected(passing(response.error()));
  }
  if (!is_success(*response)) {
    co_return std::unexpected(result_error(*response));
  }
  co_return read_result(*response, shape);
}

Task<Result<CancelOutcome>> FalClient::cancel(RemoteJob job) {
  http::Request request = authorised("PUT", base_url(job) + "/cancel", options_.status_timeout);
  const auto response = co_await http_.send(std::move(request));
  if (!response) {
    co_return std::unexpected(passing(response.error()));
  }
  switch (response->status) {
    case 200: co_return CancelOutcome::removed;
    case 202: co_return CancelOutcome::asked;
    case 400: co_return CancelOutcome::completed;
    case 404: co_return CancelOutcome::unknown;
    default: co_return std::unexpected(query_error(*response));
  }
}

Task<Result<std::string>> FalClient::download(std::string url) {
  const auto rule = check_download(options_, url);
  if (!rule) {
    co_return std::unexpected(rule.error());
  }
  http::Request request;
  request.url = std::move(url);
  request.headers = {{"Accept", "image/*"}, {"Accept-Encoding", "identity"}};
  request.timeout = options_.download_timeout;
  request.stall_timeout = options_.download_stall;
  request.max_body = options_.max_picture_bytes;
  request.peers = rule->exempt ? http::Peers::any : http::Peers::public_only;
  auto response = co_await http_.send(std::move(request));
  if (!response) {
    switch (response.error().code) {
      case Errc::net_too_large: co_return fail(Errc::image_too_many_bytes, response.error().detail);
      case Errc::result_address_refused: co_return std::unexpected(response.error());
      case Errc::net_unknown: co_return fail(Errc::download_timeout, response.error().detail);
      default: co_return std::unexpected(passing(response.error()));
    }
  }
  const int status = response->status;
  if (status >= 300 && status < 400) {
    co_return fail(Errc::result_redirect_refused, "HTTP " + std::to_string(status));
  }
  if (status == 404 || status == 410) {
    co_return fail(Errc::result_gone, "HTTP " + std::to_string(status));
  }
  if (status != 200) {
    co_return fail(Errc::unavailable, "download: HTTP " + std::to_string(status));
  }
  co_return std::move(response->body);
}

Task<Result<std::string>> FalClient::upload(std::string bytes, std::string content_type, std::string file_name) {
  std::string initiate_url = options_.rest_url + "/storage/upload/initiate?storage_type=fal-cdn-v3";
  http::Request initiate = authorised("POST", std::move(initiate_url), options_.result_timeout);
  initiate.headers.push_back({"Content-Type", "application/json"});
  json::Object body;
  body["content_type"] = content_type;
  body["file_name"] = file_name;
  initiate.body = json::serialize(body);
  const auto opened = co_await http_.send(std::move(initiate));
  if (!opened) {
    co_return std::unexpected(passing(opened.error()));
  }
  if (!is_success(*opened)) {
    const Error error = query_error(*opened);
    co_return fail(opened->status == 422 ? Errc::provider_rejected : error.code, error.detail);
  }
  const auto answer = json::parse(opened->body);
  const auto* object = answer ? answer->if_object() : nullptr;
  const auto* upload_url = object != nullptr ? object->if_contains("upload_url") : nullptr;
  const auto* file_url = object != nullptr ? object->if_contains("file_url") : nullptr;
  if (upload_url == nullptr || !upload_url->is_string() || file_url == nullptr || !file_url->is_string()) {
    co_return fail(Errc::provider_protocol, "upload: the answer names no addresses");
  }
  // The address is signed for one PUT; our key must not travel there.
  http::Request put;
  put.method = "PUT";
  put.url = std::string(upload_url->get_string());
  put.headers = {{"Content-Type", std::move(content_type)}};
  put.body = std::move(bytes);
  put.timeout = options_.download_timeout;
  std::string result(file_url->get_string());
  const auto stored = co_await http_.send(std::move(put));
  if (!stored) {
    co_return std::unexpected(passing(stored.error()));
  }
  if (!is_success(*stored)) {
    co_return fail(Errc::unavailable, "upload: HTTP " + std::to_string(stored->status));
  }
  co_return result;
}

}  // namespace aisha::providers::fal
