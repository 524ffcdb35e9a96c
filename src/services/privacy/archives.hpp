// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/blob_store.hpp"
#include "services/context/context.hpp"
#include "services/privacy/archive_names.hpp"
#include "services/privacy/zip_writer.hpp"
#include "stores/privacy/data_requests.hpp"

namespace boost::asio {
class thread_pool;
}
namespace aisha::services {

class People;

/// How the pictures of an export are divided into parts, in the order of their ids; kept in `data_requests.tally`. A
/// part is made anew from it whenever it is sent.
struct ExportPlan {
  std::vector<std::string> ends;     ///< the last picture of each part
  std::int64_t filled = 0;           ///< bytes in the part that is being filled
  std::int64_t pictures = 0;         ///< whose file is there
  std::int64_t bytes = 0;            ///< of them
  std::vector<std::string> missing;  ///< pictures whose file was not there
};
BOOST_DESCRIBE_STRUCT(ExportPlan, (), (ends, filled, pictures, bytes, missing))

/// What the README of an archive tells.
struct ArchiveFacts {
  TimePoint asked_at{};
  std::int64_t pictures = 0;
  std::int64_t parts = 1;
  std::vector<std::string> missing;  ///< paths of files that are not there
};
/// What the chat's language calls things. std::function: made once an archive.
struct ArchiveWords {
  std::string own_prompt;  ///< of a picture without a style
  std::function<std::string(const ArchiveFacts&)> readme;
};

/// The personal_note that an export was given up at the part that `Archives::progress` tells.
inline constexpr std::string_view kExportStopped = "export.stopped";
struct ExportProgress {
  std::int64_t part = 0;
  std::int64_t parts = 0;
  bool is_unmade = false;  ///< that part could not be made
};

/// One part of an export as it is to be sent.
struct ArchivePart {
  Uuid request;
  Uuid owner;
  std::string language;
  TimePoint asked_at{};
  std::int64_t number = 1;  ///< from 1
  std::int64_t parts = 1;
  ExportPlan plan;

  /// "aisha_2026-01-15_part_2_of_14.zip"; of one alone "aisha_2026-01-15.zip".
  std::string file_name() const;
};

/// The one archive that a process makes at a time: a part lies in memory until it is sent.
class ArchiveTurn {
 public:
  explicit ArchiveTurn(bool& is_taken) : is_taken_(&is_taken) { *is_taken_ = true; }
  ArchiveTurn(ArchiveTurn&& other) noexcept : is_taken_(std::exchange(other.is_taken_, nullptr)) {}
  ArchiveTurn& operator=(ArchiveTurn&&) = delete;
  ~ArchiveTurn() {
    if (is_taken_ != nullptr) {
      *is_taken_ = false;
    }
  }

 private:
  bool* is_taken_;
};

/// Makes the archives of people's data out of database and store. Part 1 carries README.txt and the JSON documents, all
/// of them carry pictures, those in the bin too.
class Archives {
 public:
  /// `pool`: where what takes more than a millisecond is done; null: in place.
  Archives(Context context, blobs::BlobStore& blobs, const catalog::TemplateManager& templates, const People& people,
           boost::asio::thread_pool* pool)
      : context_(context), blobs_(blobs), templates_(templates), people_(people), pool_(pool) {}

  /// How far an export has come, or had when it ended.
  Task<std::optional<ExportProgress>> progress(Uuid request);
  /// Errors: not_found (the export is over, or past that part), export_failed (its plan cannot be read).
  Task<Result<ArchivePart>> part(Uuid request, std::int64_t number);
  /// Nothing while another archive is being made in this process.
  std::optional<ArchiveTurn> take_turn();
  /// The bytes of a ZIP. Errors: unavailable (the store is away), export_failed.
  Task<Result<std::string>> pack(ArchivePart part, ArchiveWords words);

  /// All of it as one archive into `sink`. Errors: not_found (no such person), unavailable, disk_full,
  /// export_failed.
  Task<Result<ArchiveFacts>> write_all(Uuid owner, std::string language, ArchiveWords words, ZipSink sink);

 private:
  struct Work;
  Task<Result<void>> look_up(Work& work);
  Task<Result<void>> add_documents(Work& work);
  Task<Result<void>> add_pictures(Work& work, stores::own_data::Range range);
  Task<Result<void>> add_faces(Work& work);
  Task<Result<void>> add_photos(Work& work, const domain::Avatar& avatar);
  Task<Result<std::string>> pictures_json(Work& work);
  Task<Result<void>> add_object(Work& work, std::string key, std::string path, TimePoint modified);
  Task<Result<void>> aside(std::function<Result<void>()> work);

  Context context_;
  blobs::BlobStore& blobs_;
  const catalog::TemplateManager& templates_;
  const People& people_;
  boost::asio::thread_pool* pool_;
  bool is_busy_ = false;
};

}  // namespace aisha::services
