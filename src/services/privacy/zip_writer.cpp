// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/zip_writer.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <chrono>
#include <stdexcept>
#include <utility>

namespace aisha::services {
namespace {

constexpr int kPermissions = 0644;

/// libarchive takes names in the encoding of the thread's locale, and marks them as UTF-8 only when that is it.
class Utf8Locale {
 public:
  Utf8Locale() : own_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (own_ == nullptr) {
      throw std::runtime_error("the system has no locale C.UTF-8");
    }
    before_ = uselocale(own_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;
  ~Utf8Locale() {
    uselocale(before_);
    freelocale(own_);
  }

 private:
  locale_t own_;
  locale_t before_ = nullptr;
};

struct FreeArchive {
  void operator()(archive* one) const { archive_write_free(one); }
};
struct FreeEntry {
  void operator()(archive_entry* one) const { archive_entry_free(one); }
};

}  // namespace

struct ZipWriter::State {
  explicit State(ZipSink out) : sink(std::move(out)), zip(archive_write_new()) {
    archive_write_set_format_zip(zip.get());
    archive_write_set_bytes_per_block(zip.get(), 0);
    archive_write_set_bytes_in_last_block(zip.get(), 1);
    must(archive_write_open(zip.get(), this, nullptr, &State::on_write, nullptr));
  }

  static la_ssize_t on_write(archive* zip, void* self, const void* bytes, std::size_t size) {
    auto& state = *static_cast<State*>(self);
    if (!state.sink(std::string_view(static_cast<const char*>(bytes), size))) {
      state.is_full = true;
      archive_set_error(zip, ENOSPC, "there is no room for it");
      return -1;
    }
    return static_cast<la_ssize_t>(size);
  }

  void must(int code) {
    if (code < ARCHIVE_WARN) {
      throw std::runtime_error("libarchive refused to begin");
    }
  }
  Result<void> outcome(bool good) {
    if (good) {
      return {};
    }
    const char* why = archive_error_string(zip.get());
    return fail(is_full ? Errc::disk_full : Errc::export_failed, why == nullptr ? "libarchive" : why);
  }

  ZipSink sink;
  bool is_full = false;
  std::unique_ptr<archive, FreeArchive> zip;  // last: what it still writes goes to the sink
};

ZipWriter::ZipWriter(ZipSink sink) : state_(std::make_unique<State>(std::move(sink))) {}

// An archive that was not finished writes its end when it is freed: nobody wants it.
ZipWriter::~ZipWriter() {
  archive_write_fail(state_->zip.get());
}

Result<void> ZipWriter::add(const std::string& path, std::string_view bytes, TimePoint modified, Packing packing) {
  const Utf8Locale locale;
  archive* zip = state_->zip.get();
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(modified).time_since_epoch().count();
  archive_entry_set_pathname(entry.get(), path.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), kPermissions);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
  archive_entry_set_mtime(entry.get(), seconds, 0);
  packing == Packing::stored ? archive_write_zip_set_compression_store(zip)
                             : archive_write_zip_set_compression_deflate(zip);
  bool good = archive_write_header(zip, entry.get()) >= ARCHIVE_WARN;
  good = good && archive_write_data(zip, bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size());
  good = good && archive_write_finish_entry(zip) >= ARCHIVE_WARN;
  return state_->outcome(good);
}

Result<void> ZipWriter::finish() {
  const Utf8Locale locale;
  return state_->outcome(archive_write_close(state_->zip.get()) == ARCHIVE_OK);
}

}  // namespace aisha::services
