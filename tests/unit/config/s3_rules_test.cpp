// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "config/config.hpp"

namespace aisha::config {
namespace {

using testing::HasSubstr;

Result<Config> load_with(std::map<std::string, std::string> more) {
  std::map<std::string, std::string> variables{{"AISHA_BLOBS_URL", "s3://s3.example.org"},
                                               {"AISHA_S3_ACCESS_KEY", "aisha"},
                                               {"AISHA_S3_SECRET_KEY", "hidden-value"}};
  for (auto& [name, value] : more) {
    variables[name] = value;
  }
  return load("", [&](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string problem_with(const std::string& name, const std::string& value) {
  const auto config = load_with({{name, value}});
  EXPECT_TRUE(config || config.error().code == Errc::config_invalid || config.error().code == Errc::config_secret);
  return config ? "" : config.error().detail;
}

TEST(S3Settings, AnAddressAndKeysAreEnough) {
  const auto config = load_with({});
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->s3.secret_key.reveal(), "hidden-value");
  EXPECT_EQ(config->s3.region, "us-east-1");
  EXPECT_EQ(config->s3.bucket_generated, "aisha-v2-generated");
  EXPECT_TRUE(config->s3.path_style);
  EXPECT_EQ(problem_with("AISHA_BLOBS_URL", "s3+http://minio:9000"), "");
  EXPECT_EQ(problem_with("AISHA_S3_PUBLIC_URL", "https://pictures.example.org:8443"), "");
  EXPECT_EQ(problem_with("AISHA_S3_PUBLIC_URL", "http://127.0.0.1:9000"), "");
}

TEST(S3Settings, AFolderNeedsNoneOfThem) {
  const auto config = load_with({{"AISHA_BLOBS_URL", "dir:/srv"}, {"AISHA_S3_SECRET_KEY", ""}});
  EXPECT_TRUE(config) << config.error().detail;
}

TEST(S3Settings, MissingKeysAreNamed) {
  EXPECT_THAT(problem_with("AISHA_S3_ACCESS_KEY", ""), HasSubstr("s3.access_key and s3.secret_key are needed"));
  EXPECT_THAT(problem_with("AISHA_S3_SECRET_KEY", ""), HasSubstr("s3.access_key and s3.secret_key are needed"));
}

TEST(S3Settings, AnAddressThatASignatureCouldNotCoverIsRefused) {
  for (const char* url : {"s3:/x", "s3://", "s3://host/path", "s3://key:secret@host", "http://host", "minio:9000"}) {
    EXPECT_THAT(problem_with("AISHA_BLOBS_URL", url), HasSubstr("blobs.url: expected")) << url;
  }
  EXPECT_THAT(problem_with("AISHA_BLOBS_URL", "s3://host:443"), HasSubstr("leave out :443"));
  EXPECT_THAT(problem_with("AISHA_BLOBS_URL", "s3+http://host:80"), HasSubstr("leave out :80"));
  EXPECT_EQ(problem_with("AISHA_BLOBS_URL", "s3+http://host:8080"), "");
  EXPECT_THAT(problem_with("AISHA_S3_PUBLIC_URL", "https://host/s3"), HasSubstr("s3.public_url: expected a host"));
  EXPECT_THAT(problem_with("AISHA_S3_PUBLIC_URL", "pictures.example.org"), HasSubstr("s3.public_url: expected https"));
  EXPECT_THAT(problem_with("AISHA_S3_PUBLIC_URL", "http://pictures.example.org"), HasSubstr("allow_insecure"));
}

TEST(S3Settings, BucketNamesFollowTheRulesOfS3AndDiffer) {
  for (const char* name : {"ab", "Aisha", "a_b_c", "-abc", "abc-", ""}) {
    EXPECT_THAT(problem_with("AISHA_S3_BUCKET_TEMP", name), HasSubstr("is no bucket name")) << name;
  }
  EXPECT_THAT(problem_with("AISHA_S3_BUCKET_TEMP", "aisha-v2-generated"), HasSubstr("three names"));
}

TEST(S3Settings, TheSecretIsInNoSentence) {
  EXPECT_THAT(problem_with("AISHA_S3_BUCKET_TEMP", "no"), testing::Not(HasSubstr("hidden-value")));
}

}  // namespace
}  // namespace aisha::config
