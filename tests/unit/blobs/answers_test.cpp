// SPDX-License-Identifier: Apache-2.0
#include "blobs/s3/answers.hpp"

#include <gtest/gtest.h>

namespace aisha::blobs::s3 {
namespace {

Result<http::Response> answer(int status, const std::string& code = "", const std::string& message = "") {
  http::Response response;
  response.status = status;
  if (!code.empty()) {
    response.body =
        R"(<?xml version="1.0"?><Error><Code>)" + code + "</Code><Message>" + message + "</Message></Error>";
  }
  return response;
}

TEST(Answers, EachMeasuredFailureHasItsReaction) {
  struct Case {
    int status;
    const char* code;
    Verdict verdict;
  };
  for (const Case& c : {
           Case{200, "", Verdict::good},
           Case{204, "", Verdict::good},
           Case{404, "NoSuchKey", Verdict::absent},
           Case{404, "", Verdict::absent},
           Case{404, "NoSuchBucket", Verdict::misconfigured},
           Case{404, "XAdminUserNotFound", Verdict::misconfigured},
           Case{403, "InvalidAccessKeyId", Verdict::misconfigured},
           Case{403, "SignatureDoesNotMatch", Verdict::misconfigured},
           Case{403, "AccessDenied", Verdict::misconfigured},
           Case{403, "", Verdict::misconfigured},
           Case{400, "AuthorizationHeaderMalformed", Verdict::misconfigured},
           Case{301, "PermanentRedirect", Verdict::misconfigured},
           Case{403, "RequestTimeTooSkewed", Verdict::clock},
           Case{503, "XMinioServerNotInitialized", Verdict::again},
           Case{503, "SlowDownWrite", Verdict::again},
           Case{503, "SlowDown", Verdict::again},
           Case{503, "RequestTimeout", Verdict::again},
           Case{429, "TooManyRequests", Verdict::again},
           Case{500, "InternalError", Verdict::again},
           Case{502, "", Verdict::again},
           Case{400, "XAmzContentSHA256Mismatch", Verdict::again},
           Case{400, "XAmzContentChecksumMismatch", Verdict::again},
           Case{400, "BadDigest", Verdict::again},
           Case{499, "ClientDisconnected", Verdict::again},
           Case{507, "XMinioStorageFull", Verdict::full},
           Case{507, "", Verdict::full},
           Case{400, "MalformedXML", Verdict::refused},
           Case{416, "InvalidRange", Verdict::refused},
           Case{501, "NotImplemented", Verdict::refused},
       }) {
    EXPECT_EQ(judge(answer(c.status, c.code)).verdict, c.verdict) << c.status << " " << c.code;
  }
}

TEST(Answers, ADriveThatFillsUpDuringAWriteIsFull) {
  EXPECT_EQ(judge(answer(500, "InternalError", "write /data: no space left on device")).verdict, Verdict::full);
}

TEST(Answers, ABrokenTransferIsTriedAgainAndAnEndlessAnswerIsNot) {
  EXPECT_EQ(judge(fail(Errc::net_not_sent, "refused")).verdict, Verdict::again);
  EXPECT_EQ(judge(fail(Errc::net_unknown, "cut")).verdict, Verdict::again);
  EXPECT_EQ(judge(fail(Errc::net_too_large, "")).verdict, Verdict::refused);
}

TEST(Answers, AHeadTellsItsCodeInAHeaderOrNotAtAll) {
  auto head = answer(404);
  EXPECT_EQ(judge(head).code, "status 404");
  head->headers.push_back({"X-Minio-Error-Code", "NoSuchBucket"});
  EXPECT_EQ(judge(head).verdict, Verdict::misconfigured);
  EXPECT_EQ(judge(head).code, "NoSuchBucket");
}

TEST(Answers, ElementsAreFoundInWhatAServerWrites) {
  constexpr std::string_view kXml =
      "<DeleteResult><Error><Key>a.jpg</Key><Code>AccessDenied</Code></Error><Error><Key>b.jpg</Key></Error></"
      "DeleteResult>";
  EXPECT_EQ(elements(kXml, "Error", "Key"), (std::vector<std::string>{"a.jpg", "b.jpg"}));
  EXPECT_EQ(element(kXml, "Code"), "AccessDenied");
  EXPECT_EQ(element(kXml, "Message"), "");
  EXPECT_EQ(element("<Code>cut", "Code"), "");
  EXPECT_TRUE(elements("", "Error", "Key").empty());
  EXPECT_EQ(elements("<Error>", "Error", "Key"), std::vector<std::string>{""});
}

TEST(Pause, LetsOneRequestAtATimeFindOutWhetherItWasMended) {
  constexpr Millis kPause{5'000};
  const TimePoint start = from_epoch_ms(1'000'000);
  Pause pause;
  EXPECT_TRUE(pause.lets(start, kPause));
  EXPECT_FALSE(pause.open());
  EXPECT_TRUE(pause.close(start, kPause));
  EXPECT_FALSE(pause.close(start, kPause)) << "told once";
  EXPECT_FALSE(pause.lets(start + Millis(4'999), kPause));
  EXPECT_TRUE(pause.lets(start + Millis(5'000), kPause));
  EXPECT_FALSE(pause.lets(start + Millis(5'001), kPause)) << "the look is on its way";
  EXPECT_TRUE(pause.open());
  EXPECT_TRUE(pause.lets(start + Millis(5'001), kPause));
}

}  // namespace
}  // namespace aisha::blobs::s3
