// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <sstream>

#include "base/json.hpp"
#include "blobs/s3/signer.hpp"
#include "tests/fakes/paths.hpp"

/// Our signer beside Amazon's SDK. Its URLs carry their time, so both sign at the same one.
namespace aisha::blobs::s3 {
namespace {

const Credentials kWho{"AKIAIOSFODNN7EXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "eu-central-1"};

struct Said {
  std::string text;
  int exit_code = 0;
};

Said ask_botocore() {
  Said said;
  const std::string program = "/usr/bin/python3 " + aisha::fakes::source_dir() + "/tests/unit/blobs/botocore_urls.py";
  FILE* pipe = ::popen(program.c_str(), "r");
  std::array<char, 4096> piece{};
  while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), pipe)) {
    said.text.append(piece.data(), got);
  }
  said.exit_code = WEXITSTATUS(::pclose(pipe));
  return said;
}

std::string text(const json::Value& value, const char* name) {
  return value.at(name).as_string().c_str();
}

/// "20130524T000000Z"
TimePoint time_of(const std::string& stamp) {
  std::tm utc{};
  ::strptime(stamp.c_str(), "%Y%m%dT%H%M%SZ", &utc);
  return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&utc)));
}

void check_link(const json::Value& theirs) {
  Link link;
  link.method = text(theirs, "method");
  link.base = text(theirs, "base");
  link.path = text(theirs, "path");
  link.lifetime = std::chrono::seconds(theirs.at("lifetime").as_int64());
  EXPECT_EQ(presign(kWho, time_of(text(theirs, "date")), link), text(theirs, "signed"));
}

void check_headers(const json::Value& theirs) {
  SignedPart part;
  part.method = text(theirs, "method");
  part.host = "s3.example.org";
  part.path = text(theirs, "path");
  part.payload_sha256 = text(theirs, "payload");
  for (const auto& [name, value] : theirs.at("query").as_object()) {
    part.query.emplace_back(name, value.as_string().c_str());
  }
  for (const auto& [name, value] : theirs.at("headers").as_object()) {
    part.headers.push_back({std::string(name), value.as_string().c_str()});
  }
  EXPECT_EQ(sign(kWho, time_of(text(theirs, "date")), part).back().value, text(theirs, "signed"));
}

TEST(Botocore, SignsEveryLinkAndRequestAsWeDo) {
  const Said said = ask_botocore();
  if (said.exit_code == 77) {
    GTEST_SKIP() << "python3-botocore is not installed (tools/setup test)";
  }
  ASSERT_EQ(said.exit_code, 0);
  std::istringstream lines(said.text);
  int compared = 0;
  for (std::string line; std::getline(lines, line); ++compared) {
    const auto theirs = json::parse(line);
    ASSERT_TRUE(theirs);
    text(*theirs, "kind") == "link" ? check_link(*theirs) : check_headers(*theirs);
  }
  EXPECT_EQ(compared, 49);
}

}  // namespace
}  // namespace aisha::blobs::s3
