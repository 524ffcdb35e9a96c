// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/fal/queue.hpp"
#include "sandbox/fal/validate.hpp"

/// What a request ends with. Words in the prompt steer it; README.md lists them.
namespace aisha::sandbox::fal {

/// True when the prompt holds the word, or the setting `steer` was that word.
bool steered(const QueuedRequest& request, std::string_view word);
bool steered(const Submission& submission, std::string_view word);

/// What can be wrong with a picture: "black", ...
std::span<const std::string_view> flaws();

std::string prompt_of(const QueuedRequest& request);

/// What the run ends with when no picture is to be painted; empty when one is.
std::optional<Outcome> outcome_without_picture(const Endpoint& endpoint, const QueuedRequest& request);

Work work_of(const Endpoint& endpoint, const QueuedRequest& request, int max_side);

Outcome outcome_with_pictures(const QueuedRequest& request, const std::vector<Picture>& pictures, double seconds);

/// fal's error of the platform: {"detail", "error_type"} and X-Fal-Error-Type.
Outcome platform_error(int status, std::string_view type, std::string_view detail);
/// fal's error of a model: {"detail": [{...}]} and X-Fal-Retryable.
Outcome model_error(int status, std::string_view type, std::string_view msg, const json::Value& input,
                    json::Array loc = {"body"});

/// An answer that refuses the submit itself, steered by the prompt.
std::optional<Reply> refusal_at_submit(const Submission& submission);

/// What the picture costs, in the endpoint's unit.
double units_of(const Endpoint& endpoint, const std::vector<Picture>& pictures);

}  // namespace aisha::sandbox::fal
