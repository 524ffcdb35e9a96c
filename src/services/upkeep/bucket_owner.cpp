// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/bucket_owner.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aisha::services {
namespace {

constexpr std::string_view kMarks = "databases/";
constexpr std::size_t kMost = 100;
/// What every engine takes a name without an extension for.
constexpr std::string_view kType = "application/octet-stream";

std::string mark_of(const Uuid& database) {
  return std::string(kMarks) + database.to_string();
}

Task<Result<std::vector<std::string>>> marks_in(blobs::BlobStore& blobs) {
  std::string prefix(kMarks);
  return blobs.list(blobs::Bucket::generated, std::move(prefix), "", kMost);
}

Task<Result<void>> put_mark(blobs::BlobStore& blobs, std::string mark) {
  std::string bytes = mark.substr(kMarks.size()) + "\n";
  return blobs.put(blobs::Bucket::generated, std::move(mark), std::move(bytes), std::string(kType));
}

/// Nothing, or the refusal of `ours` where another's mark lies.
Result<void> judge(const std::vector<std::string>& marks, const std::string& ours) {
  const auto other = std::ranges::find_if(marks, [&](const std::string& mark) { return mark != ours; });
  if (other == marks.end()) {
    return {};
  }
  return fail(Errc::db_foreign,
              fmt::format("the store of the pictures belongs to another database ({}; this one is {}), and each would "
                          "remove the other's pictures: give this one a folder or buckets of its own in [blobs] and "
                          "[s3]; if that database is given up and the pictures are meant for this one, say "
                          "`aisha migrate --take-over`",
                          other->substr(kMarks.size()), ours.substr(kMarks.size())));
}

}  // namespace

Task<Result<void>> claim_bucket(blobs::BlobStore& blobs, Uuid database) {
  const std::string ours = mark_of(database);
  const auto before = co_await marks_in(blobs);
  if (!before) {
    co_return std::unexpected(before.error());
  }
  if (!before->empty()) {
    co_return judge(*before, ours);
  }
  auto put = co_await put_mark(blobs, ours);
  if (!put) {
    co_return put;
  }
  // Whoever comes at the same time looks after writing as well, so that one of the two sees both marks.
  const auto after = co_await marks_in(blobs);
  if (!after) {
    co_return std::unexpected(after.error());
  }
  auto verdict = judge(*after, ours);
  if (!verdict) {
    co_await blobs.remove(blobs::Bucket::generated, ours);
  }
  co_return verdict;
}

Task<Result<void>> check_bucket(blobs::BlobStore& blobs, Uuid database) {
  const auto marks = co_await marks_in(blobs);
  if (!marks) {
    co_return std::unexpected(marks.error());
  }
  if (marks->empty()) {
    co_return fail(Errc::not_found,
                   "the store of the pictures has no database's mark: look whether its drive is mounted; if the "
                   "pictures were moved there, say `aisha migrate`");
  }
  co_return judge(*marks, mark_of(database));
}

Task<Result<void>> take_bucket(blobs::BlobStore& blobs, Uuid database) {
  const std::string ours = mark_of(database);
  // Ours first: a store is never nobody's in between.
  auto put = co_await put_mark(blobs, ours);
  if (!put) {
    co_return put;
  }
  auto marks = co_await marks_in(blobs);
  if (!marks) {
    co_return std::unexpected(marks.error());
  }
  std::erase(*marks, ours);
  for (const std::string& other : *marks) {
    auto removed = co_await blobs.remove(blobs::Bucket::generated, other);
    if (!removed) {
      co_return removed;
    }
  }
  co_return Result<void>{};
}

}  // namespace aisha::services
