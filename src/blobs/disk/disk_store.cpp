// SPDX-License-Identifier: Apache-2.0
#include "blobs/disk/disk_store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/on_pool.hpp"
#include "blobs/disk/files.hpp"
#include "blobs/disk/listing.hpp"
#include "blobs/key.hpp"

namespace aisha::blobs {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr std::array kTypes = {
    std::pair{std::string_view(".jpg"), std::string_view("image/jpeg")},
    std::pair{std::string_view(".png"), std::string_view("image/png")},
    std::pair{std::string_view(".webp"), std::string_view("image/webp")},
    std::pair{std::string_view(".zip"), std::string_view("application/zip")},
    std::pair{std::string_view(".json"), std::string_view("application/json")},
};

std::string_view type_by_extension(std::string_view key) {
  for (const auto& [extension, type] : kTypes) {
    if (key.ends_with(extension)) {
      return type;
    }
  }
  return "application/octet-stream";
}

fs::path beside(const fs::path& path) {
  return path.string() + std::string(kSidecarSuffix);
}

Result<void> keep_type(const fs::path& path, std::string_view content_type) {
  const bool told = content_type == type_by_extension(path.native());
  return told ? remove_file(beside(path)) : write_atomically(beside(path), content_type);
}

Result<BlobInfo> stat_object(const fs::path& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? fail(Errc::not_found, path.string()) : failed(path, errno);
  }
  if (!S_ISREG(info.st_mode)) {
    return fail(Errc::not_found, path.string());
  }
  auto type = read_file(beside(path));
  return BlobInfo{static_cast<std::uint64_t>(info.st_size),
                  type ? std::move(*type) : std::string(type_by_extension(path.native()))};
}

Result<void> remove_object(const fs::path& path) {
  if (auto removed = remove_file(path); !removed) {
    return removed;
  }
  return remove_file(beside(path));
}

class DiskStore final : public BlobStore {
 public:
  DiskStore(Executor loop, asio::thread_pool& pool, DiskOptions options)
      : loop_(std::move(loop)), pool_(pool), options_(std::move(options)) {}

  Task<Result<void>> put(Bucket bucket, std::string key, std::string bytes, std::string content_type) override {
    if (!is_valid_key(key)) {
      co_return fail(Errc::not_found, "not a key: " + key);
    }
    auto work = [path = path_of(bucket, key), bytes = std::move(bytes), type = std::move(content_type)] {
      auto typed = keep_type(path, type);
      return typed ? write_atomically(path, bytes) : typed;
    };
    co_return co_await on_pool(pool_, loop_, std::move(work));
  }
  Task<Result<void>> put_file(Bucket bucket, std::string key, BlobFile file, std::string content_type) override {
    if (!is_valid_key(key)) {
      co_return fail(Errc::not_found, "not a key: " + key);
    }
    auto work = [path = path_of(bucket, key), from = std::move(file.path), type = std::move(content_type)] {
      auto typed = keep_type(path, type);
      return typed ? copy_atomically(from, path) : typed;
    };
    co_return co_await on_pool(pool_, loop_, std::move(work));
  }
  Task<Result<Digest>> digest(Bucket bucket, std::string key) override {
    if (!is_valid_key(key)) {
      co_return fail(Errc::not_found, "not a key: " + key);
    }
    auto work = [path = path_of(bucket, key)] { return digest_file(path); };
    co_return co_await on_pool(pool_, loop_, std::move(work));
  }
  Task<Result<std::string>> get(Bucket bucket, std::string key) override {
    if (!is_valid_key(key)) {
      co_return fail(Errc::not_found, "not a key: " + key);
    }
    auto work = [path = path_of(bucket, key)] { return read_file(path); };
    co_return co_await on_pool(pool_, loop_, std::move(work));
  }
  Task<Result<BlobInfo>> stat(Bucket bucket, std::string key) override {
    if (!is_valid_key(key)) {
      co_return fail(Errc::not_found, "not a key: " + key);
    }
    auto work = [path = path_of(bucket, key)] { return stat_object(path); };
    co_return co_await on_pool(pool_, loop_, std::move(work));
  }
  Task<Result<std::vector<std::string>>> list(Bucket bucket, std::string prefix, std::string after,
                                              std::size_t limit) override {
    if (!is_valid_prefix(prefix)) {
      co_return fail(Errc::not_found, "not the beginning of a key: " + prefix);
    }
    auto work = [listing = listing_, folder = folder_of(bucket), prefix = std::move(prefix), after = std::move(after),
                 limit] { return listing->page(folder, prefix, after, limit); };
    co_return co_await on_pool(pool_, loop_, std::move(work));
  }
  Task<Result<void>> remove(Bucket bucket, std::string key) override {
    if (!is_valid_key(key)) {
      co_return fail(Errc::not_found, "not a key: " + key);
    }
    auto work = [path = path_of(bucket, key)] { return remove_object(path); };
    co_return co_await on_pool(pool_, loop_, std::move(work));
  }
  std::optional<std::string> presign(Bucket, std::string_view, Millis, std::string_view) const override {
    return std::nullopt;
  }

 private:
  fs::path folder_of(Bucket bucket) const {
    return options_.root / (bucket == Bucket::generated   ? options_.generated
                            : bucket == Bucket::templates ? options_.templates
                                                          : options_.temp);
  }
  fs::path path_of(Bucket bucket, std::string_view key) const { return folder_of(bucket) / key; }

  Executor loop_;
  asio::thread_pool& pool_;
  DiskOptions options_;
  /// Shared with the pool, which may still be walking when the store is gone.
  std::shared_ptr<Listing> listing_ = std::make_shared<Listing>();
};

}  // namespace

Result<std::unique_ptr<BlobStore>> make_disk_store(Executor loop, asio::thread_pool& pool, DiskOptions options) {
  for (const std::string& bucket : {options.generated, options.templates, options.temp}) {
    const fs::path folder = fs::absolute(options.root) / bucket;
    if (auto made = make_folders(folder); !made) {
      return fail(Errc::start_failed, made.error().detail);
    }
    if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
      return fail(Errc::start_failed, folder.string() + ": " + std::strerror(errno));
    }
  }
  options.root = fs::absolute(options.root);
  return std::make_unique<DiskStore>(std::move(loop), pool, std::move(options));
}

}  // namespace aisha::blobs
