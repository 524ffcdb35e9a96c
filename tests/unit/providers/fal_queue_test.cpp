// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/fal_test.hpp"

namespace aisha::providers::fal {
namespace {

constexpr auto kAccepted = R"({"status":"IN_QUEUE","request_id":"r-1","queue_position":0,"logs":null,"metrics":{},)"
                           R"("response_url":"https://queue.fal.run/fal-ai/flux-pro/requests/r-1"})";

TEST_F(FalTest, SubmitPostsTheInputItselfToTheFullEndpointWithTheKey) {
  http_.answer(200, kAccepted);
  const auto job = submit();
  ASSERT_TRUE(job);
  EXPECT_EQ(job->request_id, "r-1");
  EXPECT_EQ(http_.requests[0].method, "POST");
  EXPECT_EQ(http_.requests[0].url, "https://queue.fal.run/fal-ai/flux-pro/v1.1-ultra");
  EXPECT_EQ(http_.requests[0].body, R"({"prompt":"a person"})");
  EXPECT_EQ(http_.header(0, "Authorization"), "Key id:secret");
  EXPECT_EQ(http_.header(0, "X-Fal-Queue-Priority"), "normal");
  EXPECT_EQ(http_.header(0, "X-Fal-Object-Lifecycle-Preference"), R"({"expiration_duration_seconds":86400})");
}

TEST_F(FalTest, SubmitNamesTheWebhookInTheQuery) {
  http_.answer(200, kAccepted);
  Submission submission;
  submission.endpoint = "fal-ai/flux-lora";
  submission.webhook = "https://a.example/fal?t=1";
  ASSERT_TRUE(fakes::run_task(client_.submit(std::move(submission))));
  EXPECT_EQ(http_.requests[0].url,
            "https://queue.fal.run/fal-ai/flux-lora?fal_webhook=https%3A%2F%2Fa.example%2Ffal%3Ft%3D1");
}

TEST_F(FalTest, RequestAddressesDropTheSubpath) {
  http_.answer(202, R"({"status":"IN_QUEUE","queue_position":3})");
  const auto got = status();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->queue_position, 3);
  EXPECT_EQ(http_.requests[0].url, "https://queue.fal.run/fal-ai/flux-pro/requests/r-1/status?logs=0");
}

TEST_F(FalTest, WorkflowEndpointsKeepThreeSegments) {
  job_.endpoint = "workflows/me/portrait/step";
  http_.answer(200, R"({"status":"COMPLETED"})");
  ASSERT_TRUE(status());
  EXPECT_EQ(http_.requests[0].url, "https://queue.fal.run/workflows/me/portrait/requests/r-1/status?logs=0");
}

TEST_F(FalTest, AReturnedAddressOfTheQueueHostIsFollowed) {
  job_.response_url = "https://queue.fal.run/other/app/requests/r-1";
  http_.answer(200, R"({"status":"COMPLETED"})");
  ASSERT_TRUE(status());
  EXPECT_EQ(http_.requests[0].url, "https://queue.fal.run/other/app/requests/r-1/status?logs=0");
}

TEST_F(FalTest, AReturnedAddressOfAnotherHostNeverGetsTheKey) {
  for (const std::string url : {"https://evil.example/requests/r-1", "http://queue.fal.run/x",
                                "https://queue.fal.run:444/x", "https://queue.fal.run@evil.example/x",
                                "https://user@queue.fal.run/x", "https://queue.fal.run.evil.example/"}) {
    job_.response_url = url;
    http_.answer(200, R"({"status":"COMPLETED"})");
    ASSERT_TRUE(status());
    EXPECT_EQ(http_.requests.back().url, "https://queue.fal.run/fal-ai/flux-pro/requests/r-1/status?logs=0") << url;
  }
}

TEST_F(FalTest, SubmitForgetsAReturnedAddressOfAnotherHost) {
  http_.answer(200, R"({"request_id":"r-1","response_url":"https://evil.example/r-1"})");
  EXPECT_EQ(submit()->response_url, "");
}

TEST_F(FalTest, EachStatusWordHasItsPhaseAndAnythingElseIsAProtocolError) {
  http_.answer(202, R"({"status":"IN_PROGRESS","logs":[]})");
  EXPECT_EQ(status()->phase, RemoteStatus::Phase::working);
  http_.answer(200, R"({"status":"COMPLETED","error":"x","error_type":"client_cancelled"})");
  EXPECT_EQ(status()->phase, RemoteStatus::Phase::completed);
  http_.answer(200, R"({"status":"FAILED"})");
  EXPECT_EQ(status().error().code, Errc::provider_protocol);
}

TEST_F(FalTest, AStatusThatFailsOnTheWayMayBeAskedAgain) {
  http_.break_with(Errc::net_unknown);
  EXPECT_EQ(status().error().code, Errc::unavailable);
  http_.answer(502, "<html>nginx</html>");
  EXPECT_EQ(status().error().code, Errc::unavailable);
  http_.answer(404, R"({"status":"NOT_FOUND"})");
  EXPECT_EQ(status().error().code, Errc::result_gone);
}

TEST_F(FalTest, CancelAnswersAreToldApart) {
  http_.answer(200, R"({"status":"OK"})");
  EXPECT_EQ(cancel().value(), CancelOutcome::removed);
  http_.answer(202, R"({"status":"CANCELLATION_REQUESTED"})");
  EXPECT_EQ(cancel().value(), CancelOutcome::asked);
  http_.answer(400, R"({"status":"ALREADY_COMPLETED"})");
  EXPECT_EQ(cancel().value(), CancelOutcome::completed);
  http_.answer(404, R"({"status":"NOT_FOUND"})");
  EXPECT_EQ(cancel().value(), CancelOutcome::unknown);
  EXPECT_EQ(http_.requests[0].method, "PUT");
  EXPECT_EQ(http_.requests[0].url, "https://queue.fal.run/fal-ai/flux-pro/requests/r-1/cancel");
}

TEST_F(FalTest, OnlyConnectFailure429AndRunnerRefusalsOfSubmitAreCertainlyHarmless) {
  http_.break_with(Errc::net_not_sent);
  EXPECT_EQ(submit().error().code, Errc::net_not_sent);
  EXPECT_EQ(submit_refusal(429, R"({"detail":"busy"})"), Errc::provider_busy);
  EXPECT_EQ(submit_refusal(503, R"({"detail":"x","error_type":"runner_scheduling_failure"})"), Errc::provider_busy);
  EXPECT_EQ(submit_refusal(503, "<html>nginx</html>", {{"X-Fal-Error-Type", "runner_disconnected"}}),
            Errc::provider_busy);
}

TEST_F(FalTest, A404Or410OfSubmitSaysThatTheEndpointIsNoMore) {
  for (const int status : {404, 410}) {
    EXPECT_EQ(submit_refusal(status, R"({"detail":"Application \"fal-ai/x\" not found"})"), Errc::provider_gone);
    EXPECT_EQ(submit_refusal(status, "<html>nginx</html>"), Errc::provider_failed) << "a gateway's word on itself";
  }
}

TEST_F(FalTest, SilenceAndServerErrorsOfSubmitAreUnknownOutcomes) {
  http_.break_with(Errc::net_unknown);
  EXPECT_EQ(submit().error().code, Errc::net_unknown);
  for (const int status : {500, 502, 503, 504, 302}) {
    EXPECT_EQ(submit_refusal(status, R"({"detail":"Internal Server Error"})"), Errc::net_unknown) << status;
  }
}

TEST_F(FalTest, Row38A422OfTheResultIsARejectionWithItsDetailAsListOrText) {
  http_.answer(422, R"({"detail":[{"loc":["body","prompt"],"msg":"flagged","type":"content_policy_violation"}]})");
  const auto listed = result();
  EXPECT_EQ(listed.error().code, Errc::provider_rejected);
  EXPECT_EQ(listed.error().detail, "HTTP 422 content_policy_violation: prompt: flagged");
  http_.answer(422, R"({"detail":"no"})");
  EXPECT_EQ(result().error().detail, "HTTP 422: no");
}

TEST_F(FalTest, Row39ASuccessWithoutAPictureIsEmpty) {
  EXPECT_EQ(result_refusal(200, R"({"images":[],"seed":1})"), Errc::provider_empty);
  EXPECT_EQ(result_refusal(200, R"({"seed":1})"), Errc::provider_empty);
  EXPECT_EQ(result_refusal(200, R"({"images":[{"width":5}]})"), Errc::provider_empty);
  EXPECT_EQ(result_refusal(200, R"(null)"), Errc::provider_protocol);
}

TEST_F(FalTest, Row40ABlankedPictureCarriesItsFlag) {
  http_.answer(200, R"({"images":[{"url":"https://v3.fal.media/a.jpg"}],"has_nsfw_concepts":[true],"seed":7})",
               {{"x-fal-billable-units", "4"}});
  const auto got = result();
  ASSERT_TRUE(got);
  EXPECT_TRUE(got->pictures[0].nsfw);
  EXPECT_EQ(got->seed, 7);
  EXPECT_EQ(got->billable_units, "4");
}

TEST_F(FalTest, AnInlinePictureIsDecoded) {
  http_.answer(200, R"({"images":[{"url":"data:image/png;base64,aGVsbG8="}],"has_nsfw_concepts":[false]})");
  const auto got = result();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->pictures[0].bytes, "hello");
  EXPECT_EQ(got->pictures[0].url, "");
}

TEST_F(FalTest, ResultErrorsOfTheModelDifferFromTroubleOnTheWay) {
  EXPECT_EQ(result_refusal(500, R"({"detail":"Internal Server Error"})"), Errc::provider_failed);
  EXPECT_EQ(result_refusal(504, R"({"detail":"t","error_type":"request_timeout"})"), Errc::provider_timeout);
  EXPECT_EQ(result_refusal(499, R"({"detail":"c","error_type":"client_cancelled"})"), Errc::job_cancelled);
  EXPECT_EQ(result_refusal(400, R"({"detail":"Request is still in progress"})"), Errc::provider_busy);
  EXPECT_EQ(result_refusal(502, "<html>nginx</html>"), Errc::unavailable);
  EXPECT_EQ(result_refusal(404, "{}"), Errc::result_gone);
  EXPECT_EQ(result_refusal(404, R"({"detail":"Path /fal-ai/flux-lora not found"})"), Errc::provider_gone);
  EXPECT_EQ(result_refusal(410, R"({"detail":"x","error_type":"endpoint_deprecated"})"), Errc::provider_gone);
  EXPECT_EQ(result_refusal(400, R"({"detail":"x","error_type":"model_deprecated"})"), Errc::provider_gone);
  EXPECT_EQ(result_refusal(500, R"({"detail":"Application startup failed"})"), Errc::provider_failed);
}

TEST_F(FalTest, Row45ASubmitAnswerThatIsNotFalsIsAnUnknownOutcome) {
  EXPECT_EQ(submit_refusal(200, "<html>ok</html>"), Errc::provider_protocol);
  EXPECT_EQ(submit_refusal(200, R"({"status":"IN_QUEUE"})"), Errc::provider_protocol);
  EXPECT_EQ(submit_refusal(200, R"({"request_id":5})"), Errc::provider_protocol);
  http_.break_with(Errc::net_too_large);
  EXPECT_EQ(submit().error().code, Errc::net_unknown);
}

TEST_F(FalTest, Row46ABadKeyAndALockedAccountAreToldApart) {
  EXPECT_EQ(submit_refusal(401, R"({"detail":"invalid key credentials"})"), Errc::provider_auth);
  EXPECT_EQ(submit_refusal(403, R"({"detail":"User is locked. Reason: Exhausted balance."})"), Errc::provider_balance);
  EXPECT_EQ(submit_refusal(403, R"({"detail":"Forbidden"})"), Errc::provider_auth);
}

TEST_F(FalTest, AnUploadSendsTheKeyToTheStorageButNotToTheSignedAddress) {
  http_.answer(200, R"({"upload_url":"https://up.example/x?sig=1","file_url":"https://v3.fal.media/files/x.zip"})");
  http_.answer(200);
  const auto url = fakes::run_task(client_.upload("bytes", "application/zip", "x.zip"));
  ASSERT_TRUE(url);
  EXPECT_EQ(*url, "https://v3.fal.media/files/x.zip");
  EXPECT_EQ(http_.requests[0].url, "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3");
  EXPECT_EQ(http_.requests[0].body, R"({"content_type":"application/zip","file_name":"x.zip"})");
  EXPECT_EQ(http_.requests[1].method, "PUT");
  EXPECT_EQ(http_.requests[1].body, "bytes");
  EXPECT_EQ(http_.header(1, "Authorization"), "");
  EXPECT_EQ(http_.header(1, "Content-Type"), "application/zip");
}

}  // namespace
}  // namespace aisha::providers::fal
