// SPDX-License-Identifier: Apache-2.0
#include "blobs/disk/disk_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

namespace aisha::blobs {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

/// Next to an object whose type its extension does not tell.
constexpr std::string_view kTypeSuffix = ".content-type";

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

std::unexpected<Error> failed(const fs::path& path, int problem) {
  return fail(disk_error(problem), path.string() + ": " + std::strerror(problem));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

Result<void> sync_folder(const fs::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) {
    return failed(folder, errno);
  }
  return {};
}

/// Makes `folder` and its missing parents, each durable in its own parent.
Result<void> make_folders(const fs::path& folder) {
  if (std::error_code ignored; fs::is_directory(folder, ignored)) {
    return {};
  }
  if (auto parents = make_folders(folder.parent_path()); !parents) {
    return parents;
  }
  if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) {
    return failed(folder, errno);
  }
  return sync_folder(folder.parent_path());
}

Result<void> write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return failed(path, errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> write_atomically(const fs::path& path, std::string_view bytes) {
  static std::atomic<std::uint64_t> number{0};
  if (auto made = make_folders(path.parent_path()); !made) {
    return made;
  }
  // A leading dot keeps it out of every valid key.
  const fs::path temporary = path.parent_path() / ("." + path.filename().string() + "." + std::to_string(::getpid()) +
                                                   "." + std::to_string(++number));
  Result<void> result;
  {
    const Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
    if (fd.get() < 0) {
      return failed(temporary, errno);
    }
    result = write_all(fd.get(), bytes, path);
    if (result && ::fsync(fd.get()) != 0) {
      result = failed(path, errno);
    }
  }
  if (result && ::rename(temporary.c_str(), path.c_str()) != 0) {
    result = failed(path, errno);
  }
  if (!result) {
    ::unlink(temporary.c_str());
    return result;
  }
  return sync_folder(path.parent_path());
}

Result<std::string> read_file(const fs::path& path) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info{};
  if (fd.get() < 0 || ::fstat(fd.get(), &info) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? fail(Errc::not_found, path.string()) : failed(path, errno);
  }
  if (!S_ISREG(info.st_mode)) {
    return fail(Errc::not_found, path.string());
  }
  std::string out(static_cast<std::size_t>(info.st_size), '\0');
  for (std::size_t at = 0; at < out.size();) {
    const ssize_t got = ::read(fd.get(), out.data() + at, out.size() - at);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      return failed(path, got == 0 ? EIO : errno);
    }
    at += static_cast<std::size_t>(got);
  }
  return out;
}

Result<void> remove_file(const fs::path& path) {
  if (::unlink(path.c_str()) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? Result<void>() : Result<void>(failed(path, errno));
  }
  return sync_folder(path.parent_path());
}

fs::path beside(const fs::path& path) {
  return path.string() + std::string(kTypeSuffix);
}

Result<void> put_object(const fs::path& path, std::string_view bytes, std::string_view content_type) {
  const bool told = content_type == type_by_extension(path.native());
  auto typed = told ? remove_file(beside(path)) : write_atomically(beside(path), content_type);
  if (!typed) {
    return typed;
  }
  return write_atomically(path, bytes);
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

template <class Work>
auto guarded(Work& work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::exception& problem) {
    return fail(Errc::unavailable, problem.what());
  }
}

/// Runs blocking `work` on the pool; its answer arrives on the loop, which stays busy meanwhile.
template <class Work>
auto on_pool(asio::thread_pool& pool, Executor loop, Work held) -> Task<decltype(held())> {
  using Answer = decltype(held());
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(
      [&pool](auto handler, auto home, Work work) {
        auto busy = asio::prefer(home, asio::execution::outstanding_work.tracked);
        asio::post(pool, [handler = std::move(handler), busy = std::move(busy), work = std::move(work)]() mutable {
          Answer answer = guarded(work);
          asio::post(busy, [handler = std::move(handler), answer = std::move(answer)]() mutable {
            std::move(handler)(std::move(answer));
          });
        });
      },
      asio::use_awaitable, std::move(loop), std::move(held));
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
      return put_object(path, bytes, type);
    };
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
  fs::path path_of(Bucket bucket, std::string_view key) const {
    const std::string& folder = bucket == Bucket::generated   ? options_.generated
                                : bucket == Bucket::templates ? options_.templates
                                                              : options_.temp;
    return options_.root / folder / key;
  }

  Executor loop_;
  asio::thread_pool& pool_;
  DiskOptions options_;
};

}  // namespace

Errc disk_error(int problem) {
  return problem == ENOSPC || problem == EDQUOT ? Errc::disk_full : Errc::unavailable;
}

bool is_valid_key(std::string_view key) {
  constexpr std::size_t kLongest = 512;
  if (key.empty() || key.size() > kLongest || key.back() == '/' || key.ends_with(kTypeSuffix)) {
    return false;
  }
  bool at_start = true;
  for (const char c : key) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!plain && (at_start || (c != '.' && c != '/'))) {
      return false;
    }
    at_start = c == '/';
  }
  return true;
}

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
