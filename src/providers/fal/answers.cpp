// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/answers.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "providers/fal/urls.hpp"

namespace aisha::providers::fal {

std::string text_at(const json::Object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

namespace {

constexpr std::size_t kDetailLimit = 300;

// For a line of the log and a column of the database: no controls, no half character at the cut.
std::string one_line(std::string text) {
  std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  if (text.size() > kDetailLimit) {
    std::size_t end = kDetailLimit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
      --end;
    }
    text.resize(end);
  }
  return text;
}

// A list of field errors becomes "prompt: Field required; seed: ...".
void read_field_errors(const json::Array& errors, Complaint& out) {
  for (const auto& item : errors) {
    if (!item.is_object()) {
      continue;
    }
    const auto& object = item.get_object();
    std::string where;
    if (const auto* loc = object.if_contains("loc"); loc != nullptr && loc->is_array() && !loc->get_array().empty()) {
      const auto& last = loc->get_array().back();
      where = last.is_string() ? std::string(last.get_string()) : json::serialize(last);
    }
    out.detail += (out.detail.empty() ? "" : "; ") + where + ": " + text_at(object, "msg");
    if (out.type.empty()) {
      out.type = text_at(object, "type");
    }
  }
}

bool is_runner_refusal(std::string_view type) {
  return type.starts_with("runner_");
}

std::string note(const http::Response& response, const Complaint& complaint) {
  std::string out = "HTTP " + std::to_string(response.status);
  if (!complaint.type.empty()) {
    out += " " + complaint.type;
  }
  return complaint.detail.empty() ? out : out + ": " + complaint.detail;
}

std::string decode_data_uri(std::string_view uri) {
  const auto comma = uri.find(',');
  if (comma == std::string_view::npos || !uri.substr(0, comma).ends_with(";base64")) {
    return {};
  }
  return encoding::from_base64(uri.substr(comma + 1)).value_or("");
}

bool nsfw_flag(const json::Object& body, const std::string& field, std::size_t index) {
  if (field.empty()) {
    return false;
  }
  const auto* flags = body.if_contains(field);
  if (flags == nullptr || !flags->is_array() || index >= flags->get_array().size()) {
    return false;
  }
  const auto& flag = flags->get_array()[index];
  return flag.is_bool() && flag.get_bool();
}

/// The endpoint itself is no more, not the request at it.
bool is_gone(const Complaint& complaint) {
  const std::string_view detail = complaint.detail;
  const bool is_about_it = detail.starts_with("Path ") || detail.starts_with("Application ");
  return (is_about_it && detail.contains("not found")) || complaint.type.contains("deprecated");
}

}  // namespace

Complaint read_complaint(const http::Response& response) {
  Complaint out;
  out.type = std::string(response.header("x-fal-error-type"));
  const auto body = json::parse(response.body);
  if (body && body->is_object()) {
    const auto& object = body->get_object();
    if (out.type.empty()) {
      out.type = text_at(object, "error_type");
    }
    if (const auto* detail = object.if_contains("detail"); detail != nullptr) {
      out.from_fal = true;
      if (detail->is_string()) {
        out.detail = std::string(detail->get_string());
      } else if (detail->is_array()) {
        read_field_errors(detail->get_array(), out);
      }
    }
    out.locked = out.detail.starts_with("User is locked");
  }
  out.detail = one_line(std::move(out.detail));
  out.type = one_line(std::move(out.type));
  return out;
}

Error submit_error(const http::Response& response) {
  const Complaint complaint = read_complaint(response);
  const std::string text = note(response, complaint);
  const int status = response.status;
  if (status == 401) {
    return {Errc::provider_auth, text};
  }
  if (status == 403) {
    return {complaint.locked ? Errc::provider_balance : Errc::provider_auth, text};
  }
  if (status == 429 || (status == 503 && is_runner_refusal(complaint.type))) {
    return {Errc::provider_busy, text};
  }
  if (status == 422) {
    return {Errc::provider_rejected, text};
  }
  // A gateway's own 404 says nothing of the endpoint.
  if ((status == 404 || status == 410) && complaint.from_fal) {
    return {Errc::provider_gone, text};
  }
  if (status >= 400 && status < 500 && status != 408 && status != 499) {
    return {Errc::provider_failed, text};
  }
  // 500, 502, 504, a proxy's 503, a redirect: the queue may have taken the request before the trouble.
  return {Errc::net_unknown, text};
}

Error query_error(const http::Response& response) {
  const Complaint complaint = read_complaint(response);
  const std::string text = note(response, complaint);
  switch (response.status) {
    case 401: return {Errc::provider_auth, text};
    case 403: return {complaint.locked ? Errc::provider_balance : Errc::provider_auth, text};
    case 404:
    case 410: return {is_gone(complaint) ? Errc::provider_gone : Errc::result_gone, text};
    default: return {Errc::unavailable, text};
  }
}

Error result_error(const http::Response& response) {
  const Complaint complaint = read_complaint(response);
  const std::string text = note(response, complaint);
  const int status = response.status;
  if (status == 401 || status == 403 || status == 404 || status == 410) {
    return query_error(response);
  }
  if (complaint.from_fal && is_gone(complaint)) {
    return {Errc::provider_gone, text};
  }
  if (!complaint.from_fal || status == 429 || status == 408) {
    return {Errc::unavailable, text};
  }
  if (status == 499 || complaint.type == "client_cancelled") {
    return {Errc::job_cancelled, text};
  }
  if (status == 400 && complaint.detail.contains("still in progress")) {
    return {Errc::provider_busy, text};
  }
  if (status == 422) {
    return {Errc::provider_rejected, text};
  }
  if (status == 504) {
    return {Errc::provider_timeout, text};
  }
  return {Errc::provider_failed, text};
}

Result<RemoteJob> read_accepted(const http::Response& response, std::string endpoint, std::string_view queue_url) {
  const auto body = json::parse(response.body);
  if (!body || !body->is_object()) {
    return fail(Errc::provider_protocol, "submit: the answer is not a JSON object");
  }
  const auto& object = body->get_object();
  RemoteJob job;
  job.endpoint = std::move(endpoint);
  job.request_id = text_at(object, "request_id");
  if (job.request_id.empty()) {
    return fail(Errc::provider_protocol, "submit: the answer has no request_id");
  }
  job.response_url = trusted_url(queue_url, text_at(object, "response_url"));
  return job;
}

Result<RemoteStatus> read_status(const http::Response& response) {
  const auto body = json::parse(response.body);
  if (!body || !body->is_object()) {
    return fail(Errc::provider_protocol, "status: the answer is not a JSON object");
  }
  const auto& object = body->get_object();
  const std::string word = text_at(object, "status");
  RemoteStatus out;
  if (word == "IN_QUEUE") {
    const auto* position = object.if_contains("queue_position");
    if (position != nullptr && position->is_int64()) {
      out.queue_position = static_cast<int>(std::clamp<std::int64_t>(position->get_int64(), 0, 1'000'000));
    }
    return out;
  }
  if (word == "IN_PROGRESS") {
    out.phase = RemoteStatus::Phase::working;
    return out;
  }
  if (word == "COMPLETED") {
    out.phase = RemoteStatus::Phase::completed;
    return out;
  }
  return fail(Errc::provider_protocol, "status: unknown word");
}

Result<RemoteResult> read_result(const http::Response& response, const OutputShape& shape) {
  const auto body = json::parse(response.body);
  if (!body || !body->is_object()) {
    return fail(Errc::provider_protocol, "result: the answer is not a JSON object");
  }
  const auto& object = body->get_object();
  RemoteResult out;
  if (const auto* images = object.if_contains(shape.images_field); images != nullptr && images->is_array()) {
    for (std::size_t i = 0; i < images->get_array().size(); ++i) {
      const auto& item = images->get_array()[i];
      RemotePicture picture;
      picture.url = item.is_object() ? text_at(item.get_object(), "url") : std::string();
      if (picture.url.starts_with("data:")) {
        picture.bytes = decode_data_uri(picture.url);
        picture.url.clear();
      }
      picture.nsfw = nsfw_flag(object, shape.nsfw_field, i);
      if (!picture.url.empty() || !picture.bytes.empty()) {
        out.pictures.push_back(std::move(picture));
      }
    }
  }
  if (out.pictures.empty()) {
    return fail(Errc::provider_empty, "result: no picture in the answer");
  }
  if (const auto* seed = object.if_contains("seed"); seed != nullptr && seed->is_int64()) {
    out.seed = seed->get_int64();
  }
  out.billable_units = std::string(response.header("x-fal-billable-units"));
  return out;
}

}  // namespace aisha::providers::fal
