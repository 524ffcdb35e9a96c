// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sandbox/fal/answers.hpp"
#include "sandbox/fal/faces.hpp"
#include "sandbox/fal/twin.hpp"

namespace aisha::sandbox::fal {

http::ServerResponse Twin::begin_upload(const http::ServerRequest& request) {
  if (!is_known_key(request.header("authorization"))) {
    return answer(401, usual_body(401));
  }
  if (request.method != "POST") {
    return answer(405, R"({"detail":"Method Not Allowed"})");
  }
  std::string extension;
  const auto body = json::parse(request.body);
  if (body && body->is_object()) {
    const json::Value* name = body->get_object().if_contains("file_name");
    const std::string_view text = name != nullptr && name->is_string() ? std::string_view(name->get_string()) : "";
    for (const char c : text.substr(std::min(text.rfind('.'), text.size()))) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
      extension += plain && extension.size() < 16 ? std::string(1, c) : "";
    }
  }
  const std::string id = rng_.hex(10) + extension;
  const std::string token = rng_.hex(16);
  uploads_[id] = token;
  const std::string url = fmt::format("{}/fal-files/{}", origin_of(request), id);
  const json::Object out{{"upload_url", fmt::format("{}?signature={}", url, token)}, {"file_url", url}};
  return answer(200, json::serialize(out));
}

Task<http::ServerResponse> Twin::serve_file(http::ServerRequest request) {
  FaultFacts facts{{"method", request.method}, {"path", request.path}};
  const std::optional<FaultAction> fault = faults_.take("fal_files", facts);
  if (fault && fault->delay_ms > 0) {
    const Millis delay(fault->delay_ms);
    co_await clock_.sleep(delay);
  }
  if (fault && fault->skips_work()) {
    co_return faulty(*fault);
  }
  http::ServerResponse response;
  if (request.method == "PUT") {
    response = co_await put_file(std::move(request));
  } else {
    response = get_file(request);
  }
  if (fault) {
    spoil(*fault, response);
  }
  co_return response;
}

Task<http::ServerResponse> Twin::put_file(http::ServerRequest request) {
  const std::string id = request.params.at("id");
  const auto reserved = uploads_.find(id);
  const auto signature = request.query.find("signature");
  if (reserved == uploads_.end() || signature == request.query.end() || signature->second != reserved->second) {
    co_return answer(403, R"({"detail":"The upload address is not valid"})");
  }
  uploads_.erase(reserved);
  StoredFile file;
  file.id = id;
  file.size = request.body.size();
  file.sha256 = co_await save(std::move(request.body));
  file.content_type = std::string(request.header("content-type"));
  journal_.append(json::Object{{"file", json::encode(file)}});
  files_.add(std::move(file));
  co_return answer(200, "{}");
}

http::ServerResponse Twin::get_file(const http::ServerRequest& request) {
  const std::string& id = request.params.at("id");
  http::ServerResponse response;
  std::optional<std::string> bytes = demo_file(id);
  if (bytes) {
    response.content_type = "application/octet-stream";
  } else if (const StoredFile* file = files_.find(id)) {
    bytes = files_.load(file->sha256);
    response.content_type = file->content_type.empty() ? "application/octet-stream" : file->content_type;
  }
  if (!bytes) {
    return answer(404, R"({"detail":"File not found"})");
  }
  response.body = std::move(*bytes);
  return response;
}

}  // namespace aisha::sandbox::fal
