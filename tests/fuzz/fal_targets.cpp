// SPDX-License-Identifier: Apache-2.0
#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <memory>

#include "base/utf8.hpp"
#include "providers/fal/answers.hpp"
#include "providers/fal/urls.hpp"
#include "tests/fuzz/targets.hpp"

namespace aisha::fuzz {
namespace {

/// The part of the URL as libcurl, which makes the connection, understands it; "" when it refuses the URL.
std::string curl_part(const std::string& url, CURLUPart part) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> handle(curl_url(), curl_url_cleanup);
  char* text = nullptr;
  if (curl_url_set(handle.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      curl_url_get(handle.get(), part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) {
    return "";
  }
  std::string out(text);
  curl_free(text);
  // Names are resolved without regard to case.
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

}  // namespace

void run_fal_answer(std::string_view bytes) {
  http::Response response;
  constexpr int kStatuses[] = {200, 202, 400, 401, 403, 404, 422, 429, 499, 500, 502, 503, 504};
  response.status = bytes.empty() ? 200 : kStatuses[static_cast<unsigned char>(bytes.front()) % std::size(kStatuses)];
  response.body = bytes.substr(bytes.empty() ? 0 : 1);
  using namespace providers;
  const fal::Complaint complaint = fal::read_complaint(response);
  for (const std::string& text : {complaint.detail, complaint.type}) {
    require(std::ranges::none_of(text, [](unsigned char c) { return c < 0x20; }), "a complaint is one line");
    require(utf8::is_valid(text), "a complaint can be stored as text");
  }
  (void)fal::submit_error(response);
  (void)fal::query_error(response);
  (void)fal::result_error(response);
  if (const auto job = fal::read_accepted(response, "fal-ai/flux-lora", "https://queue.fal.run")) {
    require(!job->request_id.empty(), "an accepted request has an id");
  }
  (void)fal::read_status(response);
  if (const auto result = fal::read_result(response, OutputShape{})) {
    require(!result->pictures.empty(), "a result has a picture");
    for (const RemotePicture& picture : result->pictures) {
      require(picture.url.empty() != picture.bytes.empty(), "a picture is an address or its bytes");
    }
  }
}

void run_fal_url(std::string_view bytes) {
  const providers::fal::Options options;
  const std::string url(bytes);
  if (providers::fal::check_download(options, url)) {
    const std::string host = curl_part(url, CURLUPART_HOST);
    require(!host.empty(), "libcurl takes what we allow");
    require(curl_part(url, CURLUPART_SCHEME) == "https", "libcurl sees https");
    require(curl_part(url, CURLUPART_PORT) == "443", "libcurl sees port 443");
    require(curl_part(url, CURLUPART_USER).empty(), "libcurl sees no user");
    require(host == "fal.media" || host.ends_with(".fal.media"), "libcurl goes where the list allows");
  }
  const std::string trusted = providers::fal::trusted_url(options.queue_url, url);
  require(trusted.empty() || curl_part(trusted, CURLUPART_HOST) == "queue.fal.run", "the key goes to the queue alone");
}

}  // namespace aisha::fuzz
