// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fal/outcomes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace aisha::sandbox::fal {

namespace {

std::string text_of(const json::Value& input, std::string_view key) {
  const json::Value* found = input.is_object() ? input.get_object().if_contains(key) : nullptr;
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::int64_t integer_of(const json::Value& input, std::string_view key, std::int64_t otherwise) {
  const json::Value* found = input.is_object() ? input.get_object().if_contains(key) : nullptr;
  return found != nullptr && found->is_number() ? found->to_number<std::int64_t>() : otherwise;
}

bool flag_of(const json::Value& input, std::string_view key) {
  const json::Value* found = input.is_object() ? input.get_object().if_contains(key) : nullptr;
  return found != nullptr && found->is_bool() && found->get_bool();
}

/// LoRA or finetune id.
std::string avatar_of(const json::Value& input) {
  if (const json::Value* loras = input.get_object().if_contains("loras");
      loras != nullptr && loras->is_array() && !loras->get_array().empty()) {
    return text_of(loras->get_array().front(), "path");
  }
  return text_of(input, "finetune_id");
}

std::vector<std::string> photos_of(const json::Value& input) {
  std::vector<std::string> out;
  if (const json::Value* list = input.get_object().if_contains("image_urls"); list != nullptr && list->is_array()) {
    for (const json::Value& url : list->get_array()) {
      out.emplace_back(url.get_string());
    }
  }
  if (std::string one = text_of(input, "image_url"); !one.empty()) {
    out.push_back(std::move(one));
  }
  return out;
}

Outcome success(const json::Object& body) {
  Outcome out;
  out.status = 200;
  out.body = json::serialize(body);
  return out;
}

json::Object output_of(const QueuedRequest& request, json::Array images, json::Array nsfw, double seconds) {
  const AnswerStyle style = find_endpoint(request.endpoint)->answers;
  if (style == AnswerStyle::description) {
    return {{"images", std::move(images)}, {"description", ""}};
  }
  if (style == AnswerStyle::seed) {
    return {{"images", std::move(images)}, {"seed", request.seed}};
  }
  json::Object timings;
  if (seconds > 0) {
    timings.emplace("inference", std::round(seconds * 1000) / 1000);
  }
  return {{"images", std::move(images)},
          {"timings", std::move(timings)},
          {"seed", request.seed},
          {"has_nsfw_concepts", std::move(nsfw)},
          {"prompt", text_of(request.input, "prompt")}};
}

constexpr int kLongestSide = 4096;
constexpr int kLeastSide = 64;
constexpr std::array<std::string_view, 6> kFlaws{"black", "grey", "swapped", "tiny", "blur", "cut"};

Size spoilt(Size size, std::string_view flaw) {
  if (flaw == "swapped") {
    const bool is_square = size.width == size.height;
    return is_square ? Size{size.width, size.height * 3 / 4} : Size{size.height, size.width};
  }
  if (flaw == "tiny") {
    return {std::max(kLeastSide, size.width / 2), std::max(kLeastSide, size.height / 2)};
  }
  return size;
}

}  // namespace

std::span<const std::string_view> flaws() {
  return kFlaws;
}

std::string prompt_of(const QueuedRequest& request) {
  return text_of(request.input, "prompt");
}

bool steered(const QueuedRequest& request, std::string_view word) {
  return request.steer == word || text_of(request.input, "prompt").find(word) != std::string::npos;
}

bool steered(const Submission& submission, std::string_view word) {
  return submission.steer == word || text_of(submission.input, "prompt").find(word) != std::string::npos;
}

Outcome platform_error(int status, std::string_view type, std::string_view detail) {
  Outcome out;
  out.status = status;
  out.body = json::serialize(json::Object{{"detail", detail}, {"error_type", type}});
  out.headers = {{"X-Fal-Error-Type", std::string(type)}, {"X-Fal-Billable-Units", "0"}};
  out.error = std::string(detail);
  out.error_type = std::string(type);
  return out;
}

Outcome model_error(int status, std::string_view type, std::string_view msg, const json::Value& input,
                    json::Array loc) {
  const json::Object fault{{"loc", std::move(loc)},
                           {"msg", msg},
                           {"type", type},
                           {"url", fmt::format("https://docs.fal.ai/errors/#{}", type)},
                           {"input", input}};
  Outcome out;
  out.status = status;
  out.body = json::serialize(json::Object{{"detail", json::Array{fault}}});
  out.headers = {{"X-Fal-Retryable", status == 422 ? "false" : "true"}, {"X-Fal-Billable-Units", "0"}};
  out.error = std::string(msg);
  out.error_type = std::string(type);
  return out;
}

std::optional<Outcome> outcome_without_picture(const Endpoint& endpoint, const QueuedRequest& request) {
  const json::Value& input = request.input;
  if (json::Array faults = faults_of(endpoint, input); !faults.empty()) {
    Outcome out;
    out.status = 422;
    out.error = "Invalid status code: 422";
    out.error_type = std::string(faults.front().at("type").as_string());
    out.body = json::serialize(json::Object{{"detail", std::move(faults)}});
    out.headers = {{"X-Fal-Retryable", "false"}, {"X-Fal-Billable-Units", "0"}};
    return out;
  }
  const auto says = [&](std::string_view word) { return steered(request, word); };
  if (says("sandbox:422")) {
    return model_error(422, "content_policy_violation",
                       "The content could not be processed because it contained material flagged by a content checker.",
                       json::Value(text_of(input, "prompt")), json::Array{"body", "prompt"});
  }
  if (says("sandbox:no-media")) {
    return model_error(422, "no_media_generated", "The model did not generate the expected output for this prompt.",
                       json::Value(text_of(input, "prompt")), json::Array{"body", "prompt"});
  }
  if (says("sandbox:500")) {
    return model_error(500, "internal_server_error", "Internal server error", input);
  }
  if (says("sandbox:504")) {
    return model_error(504, "generation_timeout", "Generation timeout", input);
  }
  if (says("sandbox:runner")) {
    return platform_error(503, "runner_disconnected", "The runner went away while it worked on the request");
  }
  if (says("sandbox:empty")) {
    return success(output_of(request, {}, {}, 0));
  }
  if (says("sandbox:malformed")) {
    Outcome out = success({});
    out.body = "<html><body>upstream sent something else</body></html>";
    out.content_type = "text/html";
    return out;
  }
  return std::nullopt;
}

Work work_of(const Endpoint& endpoint, const QueuedRequest& request, int max_side) {
  const json::Value& input = request.input;
  Work work;
  work.id = request.id;
  work.prompt = text_of(input, "prompt");
  work.avatar = avatar_of(input);
  work.photos = photos_of(input);
  const std::int64_t count = integer_of(input, "num_images", 1);
  for (std::int64_t i = 0; i < count; ++i) {
    work.seeds.push_back(request.seed + std::uint64_t(i));
  }
  work.size = spoilt(size_of(endpoint, input.get_object(), kLongestSide), request.flaw);
  work.painted = spoilt(size_of(endpoint, input.get_object(), std::min(max_side, kLongestSide)), request.flaw);
  work.flaw = request.flaw;
  work.png = text_of(input, "output_format") == "png";
  work.blank = steered(request, "sandbox:nsfw");
  work.inline_data = flag_of(input, "sync_mode");
  return work;
}

Outcome outcome_with_pictures(const QueuedRequest& request, const std::vector<Picture>& pictures, double seconds) {
  const bool flagged = steered(request, "sandbox:nsfw");
  const bool gone = steered(request, "sandbox:gone");
  json::Array images, nsfw;
  for (const Picture& picture : pictures) {
    images.push_back(json::Object{{"url", gone ? picture.url + ".gone" : picture.url},
                                  {"width", picture.size.width},
                                  {"height", picture.size.height},
                                  {"content_type", picture.png ? "image/png" : "image/jpeg"}});
    nsfw.emplace_back(flagged);
  }
  return success(output_of(request, std::move(images), std::move(nsfw), seconds));
}

std::optional<Reply> refusal_at_submit(const Submission& submission) {
  std::optional<Outcome> refused;
  if (steered(submission, "sandbox:locked")) {
    refused.emplace();
    refused->status = 403;
    refused->body =
        R"({"detail":"User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."})";
  } else if (steered(submission, "sandbox:busy")) {
    refused = platform_error(503, "runner_scheduling_failure", "No runner could be scheduled for the request");
  } else {
    return std::nullopt;
  }
  Reply reply;
  reply.status = refused->status;
  reply.body = refused->body;
  reply.headers.assign(refused->headers.begin(), refused->headers.end());
  return reply;
}

double units_of(const Endpoint& endpoint, const std::vector<Picture>& pictures) {
  constexpr double kMegapixel = 1 << 20;
  double units = 0;
  for (const Picture& picture : pictures) {
    const double megapixels = std::ceil(double(picture.size.width) * picture.size.height / kMegapixel);
    units += endpoint.billed_by == Unit::image ? 1.0 : megapixels;
  }
  return units;
}

}  // namespace aisha::sandbox::fal
