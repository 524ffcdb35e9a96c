// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include "providers/fal/fal_client.hpp"
#include "tests/fakes/run_task.hpp"
#include "tests/fakes/scripted_http.hpp"

namespace aisha::providers::fal {

/// A client against a scripted network.
class FalTest : public testing::Test {
 protected:
  static Options options() {
    Options out;
    out.key = Secret("id:secret");
    out.queue_url = "https://queue.fal.run";
    out.rest_url = "https://rest.fal.ai";
    out.file_origins = {"http://127.0.0.1:8081"};
    return out;
  }

  Result<RemoteJob> submit(std::string endpoint = "fal-ai/flux-pro/v1.1-ultra") {
    Submission submission;
    submission.endpoint = std::move(endpoint);
    submission.input = R"({"prompt":"a person"})";
    return fakes::run_task(client_.submit(std::move(submission)));
  }
  Errc submit_refusal(int status, std::string body, std::vector<http::Header> headers = {}) {
    http_.answer(status, std::move(body), std::move(headers));
    return submit().error().code;
  }
  Result<RemoteStatus> status() { return fakes::run_task(client_.status(job_)); }
  Result<RemoteResult> result() { return fakes::run_task(client_.result(job_, OutputShape{})); }
  Errc result_refusal(int status, std::string body, std::vector<http::Header> headers = {}) {
    http_.answer(status, std::move(body), std::move(headers));
    return result().error().code;
  }
  Result<CancelOutcome> cancel() { return fakes::run_task(client_.cancel(job_)); }
  Result<std::string> download(std::string url) { return fakes::run_task(client_.download(std::move(url))); }
  /// The refusal of an address that must never be asked for.
  Errc refusal_of(std::string url) {
    const auto got = download(std::move(url));
    EXPECT_TRUE(http_.requests.empty());
    return got ? Errc::unavailable : got.error().code;
  }

  fakes::ScriptedHttp http_;
  FalClient client_{http_, options()};
  RemoteJob job_{.endpoint = "fal-ai/flux-pro/v1.1-ultra", .request_id = "r-1", .response_url = {}};
};

}  // namespace aisha::providers::fal
