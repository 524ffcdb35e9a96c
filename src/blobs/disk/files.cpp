// SPDX-License-Identifier: Apache-2.0
#include "blobs/disk/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "blobs/disk/disk_store.hpp"
#include "blobs/key.hpp"

namespace aisha::blobs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 256U << 10U;

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

/// A file that is there; not_found for anything else.
Result<std::size_t> size_of(const Descriptor& file, const fs::path& path) {
  struct stat info{};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? fail(Errc::not_found, path.string()) : failed(path, errno);
  }
  if (!S_ISREG(info.st_mode)) {
    return fail(Errc::not_found, path.string());
  }
  return static_cast<std::size_t>(info.st_size);
}

/// Some bytes of the file; none: it ends here.
Result<std::size_t> read_some(int fd, char* target, std::size_t most, const fs::path& path) {
  for (;;) {
    const ssize_t got = ::read(fd, target, most);
    if (got >= 0) {
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR) {
      return failed(path, errno);
    }
  }
}

/// Hands the file on piece by piece; what `take` refuses ends it.
template <class Take>
Result<void> read_pieces(const fs::path& path, Take take) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (const auto size = size_of(fd, path); !size) {
    return std::unexpected(size.error());
  }
  std::string piece(kPiece, '\0');
  for (;;) {
    const auto got = read_some(fd.get(), piece.data(), piece.size(), path);
    if (!got || *got == 0) {
      return got ? Result<void>() : std::unexpected(got.error());
    }
    if (auto taken = take(std::string_view(piece.data(), *got)); !taken) {
      return taken;
    }
  }
}

/// `fill` writes into the descriptor it gets.
template <class Fill>
Result<void> fill_atomically(const fs::path& path, Fill fill) {
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
    result = fill(fd.get());
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

}  // namespace

Errc disk_error(int problem) {
  return problem == ENOSPC || problem == EDQUOT ? Errc::disk_full : Errc::unavailable;
}

std::unexpected<Error> failed(const fs::path& path, int problem) {
  return fail(disk_error(problem), path.string() + ": " + std::strerror(problem));
}

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

Result<void> write_atomically(const fs::path& path, std::string_view bytes) {
  return fill_atomically(path, [&](int fd) { return write_all(fd, bytes, path); });
}

Result<void> copy_atomically(const fs::path& from, const fs::path& path) {
  return fill_atomically(path, [&](int fd) {
    return read_pieces(from, [&](std::string_view piece) { return write_all(fd, piece, path); });
  });
}

Result<Digest> digest_file(const fs::path& path) {
  Digester digester;
  const auto read = read_pieces(path, [&](std::string_view piece) {
    digester.add(piece);
    return Result<void>();
  });
  return read ? Result<Digest>(digester.finish()) : std::unexpected(read.error());
}

Result<std::string> read_file(const fs::path& path) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const auto size = size_of(fd, path);
  if (!size) {
    return std::unexpected(size.error());
  }
  std::string out(*size, '\0');
  for (std::size_t at = 0; at < out.size();) {
    const auto got = read_some(fd.get(), out.data() + at, out.size() - at, path);
    if (!got || *got == 0) {
      return got ? failed(path, EIO) : std::unexpected(got.error());
    }
    at += *got;
  }
  return out;
}

Result<std::vector<std::string>> list_keys(const fs::path& bucket, std::string_view prefix, std::string_view after,
                                           std::size_t limit) {
  // Folders come in no order: what is kept is the heap of the first ones.
  std::vector<std::string> first;
  std::error_code problem;
  const auto slash = prefix.rfind('/');
  const fs::path folder = slash == std::string_view::npos ? bucket : bucket / prefix.substr(0, slash);
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    std::error_code gone;
    std::string key = at->path().string().substr(bucket.string().size() + 1);
    const bool behind = first.size() == limit && (limit == 0 || key >= first.front());
    if (behind || !key.starts_with(prefix) || key <= after || !is_valid_key(key) || !at->is_regular_file(gone)) {
      continue;
    }
    if (first.size() == limit) {
      std::ranges::pop_heap(first);
      first.pop_back();
    }
    first.push_back(std::move(key));
    std::ranges::push_heap(first);
  }
  if (problem && problem != std::errc::no_such_file_or_directory && problem != std::errc::not_a_directory) {
    return failed(folder, problem.value());
  }
  std::ranges::sort_heap(first);
  return first;
}

Result<void> remove_file(const fs::path& path) {
  if (::unlink(path.c_str()) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? Result<void>() : Result<void>(failed(path, errno));
  }
  return sync_folder(path.parent_path());
}

}  // namespace aisha::blobs
