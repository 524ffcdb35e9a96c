// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/secret.hpp"
#include "http/client/client.hpp"
#include "providers/prompt_writer.hpp"

namespace aisha::providers::fal {

/// Not among the models that make pictures.
inline constexpr const char* kWriterEndpoint = "openrouter/router";

struct WriterOptions {
  Secret key;
  std::string run_url = "https://fal.run";
  std::string model = "google/gemini-2.5-flash-lite";
  Millis timeout{15'000};
};

/// A language model behind fal's `openrouter/router` (fal.ai/models/openrouter/router), asked synchronously. `http`
/// must outlive it. Loop thread only.
class FalWriter final : public PromptWriter {
 public:
  FalWriter(http::Client& http, WriterOptions options) : http_(http), options_(std::move(options)) {}

  Task<Result<std::string>> write(Rewriting what, std::string words) override;

 private:
  http::Client& http_;
  WriterOptions options_;
};

}  // namespace aisha::providers::fal
