// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/previews.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/memory_blobs.hpp"
#include "tests/fakes/run_task.hpp"

namespace aisha::services {
namespace {

using blobs::Bucket;
using fakes::run_task;

TEST(Previews, AreLaidOutOnceAndAgainOnlyWhenTheyChanged) {
  fakes::MemoryBlobs store;
  const int written = run_task(publish_previews(store)).value();
  EXPECT_GT(written, 40);
  EXPECT_EQ(store.objects.size(), static_cast<std::size_t>(written) + 1);
  EXPECT_EQ((store.objects[{Bucket::templates, "previews/art.portrait.jpg"}]), preview_file("art.portrait.jpg"));
  EXPECT_EQ(run_task(publish_previews(store)).value(), 0);
  store.objects[{Bucket::templates, "previews/version"}] = "of another release";
  EXPECT_EQ(run_task(publish_previews(store)).value(), written);
}

TEST(Previews, AStoreThatIsAwayLeavesNoMarkThatAllIsThere) {
  fakes::MemoryBlobs store;
  store.broken = Errc::unavailable;
  EXPECT_EQ(run_task(publish_previews(store)).error().code, Errc::unavailable);
  EXPECT_TRUE(store.objects.empty());
}

}  // namespace
}  // namespace aisha::services
