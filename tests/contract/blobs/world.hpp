// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/thread_pool.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/rng.hpp"
#include "blobs/disk/disk_store.hpp"
#include "blobs/s3/store.hpp"
#include "http/client/client.hpp"
#include "tests/fakes/loop.hpp"

namespace aisha::blobs {

/// The S3 server that tools/servers started, and buckets of this world's own on it.
inline std::optional<s3::Options> s3_options() {
  const char* url = std::getenv("AISHA_TEST_S3");
  if (url == nullptr) {
    return std::nullopt;
  }
  const std::string own = "t-" + SystemRng().hex(6);
  s3::Options options;
  options.endpoint = url;
  options.credentials.access_key = std::getenv("AISHA_TEST_S3_ACCESS_KEY");
  options.credentials.secret_key = Secret(std::getenv("AISHA_TEST_S3_SECRET_KEY"));
  options.generated = own + "-generated";
  options.templates = own + "-templates";
  options.temp = own + "-temp";
  return options;
}

constexpr const char* kNoS3 = "AISHA_TEST_S3 is not set: nothing is tried on an S3 server (tools/servers minio -- ...)";

/// A loop, a pool, a folder and an HTTP client for one test.
struct World {
  fakes::Loop loop;
  boost::asio::thread_pool pool{2};
  std::filesystem::path folder = std::filesystem::temp_directory_path() / fmt::format("aisha-blobs-{}", ::getpid());
  std::unique_ptr<http::Client> http = http::make_client(loop.executor());

  ~World() {
    pool.join();
    std::filesystem::remove_all(folder);
  }
  template <class T>
  T await(Task<T> task) {
    return loop.run(std::move(task));
  }
  http::Response fetch(std::string url, std::string method = "GET") {
    http::Request request;
    request.method = std::move(method);
    request.url = std::move(url);
    auto answer = await(http->send(std::move(request)));
    EXPECT_TRUE(answer) << answer.error().detail;
    return answer ? std::move(*answer) : http::Response{};
  }
};

inline std::unique_ptr<BlobStore> make_disk(World& world) {
  auto made = make_disk_store(world.loop.executor(), world.pool, {.root = world.folder});
  return made ? std::move(*made) : nullptr;
}

/// With its buckets made.
inline std::unique_ptr<s3::Store> make_s3(World& world, const s3::Options& options) {
  auto store = s3::make_store(world.loop.executor(), *world.http, options);
  const auto made = world.await(store->prepare());
  EXPECT_TRUE(made) << made.error().detail;
  return store;
}

}  // namespace aisha::blobs
