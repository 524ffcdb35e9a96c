// SPDX-License-Identifier: Apache-2.0
#include "blobs/s3/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "tests/contract/blobs/world.hpp"

/// What only an S3 server can answer: links, rights, buckets.
namespace aisha::blobs::s3 {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr const char* kKey = "2026/01/15/0192.jpg";

class S3Test : public testing::Test {
 protected:
  void SetUp() override {
    auto options = s3_options();
    if (!options) {
      GTEST_SKIP() << kNoS3;
    }
    options_ = *options;
    options_.retry_first = Millis(1);
    options_.pause = Millis(0);
  }
  std::unique_ptr<Store> open() { return make_store(world_.loop.executor(), *world_.http, options_); }
  std::unique_ptr<Store> open_with_picture() {
    auto store = make_s3(world_, options_);
    const auto put = world_.await(store->put(Bucket::generated, kKey, "picture bytes", "image/jpeg"));
    EXPECT_TRUE(put) << put.error().detail;
    return store;
  }
  Result<void> put(Store& store) {
    return world_.await(store.put(Bucket::generated, kKey, std::string(300'000, 'x'), "image/jpeg"));
  }
  std::string link(const Store& store, std::string_view name = "") {
    return store.presign(Bucket::generated, kKey, Millis(600'000), name).value_or("");
  }
  /// MinIO and versitygw differ in what they can; the pinned MinIO must be able to do everything.
  bool is_minio() { return world_.fetch(options_.endpoint + "/").header("server") == "MinIO"; }

  World world_;
  Options options_;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST_F(S3Test, ALinkOpensTheObjectAndOnlyAsItIs) {
  const auto store = open_with_picture();
  const std::string good = link(*store);
  const auto opened = world_.fetch(good);
  EXPECT_EQ(opened.status, 200);
  EXPECT_EQ(opened.body, "picture bytes");
  EXPECT_EQ(opened.header("content-type"), "image/jpeg");
  for (const std::string& bad :
       {replaced(good, "0192", "0193"), replaced(good, "Expires=600", "Expires=900"),
        good.substr(0, good.size() - 1) + (good.ends_with('0') ? "1" : "0"), good + "&utm_source=x"}) {
    EXPECT_EQ(world_.fetch(bad).status, 403) << "tampered";
  }
  EXPECT_EQ(world_.fetch(good.substr(0, good.find('?'))).status, 403) << "nothing is public without a link";
  EXPECT_EQ(world_.fetch(good, "HEAD").status, 403) << "a GET link is for GET";
}

TEST_F(S3Test, ALinkExpires) {
  const auto store = open_with_picture();
  Link link;
  link.base = options_.endpoint;
  link.path = "/" + options_.generated + "/" + kKey;
  link.lifetime = std::chrono::seconds(60);
  const auto ago = [&](int seconds) {
    const auto then = std::chrono::system_clock::now() - std::chrono::seconds(seconds);
    return world_.fetch(presign(options_.credentials, std::chrono::floor<Millis>(then), link));
  };
  EXPECT_EQ(ago(30).status, 200);
  const auto expired = ago(70);
  EXPECT_EQ(expired.status, 403);
  EXPECT_THAT(expired.body, HasSubstr("expired"));
}

TEST_F(S3Test, ALinkLivesSevenDaysAtMostAndASecondAtLeast) {
  const auto store = open_with_picture();
  const auto longest = store->presign(Bucket::generated, kKey, std::chrono::days(30), "");
  EXPECT_THAT(*longest, HasSubstr("X-Amz-Expires=604800&"));
  EXPECT_EQ(world_.fetch(*longest).status, 200);
  EXPECT_THAT(*store->presign(Bucket::generated, kKey, Millis(1), ""), HasSubstr("X-Amz-Expires=1&"));
}

TEST_F(S3Test, ALinkCarriesTheNameUnderWhichItIsSaved) {
  const auto store = open_with_picture();
  const auto opened = world_.fetch(link(*store, "Аиша \"закат\".jpg"));
  EXPECT_EQ(opened.status, 200);
  EXPECT_EQ(opened.header("content-disposition"), R"(attachment; filename="____ _______.jpg"; filename*=UTF-8'')" +
                                                      encoding::percent_encode("Аиша \"закат\".jpg"));
  EXPECT_EQ(world_.fetch(link(*store)).header("content-disposition"), "");
}

TEST_F(S3Test, ALinkIsSignedForThePublicAddress) {
  const auto inside = open_with_picture();
  options_.public_url = "https://pictures.example.org";
  const std::string outside = link(*open());
  EXPECT_THAT(outside, testing::StartsWith("https://pictures.example.org/" + options_.generated + "/2026/"));
  // A proxy that keeps the Host header: the same request at the server's own address.
  http::Request request;
  request.url = replaced(outside, "https://pictures.example.org", options_.endpoint);
  request.headers = {{"Host", "pictures.example.org"}};
  EXPECT_EQ(world_.await(world_.http->send(request))->status, 200);
  request.headers.clear();
  EXPECT_EQ(world_.await(world_.http->send(request))->status, 403) << "a proxy that changes the Host breaks the link";
}

TEST_F(S3Test, TheBucketMayStandInTheHostInstead) {
  if (!is_minio()) {
    GTEST_SKIP() << "this server has no domain for its buckets";
  }
  // Every name below localhost is this machine to curl; tools/servers tells MinIO that it is a domain of buckets.
  options_.endpoint = replaced(options_.endpoint, "127.0.0.1", "localhost");
  options_.path_style = false;
  const auto store = open_with_picture();
  EXPECT_EQ(*world_.await(store->get(Bucket::generated, kKey)), "picture bytes");
  const std::string url = link(*store);
  EXPECT_THAT(url, testing::StartsWith("http://" + options_.generated + ".localhost:"));
  EXPECT_EQ(world_.fetch(url).status, 200);
}

TEST_F(S3Test, AnyKeyIsSignedAsTheServerReadsIt) {
  open_with_picture();
  Client client(world_.loop.executor(), *world_.http, options_);
  for (const std::string key : {"ключ/кот и пёс.jpg", "a+b=c&d.jpg", "50%.jpg", "it's (1)*!~.jpg", "\U0001f431.webp"}) {
    Call call;
    call.method = "PUT";
    call.bucket = options_.generated;
    call.key = key;
    call.headers = {{"content-type", "image/jpeg"}};
    call.body = key;
    EXPECT_EQ(world_.await(client.ask(call)).judgement.verdict, Verdict::good) << key;
    EXPECT_EQ(world_.fetch(client.link(options_.generated, key, {}, std::chrono::seconds(60))).body, key);
  }
}

TEST_F(S3Test, AWrongSecretOrKeyIsUnavailableAlsoForALargePicture) {
  const auto store = open_with_picture();
  const Options right = options_;
  options_.credentials.secret_key = Secret("not the secret");
  const auto wrong_secret = put(*open());
  ASSERT_FALSE(wrong_secret);
  EXPECT_EQ(wrong_secret.error().code, Errc::unavailable);
  EXPECT_THAT(wrong_secret.error().detail, HasSubstr("SignatureDoesNotMatch"));
  EXPECT_THAT(wrong_secret.error().detail, testing::Not(HasSubstr("not the secret")));
  options_ = right;
  options_.credentials.access_key = "nobody-known";
  ASSERT_FALSE(put(*open()));
  EXPECT_EQ(*world_.await(store->get(Bucket::generated, kKey)), "picture bytes") << "the kept one is as it was";
}

TEST_F(S3Test, AMissingBucketIsNeverMadeOnTheWayNorTakenForAMissingObject) {
  const auto store = open();
  const auto refused = put(*store);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::unavailable);
  EXPECT_EQ(world_.await(store->get(Bucket::generated, kKey)).error().code, Errc::unavailable);
  EXPECT_EQ(world_.await(store->stat(Bucket::generated, kKey)).error().code, Errc::unavailable);
  EXPECT_EQ(world_.await(store->remove_all(Bucket::generated, {kKey})), std::vector<std::string>{kKey});
  EXPECT_THAT(*world_.await(store->missing()),
              UnorderedElementsAre(options_.generated, options_.templates, options_.temp));
}

TEST_F(S3Test, AFaultySettingIsNotTriedByEveryRequestAndHealsByItself) {
  options_.pause = Millis(3'600'000);
  const auto store = open();
  ASSERT_FALSE(put(*store));
  EXPECT_THAT(put(*store).error().detail, HasSubstr("waits for the setting to be mended"));
  options_.pause = Millis(0);
  const auto impatient = open();
  ASSERT_FALSE(put(*impatient));
  ASSERT_TRUE(world_.await(impatient->prepare()));
  EXPECT_TRUE(put(*impatient));
}

TEST_F(S3Test, PreparingMakesWhatIsMissingAndMayBeRepeated) {
  const auto store = open();
  const auto first = world_.await(store->prepare());
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_THAT(*first, testing::Contains("made bucket " + options_.generated));
  EXPECT_EQ(first->size(), 4U);
  EXPECT_THAT(*world_.await(store->missing()), IsEmpty());
  const auto second = world_.await(store->prepare());
  ASSERT_TRUE(second);
  EXPECT_THAT(*second, testing::Not(testing::Contains(HasSubstr("made"))));
}

TEST_F(S3Test, PreparingWithWrongRightsSaysSoInASentence) {
  options_.credentials.secret_key = Secret("not the secret");
  const auto refused = world_.await(open()->prepare());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::start_failed);
  EXPECT_THAT(refused.error().detail, HasSubstr(options_.generated));
}

TEST_F(S3Test, ObjectsOfTheTemporaryBucketEndAfterADay) {
  if (!is_minio()) {
    GTEST_SKIP() << "this server has no lifecycle rules";
  }
  const auto store = make_s3(world_, options_);
  ASSERT_TRUE(world_.await(store->put(Bucket::temp, "photos.zip", "x", "application/zip")));
  Client client(world_.loop.executor(), *world_.http, options_);
  Call call;
  call.method = "HEAD";
  call.bucket = options_.temp;
  call.key = "photos.zip";
  const auto kept = world_.await(client.ask(call));
  ASSERT_EQ(kept.judgement.verdict, Verdict::good);
  EXPECT_THAT(std::string(kept.answer->header("x-amz-expiration")), HasSubstr(R"(rule-id="a-day")"));
}

TEST_F(S3Test, AnInspectionTellsWhatWorksAndLeavesNothingBehind) {
  const auto store = open();
  const Health before = world_.await(store->inspect());
  EXPECT_EQ(before.buckets.at(0).judgement.code, "NoSuchBucket");
  EXPECT_EQ(before.buckets.at(0).step, "find");
  ASSERT_TRUE(world_.await(store->prepare()));
  const Health after = world_.await(store->inspect());
  ASSERT_EQ(after.buckets.size(), 3U);
  for (const BucketHealth& bucket : after.buckets) {
    EXPECT_EQ(bucket.judgement.verdict, Verdict::good) << bucket.name << " " << bucket.step;
  }
  ASSERT_TRUE(after.clock_is_ahead);
  EXPECT_LE(std::abs(after.clock_is_ahead->count()), 2);
  Client client(world_.loop.executor(), *world_.http, options_);
  Call list;
  list.method = "GET";
  list.bucket = options_.generated;
  list.query = {{"list-type", "2"}};
  EXPECT_EQ(element(world_.await(client.ask(list)).answer->body, "KeyCount"), "0");
}

}  // namespace
}  // namespace aisha::blobs::s3
