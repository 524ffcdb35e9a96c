// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/encoding.hpp"
#include "tests/unit/http/http_test.hpp"

namespace aisha::http {
namespace {

namespace fs = std::filesystem;

class LargeBodies : public HttpTest {
 protected:
  LargeBodies() { fs::create_directories(folder_); }
  ~LargeBodies() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  Result<Response> fetch(const std::string& where, std::shared_ptr<BodySink> sink, std::size_t most = 64U << 20U) {
    Request request;
    request.url = url(where);
    request.sink = std::move(sink);
    request.max_body = most;
    return loop_.run(client_->send(std::move(request)));
  }

  const fs::path folder_ = fs::temp_directory_path() / ("aisha-large-" + std::to_string(::getpid()));
  const std::string large_ = std::string(3'000'000, 'x') + "end";
};

TEST_F(LargeBodies, AnAnswerGoesIntoAFileAndItsDigestIsKnown) {
  add_page("GET", "/file", large_);
  serve();
  const auto sink = std::make_shared<FileSink>(path("a"));
  const auto response = fetch("/file", sink);
  ASSERT_TRUE(response) << response.error().detail;
  EXPECT_EQ(response->body, "");
  EXPECT_EQ(sink->finish(), (Digest{large_.size(), encoding::sha256_hex(large_)}));
  EXPECT_EQ(content_of(path("a")), large_);
}

TEST_F(LargeBodies, AFileThatNobodyKeepsIsGoneWithItsSink) {
  add_page("GET", "/file", large_);
  serve();
  for (const bool is_kept : {false, true}) {
    auto sink = std::make_shared<FileSink>(path("b"));
    ASSERT_TRUE(fetch("/file", sink));
    if (is_kept) {
      sink->keep();
    }
    sink.reset();
    EXPECT_EQ(fs::exists(path("b")), is_kept);
  }
}

TEST_F(LargeBodies, OfAnyOtherAnswerNothingIsTaken) {
  router_.add("GET", "/gone", [](const ServerRequest&) {
    ServerResponse response;
    response.status = 404;
    response.body = "no such file";
    return reply(std::move(response));
  });
  serve();
  const auto sink = std::make_shared<DigestSink>();
  const auto response = fetch("/gone", sink);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(response->body, "");
  EXPECT_EQ(sink->finish().bytes, 0U);
}

TEST_F(LargeBodies, OneOverTheLimitIsRefusedWhileItArrivesAndLeavesNoFile) {
  add_page("GET", "/file", large_);
  serve();
  EXPECT_EQ(fetch("/file", std::make_shared<FileSink>(path("c")), large_.size() - 1).error().code, Errc::net_too_large);
  EXPECT_FALSE(fs::exists(path("c")));
  EXPECT_TRUE(fetch("/file", std::make_shared<FileSink>(path("c")), large_.size()));
}

TEST_F(LargeBodies, AFileThatCannotBeWrittenIsSaidAndNothingIsAskedFor) {
  add_page("GET", "/file", large_);
  serve();
  const auto response = fetch("/file", std::make_shared<FileSink>(path("absent/d")));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::unavailable);
  EXPECT_NE(response.error().detail.find("absent/d"), std::string::npos);
}

TEST_F(LargeBodies, ATransferThatIsRepeatedBeginsItsFileAnew) {
  add_page("GET", "/file", large_);
  add_page("GET", "/small", "small");
  serve();
  const auto sink = std::make_shared<FileSink>(path("e"));
  ASSERT_TRUE(fetch("/file", sink));
  ASSERT_TRUE(fetch("/small", sink));
  EXPECT_EQ(content_of(path("e")), "small");
  EXPECT_EQ(sink->finish(), (Digest{5, encoding::sha256_hex("small")}));
}

TEST_F(LargeBodies, AFileIsSentAsItIs) {
  router_.add("PUT", "/kept", [this](const ServerRequest& request) {
    seen_ = request;
    return reply({});
  });
  serve();
  const std::string bytes = large_.substr(large_.size() - 900'000);
  std::ofstream(path("f"), std::ios::binary) << bytes;
  Request request;
  request.method = "PUT";
  request.url = url("/kept");
  request.body_file = path("f");
  const auto response = loop_.run(client_->send(request));
  ASSERT_TRUE(response) << response.error().detail;
  EXPECT_EQ(seen_.body == bytes, true);
  EXPECT_EQ(seen_.header("content-length"), std::to_string(bytes.size()));
  request.body_file = path("absent");
  EXPECT_EQ(loop_.run(client_->send(request)).error().code, Errc::unavailable);
}

}  // namespace
}  // namespace aisha::http
