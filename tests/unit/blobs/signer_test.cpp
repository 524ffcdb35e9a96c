// SPDX-License-Identifier: Apache-2.0
#include "blobs/s3/signer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace aisha::blobs::s3 {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

// docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and sigv4-query-string-auth.html: the
// documentation's own key, time, requests and signatures.
const Credentials kWho{"AKIAIOSFODNN7EXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "us-east-1"};
const TimePoint kNow = std::chrono::sys_days(std::chrono::year(2013) / 5 / 24);
constexpr const char* kHost = "examplebucket.s3.amazonaws.com";

std::string signature_of(const SignedPart& part) {
  for (const http::Header& header : sign(kWho, kNow, part)) {
    if (header.name == "authorization") {
      return header.value;
    }
  }
  return "";
}

SignedPart part_of(std::string method, std::string path, std::string body = "") {
  SignedPart part;
  part.method = std::move(method);
  part.host = kHost;
  part.path = std::move(path);
  part.payload_sha256 = encoding::sha256_hex(body);
  return part;
}

TEST(Signer, SignsTheDocumentationsRangeRequest) {
  SignedPart part = part_of("GET", "/test.txt");
  part.headers = {{"range", "bytes=0-9"}};
  EXPECT_EQ(signature_of(part),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(Signer, SignsTheDocumentationsPut) {
  SignedPart part = part_of("PUT", "/test$file.text", "Welcome to Amazon S3.");
  part.headers = {{"date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}};
  EXPECT_THAT(signature_of(part), EndsWith("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
}

TEST(Signer, SignsTheDocumentationsLifecycleQuestion) {
  SignedPart part = part_of("GET", "/");
  part.query = {{"lifecycle", ""}};
  EXPECT_THAT(signature_of(part), EndsWith("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
}

TEST(Signer, SignsTheDocumentationsListWhateverTheOrderOfItsParameters) {
  SignedPart part = part_of("GET", "/");
  part.query = {{"prefix", "J"}, {"max-keys", "2"}};
  EXPECT_THAT(signature_of(part), EndsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(Signer, PresignsTheDocumentationsGet) {
  Link link;
  link.base = std::string("https://") + kHost;
  link.path = "/test.txt";
  link.lifetime = std::chrono::seconds(86400);
  EXPECT_EQ(presign(kWho, kNow, link),
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"
            "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&"
            "X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&"
            "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST(Signer, SignsAHeaderAsItIsOnceItsBlanksAreFolded) {
  SignedPart plain = part_of("GET", "/a");
  plain.headers = {{"x-amz-meta-a", "a b"}};
  SignedPart spaced = plain;
  spaced.headers = {{"x-amz-meta-a", "  a   b "}};
  EXPECT_EQ(signature_of(spaced), signature_of(plain));
}

TEST(Signer, EncodesEverythingButUnreservedCharactersAndSlashes) {
  EXPECT_EQ(encoded_path("/б/a b+=&?#%'()*!~-_.jpg"), "/%D0%B1/a%20b%2B%3D%26%3F%23%25%27%28%29%2A%21~-_.jpg");
  EXPECT_EQ(encoded_path(""), "");
  EXPECT_EQ(encoded_query({{"b", "1"}, {"a", "x y"}, {"a", "x+y"}}), "a=x%20y&a=x%2By&b=1");
}

TEST(Signer, TheSecretIsInNothingItMakes) {
  Link link;
  link.base = "https://h";
  link.path = "/b/k";
  link.lifetime = std::chrono::seconds(1);
  EXPECT_THAT(presign(kWho, kNow, link), testing::Not(HasSubstr("wJalrXUtnFEMI")));
  EXPECT_THAT(signature_of(part_of("GET", "/")), testing::Not(HasSubstr("wJalrXUtnFEMI")));
}

}  // namespace
}  // namespace aisha::blobs::s3
