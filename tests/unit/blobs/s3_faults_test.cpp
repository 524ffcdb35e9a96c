// SPDX-License-Identifier: Apache-2.0
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <deque>
#include <fstream>

#include "base/encoding.hpp"
#include "blobs/s3/store.hpp"
#include "http/server/server.hpp"
#include "tests/fakes/loop.hpp"

/// The store against a server that answers what the test says: what a healthy one cannot be made to do.
namespace aisha::blobs::s3 {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kBytes = "picture bytes";
constexpr const char* kEtag = "\"e\"";

http::ServerResponse failure(int status, const std::string& code, const std::string& message = "") {
  http::ServerResponse response;
  response.status = status;
  response.content_type = "application/xml";
  response.body = fmt::format("<Error><Code>{}</Code><Message>{}</Message></Error>", code, message);
  return response;
}

http::ServerResponse object(const std::string& body = kBytes, const std::string& etag = kEtag,
                            const std::string& checksum = "") {
  http::ServerResponse response;
  response.content_type = "image/jpeg";
  response.body = body;
  response.headers = {{"ETag", etag}};
  if (!checksum.empty()) {
    response.headers.push_back({"x-amz-checksum-sha256", checksum});
  }
  return response;
}

http::ServerResponse stored(const std::string& etag = kEtag) {
  return object("", etag);
}

std::string date_in(std::chrono::seconds ahead) {
  const auto then = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now() + ahead);
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(then.time_since_epoch().count()));
}

/// "20260115T14": what a time of signing starts with.
std::string hour_in(std::chrono::hours ahead) {
  const auto then = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now() + ahead);
  return fmt::format("{:%Y%m%dT%H}", fmt::gmtime(then.time_since_epoch().count()));
}

class S3Faults : public testing::Test {
 protected:
  void SetUp() override {
    router_.add("*", "*rest", [this](const http::ServerRequest& request) { return next(request); });
    auto made = http::make_server(loop_.executor(), {}, router_);
    ASSERT_TRUE(made);
    server_ = std::move(*made);
    options_.endpoint = fmt::format("http://127.0.0.1:{}", server_->port());
    options_.credentials = {"key", Secret("secret"), "us-east-1"};
    options_.retry_first = Millis(0);
    options_.pause = Millis(3'600'000);
    store_ = make_store(loop_.executor(), *http_, options_);
  }
  void TearDown() override { loop_.run(server_->stop(Millis(0))); }

  Task<http::ServerResponse> next(http::ServerRequest request) {
    asked_.push_back(request.method + " " + request.target);
    seen_ = std::move(request);
    http::ServerResponse response = script_.empty() ? failure(500, "NothingLeftToSay") : std::move(script_.front());
    if (!script_.empty()) {
      script_.pop_front();
    }
    co_return response;
  }
  void answers(std::vector<http::ServerResponse> responses) {
    for (auto& response : responses) {
      script_.push_back(std::move(response));
    }
  }
  std::string put() {
    const auto done = loop_.run(store_->put(Bucket::generated, "a.jpg", kBytes, "image/jpeg"));
    return done ? "kept" : std::string(code_of(done.error().code));
  }
  std::string get() {
    const auto got = loop_.run(store_->get(Bucket::generated, "a.jpg"));
    return got ? *got : "<" + std::string(code_of(got.error().code)) + ">";
  }

  fakes::Loop loop_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<http::Client> http_ = http::make_client(loop_.executor());
  Options options_;
  std::unique_ptr<Store> store_;
  std::deque<http::ServerResponse> script_;
  std::vector<std::string> asked_;
  http::ServerRequest seen_;
};

constexpr const char* kPut = "PUT /aisha-v2-generated/a.jpg";
constexpr const char* kHead = "HEAD /aisha-v2-generated/a.jpg";
constexpr const char* kGet = "GET /aisha-v2-generated/a.jpg";

TEST_F(S3Faults, ABusyServerIsAskedAgainAFewTimes) {
  answers({failure(429, "TooManyRequests"), failure(503, "SlowDownWrite"), stored(), object()});
  EXPECT_EQ(put(), "kept");
  EXPECT_THAT(asked_, ElementsAre(kPut, kPut, kPut, kHead));
  EXPECT_EQ(seen_.header("x-amz-checksum-mode"), "ENABLED");
}

TEST_F(S3Faults, AServerThatStaysAwayIsUnavailableAfterThreeTries) {
  answers({failure(503, "SlowDown"), failure(500, "InternalError"), failure(503, "XMinioServerNotInitialized")});
  EXPECT_EQ(put(), "service.unavailable");
  EXPECT_THAT(asked_, ElementsAre(kPut, kPut, kPut));
}

TEST_F(S3Faults, AClosedConnectionIsTriedAgainWithTheSameBytes) {
  http::ServerResponse dropped;
  dropped.drop = true;
  answers({dropped, stored(), object()});
  EXPECT_EQ(put(), "kept");
}

TEST_F(S3Faults, AFullDriveIsToldAsSuchAndNotHammered) {
  answers({failure(507, "XMinioStorageFull")});
  EXPECT_EQ(put(), "disk.full");
  answers({failure(500, "InternalError", "write /data/x: no space left on device")});
  EXPECT_EQ(put(), "disk.full");
  EXPECT_EQ(asked_.size(), 2U);
  answers({object()});
  EXPECT_EQ(get(), kBytes) << "reading goes on";
}

TEST_F(S3Faults, AClockThatIsOffIsPutRightByTheServersOnce) {
  http::ServerResponse skewed = failure(403, "RequestTimeTooSkewed");
  skewed.headers = {{"Date", date_in(std::chrono::hours(5))}};
  const std::string before = hour_in(std::chrono::hours(5));
  answers({skewed, stored(), object()});
  EXPECT_EQ(put(), "kept");
  EXPECT_THAT(asked_, ElementsAre(kPut, kPut, kHead));
  const std::string link = *store_->presign(Bucket::generated, "a.jpg", Millis(60'000), "");
  const std::string after = hour_in(std::chrono::hours(5));
  EXPECT_THAT(std::string(seen_.header("x-amz-date")), AnyOf(StartsWith(before), StartsWith(after)));
  EXPECT_THAT(link, AnyOf(HasSubstr("X-Amz-Date=" + before), HasSubstr("X-Amz-Date=" + after)));
}

TEST_F(S3Faults, AClockThatCannotBePutRightIsUnavailable) {
  http::ServerResponse skewed = failure(403, "RequestTimeTooSkewed");
  answers({skewed});
  EXPECT_EQ(put(), "service.unavailable");
  skewed.headers = {{"Date", date_in(std::chrono::hours(5))}};
  answers({skewed, skewed});
  EXPECT_EQ(put(), "service.unavailable");
  EXPECT_EQ(asked_.size(), 3U);
}

TEST_F(S3Faults, ABodyCutAfter200IsReadAgain) {
  http::ServerResponse cut = object(std::string(100'000, 'x'));
  cut.truncate = true;
  answers({cut, object()});
  EXPECT_EQ(get(), kBytes);
  answers({cut, cut, cut});
  EXPECT_EQ(get(), "<service.unavailable>");
  EXPECT_EQ(asked_.size(), 5U);
}

TEST_F(S3Faults, WhatTheServerKeptIsComparedWithWhatWasSent) {
  answers({stored(), object(kBytes, "\"another\""), object("other bytes"), stored(), object()});
  EXPECT_EQ(put(), "kept") << "the second put of the same bytes";
  EXPECT_THAT(asked_, ElementsAre(kPut, kHead, kGet, kPut, kHead));
  answers({stored(), object("shorter"), stored(), object("shorter")});
  EXPECT_EQ(put(), "service.unavailable");
  answers({stored(), object(kBytes, kEtag, "d3Jvbmc="), stored(), object(kBytes, kEtag, "d3Jvbmc=")});
  EXPECT_EQ(put(), "service.unavailable");
  const auto digest = encoding::sha256(kBytes);
  answers({stored(), object(kBytes, kEtag, encoding::base64({reinterpret_cast<const char*>(digest.data()), 32}))});
  EXPECT_EQ(put(), "kept");
  http::ServerResponse gone;
  gone.status = 404;
  answers({stored(), gone, stored(), gone});
  EXPECT_EQ(put(), "service.unavailable") << "acknowledged, but not there";
}

TEST_F(S3Faults, AHashThatDoesNotFitWasDamagedOnTheWay) {
  answers({failure(400, "XAmzContentSHA256Mismatch"), stored(), object()});
  EXPECT_EQ(put(), "kept");
}

TEST_F(S3Faults, ARefusedKeyStopsWritingButNotReading) {
  answers({failure(403, "AccessDenied")});
  EXPECT_EQ(put(), "service.unavailable");
  EXPECT_EQ(put(), "service.unavailable");
  EXPECT_THAT(asked_, ElementsAre(kPut)) << "the second one was not sent";
  answers({object()});
  EXPECT_EQ(get(), kBytes);
}

TEST_F(S3Faults, AMissingObjectThatMayNotBeToldStopsNothing) {
  answers({failure(403, "AccessDenied"), object()});
  EXPECT_EQ(get(), "<service.unavailable>");
  EXPECT_EQ(get(), kBytes);
  answers({failure(404, "NoSuchBucket")});
  EXPECT_EQ(get(), "<service.unavailable>") << "a missing bucket is not a missing object";
  EXPECT_EQ(get(), "<service.unavailable>");
  EXPECT_THAT(asked_, ElementsAre(kGet, kGet, kGet));
}

TEST_F(S3Faults, k11_AServerWithoutChecksumsGetsContentMd5FromThenOn) {
  answers({failure(501, "NotImplemented", "Header 'x-amz-checksum-sha256' is not implemented"), stored(), object()});
  EXPECT_EQ(put(), "kept");
  EXPECT_THAT(asked_, ElementsAre(kPut, kPut, kHead));
  EXPECT_EQ(seen_.header("x-amz-checksum-mode"), "");
  answers({stored(), object()});
  EXPECT_EQ(put(), "kept");
  EXPECT_EQ(asked_.size(), 5U) << "chosen once";
  EXPECT_THAT(store_->makeshift(), HasSubstr("Content-MD5"));
}

TEST_F(S3Faults, k11_AServerWithoutAnyProofIsReadBack) {
  answers({failure(400, "InvalidArgument", "Unsupported header 'x-amz-checksum-sha256'"),
           failure(400, "InvalidArgument", "Unsupported header 'content-md5'"), stored(), object()});
  EXPECT_EQ(put(), "kept");
  EXPECT_THAT(asked_, ElementsAre(kPut, kPut, kPut, kGet));
  answers({stored(), object("other bytes"), stored(), object("other bytes")});
  EXPECT_EQ(put(), "service.unavailable") << "what was kept is another thing";
}

TEST_F(S3Faults, AFileThatAServerTakesNoChecksumOfIsReadBackAndComparedByItsHash) {
  const std::string path = testing::TempDir() + "s3-faults-file";
  std::ofstream(path) << kBytes;
  const BlobFile file{path, {std::string(kBytes).size(), encoding::sha256_hex(kBytes)}};
  const auto put_file = [&] {
    const auto done = loop_.run(store_->put_file(Bucket::generated, "a.jpg", file, "image/jpeg"));
    return done ? "kept" : std::string(code_of(done.error().code));
  };
  answers({failure(501, "NotImplemented", "Header 'x-amz-checksum-sha256' is not implemented"), stored(), object()});
  EXPECT_EQ(put(), "kept");
  asked_.clear();
  answers({stored(), object()});
  EXPECT_EQ(put_file(), "kept");
  EXPECT_THAT(asked_, ElementsAre(kPut, kGet)) << "no MD5 of a file";
  answers({stored(), object("other bytes"), stored(), object("other bytes")});
  EXPECT_EQ(put_file(), "service.unavailable");
  std::remove(path.c_str());
}

TEST_F(S3Faults, k11_ARefusalForAnotherReasonChangesNothing) {
  for (int i = 0; i < 3; ++i) {
    answers({failure(400, "InvalidRequest")});
  }
  EXPECT_EQ(put(), "service.unavailable");
  answers({stored(), object()});
  EXPECT_EQ(put(), "kept");
  EXPECT_EQ(seen_.header("x-amz-checksum-mode"), "ENABLED");
  EXPECT_EQ(store_->makeshift(), "");
}

TEST_F(S3Faults, k11_AnEtagOfAnotherKindOrNoHeadAtAllIsReadBackFromThenOn) {
  answers({stored("\"p\""), object(kBytes, "W/\"q-1\""), object()});
  EXPECT_EQ(put(), "kept");
  EXPECT_THAT(asked_, ElementsAre(kPut, kHead, kGet));
  answers({stored(""), object()});
  EXPECT_EQ(put(), "kept");
  EXPECT_THAT(asked_, ElementsAre(kPut, kHead, kGet, kPut, kGet));

  store_ = make_store(loop_.executor(), *http_, options_);
  asked_.clear();
  answers({stored(), failure(405, "MethodNotAllowed"), failure(405, "MethodNotAllowed"), object()});
  EXPECT_EQ(put(), "kept");
  EXPECT_THAT(asked_, ElementsAre(kPut, kHead, kHead, kGet));
}

TEST_F(S3Faults, k11_TheSizeOfAnObjectIsKnownWithoutHead) {
  http::ServerResponse part = object("p");
  part.status = 206;
  part.headers.push_back({"Content-Range", "bytes 0-0/13"});
  answers({failure(405, "MethodNotAllowed"), part});
  const auto info = loop_.run(store_->stat(Bucket::generated, "a.jpg"));
  ASSERT_TRUE(info);
  EXPECT_EQ(info->bytes, 13U);
}

TEST_F(S3Faults, k11_WithoutARemovalOfManyEachIsRemoved) {
  http::ServerResponse gone;
  gone.status = 204;
  answers({failure(501, "NotImplemented"), failure(501, "NotImplemented"), failure(501, "NotImplemented"), gone,
           failure(403, "AccessDenied")});
  EXPECT_THAT(loop_.run(store_->remove_all(Bucket::generated, {"a.jpg", "b.jpg"})), ElementsAre("b.jpg"));
}

TEST_F(S3Faults, OnlyTheKeysThatTheServerNamesAreLeftAfterABatch) {
  http::ServerResponse partly;
  partly.body = "<DeleteResult><Error><Key>b.jpg</Key><Code>AccessDenied</Code></Error></DeleteResult>";
  answers({partly});
  EXPECT_THAT(loop_.run(store_->remove_all(Bucket::generated, {"a.jpg", "b.jpg", "c.jpg"})), ElementsAre("b.jpg"));
  EXPECT_THAT(asked_, ElementsAre("POST /aisha-v2-generated?delete="));
  EXPECT_THAT(seen_.body, HasSubstr("<Object><Key>c.jpg</Key></Object>"));
  const auto digest = encoding::sha256(seen_.body);
  EXPECT_EQ(seen_.header("x-amz-checksum-sha256"),
            encoding::base64({reinterpret_cast<const char*>(digest.data()), 32}));
}

TEST_F(S3Faults, MoreKeysThanOneBatchHoldsGoInSeveral) {
  std::vector<std::string> keys;
  for (int i = 0; i < 1'001; ++i) {
    keys.push_back(fmt::format("k{}", i));
  }
  answers({http::ServerResponse{}, failure(400, "MalformedXML")});
  EXPECT_THAT(loop_.run(store_->remove_all(Bucket::generated, keys)), ElementsAre("k1000"));
}

}  // namespace
}  // namespace aisha::blobs::s3
