// SPDX-License-Identifier: Apache-2.0
#include "app/commands/export_command.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/cache_engine.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/rng.hpp"
#include "bot/features/privacy/readme.hpp"
#include "catalog/templates/template_manager.hpp"
#include "http/client/client.hpp"
#include "services/people/people.hpp"
#include "services/privacy/archives.hpp"
#include "stores/privacy/own_data.hpp"
#include "texts/texts.hpp"

namespace aisha::app {
namespace {

namespace fs = std::filesystem;

/// A file that has its name once it is whole; one that is given up leaves nothing behind.
class NewFile {
 public:
  explicit NewFile(fs::path path)
      : path_(std::move(path)),
        partial_(path_.string() + ".partial"),
        fd_(::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)),
        error_(fd_ < 0 ? errno : 0) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (fd_ >= 0) {
      ::close(fd_);
      std::error_code ignored;
      fs::remove(partial_, ignored);
    }
  }

  bool append(std::string_view bytes) {
    while (error_ == 0 && !bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno != EINTR) {
        error_ = errno;
      }
      bytes.remove_prefix(n > 0 ? static_cast<std::size_t>(n) : 0);
      size_ += n > 0 ? n : 0;
    }
    return error_ == 0;
  }
  /// Under its name, unless that has been taken meanwhile.
  bool keep() {
    if (error_ == 0 && (::fsync(fd_) != 0 || ::link(partial_.c_str(), path_.c_str()) != 0)) {
      error_ = errno;
    }
    return error_ == 0;
  }

  std::int64_t size() const { return size_; }
  int error() const { return error_; }

 private:
  fs::path path_;
  fs::path partial_;
  int fd_;
  int error_;
  std::int64_t size_ = 0;
};

Error file_error(const fs::path& path, int error) {
  const bool is_full = error == ENOSPC || error == EDQUOT;
  return {is_full ? Errc::disk_full : Errc::start_failed, fmt::format("{}: {}", path.string(), std::strerror(error))};
}

/// Everything that is open while an archive is written.
struct Open {
  boost::asio::io_context& loop;
  services::Archives& archives;
  stores::own_data::Person person;
};

Result<void> write_archive(Open open, const fs::path& path) {
  NewFile file(path);
  if (file.error() != 0) {
    return std::unexpected(file_error(path, file.error()));
  }
  const texts::Library library;
  const domain::User& user = open.person.user;
  const domain::Language language =
      open.person.settings ? open.person.settings->language : domain::language_for(user.language_code);
  const std::string word(domain::text_of(language));
  const auto sink = [&](std::string_view bytes) { return file.append(bytes); };
  const auto facts =
      wait_for(open.loop, open.archives.write_all(user.id, word, bot::privacy::archive_words(library.in(word)), sink));
  if (file.error() != 0 || (facts && !file.keep())) {
    return std::unexpected(file_error(path, file.error()));
  }
  if (!facts) {
    const char* what =
        facts.error().code == Errc::export_failed ? "the archive cannot be made" : "the pictures cannot be read";
    return fail(facts.error().code, fmt::format("{}: {}", what, facts.error().detail));
  }
  fmt::print("{}: {} pictures, {} bytes\n", path.string(), facts->pictures, file.size());
  for (const std::string& missing : facts->missing) {
    fmt::print("missing {}\n", missing);
  }
  return {};
}

}  // namespace

Result<void> export_command(const config::Config& config, const ExportOptions& options) {
  boost::asio::io_context loop(1);
  boost::asio::thread_pool files(1);
  auto database = open_snapshot(loop.get_executor(), config);
  if (!database) {
    return std::unexpected(database.error());
  }
  SystemRng rng;
  stores::UnitOfWork unit(**database, rng);
  auto person = wait_for(loop, stores::own_data::person_of(unit, options.telegram_id));
  if (!person) {
    return fail(Errc::not_found, fmt::format("nobody here has the number {} at Telegram", options.telegram_id));
  }
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  const auto blobs = open_blobs(loop.get_executor(), files, *http, config);
  if (!blobs) {
    return std::unexpected(blobs.error());
  }
  const auto templates = catalog::TemplateManager::load(catalog::Source{config.catalog_dir});
  if (!templates) {
    return std::unexpected(templates.error());
  }
  SystemClock clock(loop.get_executor());
  const services::Policy policy = policy_of(config);
  services::Signals signals(loop.get_executor());
  // Nothing is read twice here, so a memory of its own will do.
  config::Config alone = config;
  alone.cache_url = "memory:";
  const auto cache = open_cache(loop.get_executor(), alone);
  if (!cache) {
    return std::unexpected(cache.error());
  }
  metrics::Registry metrics;
  services::ServiceMetrics service_metrics(metrics);
  const services::Context context{**database, clock,           rng,           policy,
                                  signals,    service_metrics, *cache->cache, *cache->rates};
  const services::People people(context, demo_avatars_of(config));
  services::Archives archives(context, *blobs->store, **templates, people, &files);
  const std::string day = to_iso8601((*database)->now()).substr(0, 10);
  const fs::path path = fs::path(options.folder) / fmt::format("aisha_{}_{}.zip", options.telegram_id, day);
  std::error_code ec;
  fs::create_directories(options.folder, ec);
  if (fs::exists(path, ec)) {
    return fail(Errc::start_failed, path.string() + " exists already: an archive is never written over");
  }
  return write_archive({loop, archives, std::move(*person)}, path);
}

}  // namespace aisha::app
