// SPDX-License-Identifier: Apache-2.0
// Every door behind which something is decoded, with every hostile picture in front of it, and the real imager.
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <map>

#include "base/encoding.hpp"
#include "services/gallery/sheets.hpp"
#include "services/previews/preview_rendering.hpp"
#include "services/previews/preview_watch.hpp"
#include "services/previews/previews.hpp"
#include "services/upkeep/imported_looking.hpp"
#include "stores/import/imports.hpp"
#include "tests/fakes/hostile_pictures.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

namespace imports = stores::imports;
using blobs::Bucket;
using catalog::PreviewIndex;
using domain::AvatarKind;
using fakes::ServiceWorld;

constexpr double kMostMs = 50;
constexpr long kMostKib = 64L * 1024;

/// The most memory this process has had since `forget_peak`.
long peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return std::stol(line.substr(6));
    }
  }
  return 0;
}
void forget_peak() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

/// The longest that a door took, and how much of that this process worked: others use this machine too.
struct Worst {
  double ms = 0;       ///< of what the header refuses
  double busy_ms = 0;  ///< the same
  double any_ms = 0;   ///< of all
  long kib = 0;
};

class HostileDoors : public ::testing::Test {
 protected:
  HostileDoors() {
    imaging::ImagerOptions options;
    options.program = fakes::binary_dir() + "/aisha-imager";
#ifdef AISHA_SANITIZED
    options.memory_limit = 0;
#endif
    imager_ = imaging::make_imager(world_.loop.executor(), options);
    world_.meet();
    owner_ = world_.open().actor().user().id;
    EXPECT_TRUE(is_alive());
  }

  bool is_alive() { return world_.run(imager_->inspect(fakes::honest_jpeg())).has_value(); }

  using Prepare = std::function<void(const fakes::HostilePicture&)>;
  using Door = std::function<std::string(const fakes::HostilePicture&)>;

  /// `prepare` brings a picture before the door and is not measured; `door` gives the code it answers with, "" = it
  /// lets the picture in.
  void try_all(const char* name, const Prepare& prepare, const Door& door) {
    Worst worst;
    for (const fakes::HostilePicture& hostile : fakes::hostile_pictures()) {
      prepare(hostile);
      forget_peak();
      const long before = peak_kib();
      const std::clock_t work = std::clock();
      const auto start = std::chrono::steady_clock::now();
      EXPECT_EQ(door(hostile), hostile.code) << name << ": " << hostile.name;
      const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
      const double busy = 1000.0 * static_cast<double>(std::clock() - work) / CLOCKS_PER_SEC;
      worst.kib = std::max(worst.kib, peak_kib() - before);
      worst.any_ms = std::max(worst.any_ms, took.count());
      if (hostile.header_says_no) {
        worst.ms = std::max(worst.ms, took.count());
        worst.busy_ms = std::max(worst.busy_ms, busy);
      }
    }
    EXPECT_TRUE(is_alive()) << name;
    std::printf("%-20s refused by the header in %4.1f ms (%4.1f of work), any in %4.1f ms, %4.1f MiB more memory\n",
                name, worst.ms, worst.busy_ms, worst.any_ms, static_cast<double>(worst.kib) / 1024);
#ifndef AISHA_SANITIZED
    EXPECT_LE(worst.busy_ms, kMostMs) << name;
    EXPECT_LE(worst.kib, kMostKib) << name;
#endif
  }

  template <class T>
  static std::string code_in(const Result<T>& result) {
    return result ? "" : std::string(code_of(result.error().code));
  }

  ServiceWorld world_;
  std::unique_ptr<imaging::Imager> imager_;
  Uuid owner_;
};

TEST_F(HostileDoors, AProvidersResultIsRefusedWithItsCode) {
  PictureKind pictures(world_.context, {world_.provider, *imager_, world_.blobs, world_.models, world_.usual_times,
                                        world_.model_switch, world_.handover});
  const auto prepare = [&](const auto& hostile) {
    // What ends too soon is fetched once more.
    const int times = hostile.code == "image.truncated" ? 2 : 1;
    for (int i = 0; i < times; ++i) {
      world_.provider.downloads.emplace_back(hostile.bytes);
    }
  };
  try_all("provider's result", prepare, [&](const fakes::HostilePicture&) -> std::string {
    domain::Job job;
    job.id = Uuid::v7(world_.clock.now(), world_.rng);
    job.user_id = owner_;
    const std::string result = write_result(fakes::ScriptedProvider::one_picture());
    const auto kept = world_.run(pictures.keep(job, result));
    const auto* defect = kept ? nullptr : std::get_if<about::Defect>(&kept.error().about);
    return defect != nullptr && defect->word == "truncated" ? "image.truncated" : code_in(kept);
  });
  EXPECT_TRUE(world_.blobs.objects.empty());
}

TEST_F(HostileDoors, APreviewThatTheProviderMadeIsRefusedWithItsCode) {
  PreviewRendering rendering({world_.provider, *imager_, world_.clock, world_.models}, Millis(60'000));
  const PreviewAvatar avatar{"https://a/anna.safetensors", "", "ANNA"};
  const auto prepare = [&](const auto& hostile) { world_.provider.downloads.emplace_back(hostile.bytes); };
  try_all("preview's render", prepare, [&](const fakes::HostilePicture&) {
    const PreviewOrder order{"cat", AvatarKind::portrait, "a cat"};
    return code_in(world_.run(rendering.render(order, avatar)));
  });
}

TEST_F(HostileDoors, Row127AnOperatorsPreviewIsNotShownAndTheBuiltInOneStays) {
  Previews previews(*world_.templates);
  PreviewWatch watch(world_.blobs, *imager_, previews);
  const PreviewIndex::Key key{"stained-glass", AvatarKind::style};
  const std::string mark = catalog::prompt_mark(world_.templates->known("stained-glass")->style_prompt);
  const std::string built_in(previews.of("stained-glass", AvatarKind::style));
  ASSERT_FALSE(built_in.empty());
  const auto prepare = [&](const fakes::HostilePicture& hostile) {
    PreviewIndex index;
    const PreviewIndex::Entry entry{mark, encoding::sha256_hex(hostile.bytes)};
    index.put(key, entry);
    world_.blobs.objects[{Bucket::templates, "previews/" + PreviewIndex::file_of(key, entry)}] = hostile.bytes;
    world_.blobs.objects[{Bucket::templates, "previews/index.json"}] = index.text();
  };
  try_all("operator's preview", prepare, [&](const fakes::HostilePicture& hostile) -> std::string {
    world_.run(watch.run());
    EXPECT_TRUE(previews.of("stained-glass", AvatarKind::style) == built_in) << hostile.name;
    // The watch only logs why: the same look gives the code. What is too large for a preview is not even read.
    const bool large = hostile.bytes.size() > catalog::kPreviewBytes;
    return large ? hostile.code : code_in(world_.run(check_preview(*imager_, hostile.bytes)));
  });
}

TEST_F(HostileDoors, AnAvatarsFaceIsDrawnAsThePlaceholder) {
  const Previews previews(*world_.templates);
  Sheets sheets(world_.clock, *imager_, previews);
  const std::string placeholder = world_.run(sheets.faces({std::string()})).value();
  const auto prepare = [&](const fakes::HostilePicture& hostile) {
    world_.blobs.objects[{Bucket::generated, "faces/a.jpg"}] = hostile.bytes;
  };
  try_all("avatar's face", prepare, [&](const fakes::HostilePicture& hostile) -> std::string {
    std::vector<std::string> faces(1);
    faces[0] = world_.run(world_.gallery.face("faces/a.jpg"));
    const auto drawn = world_.run(sheets.faces(std::move(faces)));
    return drawn && *drawn == placeholder ? hostile.code : "drawn";
  });
}

TEST_F(HostileDoors, AnAdoptedPictureIsNotedWithItsCode) {
  int n = 0;
  imports::Imported old;
  const auto prepare = [&](const fakes::HostilePicture& hostile) {
    old.picture.id = Uuid::v7(world_.clock.now(), world_.rng);
    old.picture.user_id = owner_;
    old.picture.model = "m";
    old.picture.chat_id = ServiceWorld::kChat;
    old.picture.local_day = "2026-01-15";
    old.picture.created_at = world_.clock.now();
    old.picture.finished_at = world_.clock.now();
    const std::string key = "a/" + std::to_string(++n) + ".jpg";
    old.place = "https://example.org/" + key;
    stores::UnitOfWork unit(*world_.db, world_.rng);
    imports::add_picture(unit, old);
    imports::give_object(unit, old.picture.id,
                         {key, std::max<std::int64_t>(std::ssize(hostile.bytes), 1), "image/jpeg"});
    EXPECT_TRUE(world_.run(unit.commit()));
    world_.blobs.objects[{Bucket::generated, key}] = hostile.bytes;
    world_.clock.advance(std::chrono::hours(1));
  };
  try_all("adopted picture", prepare, [&](const fakes::HostilePicture&) -> std::string {
    ImportedLooking looking(world_.context, world_.blobs, *imager_);
    world_.run(looking.run());
    world_.blobs.objects.clear();
    const auto rows = world_.run(world_.db->read(
        sql::Statement("SELECT m.code FROM missing_pictures m WHERE m.generation_id = $1", old.picture.id)));
    for (const sql::Row row : rows) {
      return row.text(0);
    }
    return "";
  });
}

}  // namespace
}  // namespace aisha::services
