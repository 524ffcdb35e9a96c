// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "base/json.hpp"
#include "services/privacy/archive_documents.hpp"
#include "services/privacy/archive_names.hpp"
#include "services/privacy/zip_writer.hpp"
#include "tests/fakes/unzip.hpp"

namespace aisha::services {
namespace {

using archive_names::file_name_of;
using Packing = ZipWriter::Packing;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(ZipWriter, IsReadBackByAnotherProgramNameForName) {
  std::string bytes;
  ZipWriter zip([&](std::string_view more) {
    bytes.append(more);
    return true;
  });
  const TimePoint then = std::chrono::sys_days(std::chrono::year(2026) / 1 / 15);
  const std::string random(100'000, '\x9d');
  EXPECT_TRUE(zip.add("pictures/2026-01-15/Деловой_1a2b.jpg", random, then, Packing::stored));
  EXPECT_TRUE(zip.add("pictures/2026-01-15/❤️‍🔥 حب_3c4d.png", "png", then, Packing::stored));
  EXPECT_TRUE(zip.add("README.txt", "Привет", then, Packing::deflated));
  EXPECT_TRUE(zip.add("empty.json", "", then, Packing::deflated));
  EXPECT_TRUE(zip.finish());
  EXPECT_GT(bytes.size(), random.size()) << "pictures are stored";
  EXPECT_LT(bytes.size(), random.size() + 2'000);
  EXPECT_THAT(fakes::unzip(bytes), UnorderedElementsAre(Pair("pictures/2026-01-15/Деловой_1a2b.jpg", random),
                                                        Pair("pictures/2026-01-15/❤️‍🔥 حب_3c4d.png", "png"),
                                                        Pair("README.txt", "Привет"), Pair("empty.json", "")));
}

TEST(ZipWriter, SaysThatThereIsNoRoomAndWritesNothingBehindThat) {
  std::size_t taken = 0;
  {
    ZipWriter zip([&](std::string_view more) {
      taken += more.size();
      return taken < 1'000;
    });
    const auto added = zip.add("a.jpg", std::string(5'000, 'x'), TimePoint{}, Packing::stored);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, Errc::disk_full);
    EXPECT_FALSE(zip.finish());
    taken = 0;
  }
  EXPECT_EQ(taken, 0U);
}

TEST(ZipWriter, WhatItCannotWriteIsNoOutage) {
  ZipWriter zip([](std::string_view) { return true; });
  EXPECT_TRUE(zip.finish());
  const auto late = zip.add("a.jpg", "x", TimePoint{}, Packing::stored);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::export_failed);
}

TEST(ArchiveNames, HoldOnEverySystem) {
  EXPECT_EQ(file_name_of("Деловой"), "Деловой");
  EXPECT_EQ(file_name_of("../../etc/passwd"), "etc passwd");
  EXPECT_EQ(file_name_of(R"(a\b:c*d?e"f<g>h|i)"), "a b c d e f g h i");
  EXPECT_EQ(file_name_of("  лето  2026. "), "лето 2026");
  EXPECT_EQ(file_name_of("❤️‍🔥"), "❤️‍🔥");
  EXPECT_EQ(file_name_of("حب"), "حب");
  EXPECT_EQ(file_name_of("cod\u202egpj.exe"), "codgpj.exe") << "no mark turns a name around";
  EXPECT_EQ(file_name_of("a\nb\x01"
                         "c"),
            "a bc");
  EXPECT_EQ(file_name_of("\xff\xfe"), "");
  EXPECT_EQ(file_name_of("..."), "");
  EXPECT_EQ(file_name_of(std::string(200, 'x')).size(), 60U);
}

class ArchivePaths : public ::testing::Test {
 protected:
  static Uuid id(std::uint8_t middle, std::uint8_t last) {
    Uuid out;
    out.bytes[12] = middle;
    out.bytes[15] = last;
    return out;
  }
  archive_names::Titles titles_{"Свой промпт", {{"business", "Деловой"}}};
};

TEST_F(ArchivePaths, AreTheGivenNameElseTheStyleElseOwnWords) {
  const auto paths = archive_names::picture_paths({{id(1, 1), "2026-01-15", "business", "", "2026/01/15/a.jpg"},
                                                   {id(1, 2), "2026-01-15", "business", "Лето/море", "k.webp"},
                                                   {id(1, 3), "2026-01-16", "", "", "2026/01/16/c.png"},
                                                   {id(1, 4), "2026-01-16", "gone", "...", "noend"}},
                                                  titles_);
  EXPECT_EQ(paths.at(id(1, 1)), "pictures/2026-01-15/Деловой_0001.jpg");
  EXPECT_EQ(paths.at(id(1, 2)), "pictures/2026-01-15/Лето море_0002.webp");
  EXPECT_EQ(paths.at(id(1, 3)), "pictures/2026-01-16/Свой промпт_0003.png");
  EXPECT_EQ(paths.at(id(1, 4)), "pictures/2026-01-16/gone_0004.jpg");
}

TEST_F(ArchivePaths, OfTwoAlikeTheLaterOneHasMoreOfItsId) {
  const auto paths = archive_names::picture_paths({{id(1, 7), "2026-01-15", "business", "", "a.jpg"},
                                                   {id(2, 7), "2026-01-15", "business", "", "b.jpg"},
                                                   {id(3, 7), "2026-01-16", "business", "", "c.jpg"}},
                                                  titles_);
  EXPECT_EQ(paths.at(id(1, 7)), "pictures/2026-01-15/Деловой_0007.jpg");
  EXPECT_EQ(paths.at(id(2, 7)), "pictures/2026-01-15/Деловой_000002000007.jpg");
  EXPECT_EQ(paths.at(id(3, 7)), "pictures/2026-01-16/Деловой_0007.jpg");
}

TEST(ArchiveDocuments, PicturesAreOneArrayHoweverManyPages) {
  archive_names::Titles titles{"Свой промпт", {{"business", "Деловой"}}};
  domain::OwnPicture own;
  own.picture.id.bytes[15] = 1;
  own.picture.template_id = "business";
  own.picture.state = domain::PictureState::ready;
  own.picture.local_day = "2026-01-15";
  own.name = "\"Кавычки\"\n";
  domain::OwnPicture failed = own;
  failed.picture.id.bytes[15] = 2;
  failed.picture.state = domain::PictureState::failed;
  failed.picture.error_code = "provider.failed";
  const archive_names::Paths paths{{own.picture.id, "pictures/2026-01-15/a_0001.jpg"}};
  const std::set<Uuid> missing{own.picture.id};
  archive_documents::PicturesJson out(paths, missing, titles);
  out.add({own});
  out.add({});
  out.add({failed});
  const auto read = json::parse(std::move(out).finish());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->get_array().size(), 2U);
  const json::Object& first = read->get_array()[0].get_object();
  EXPECT_EQ(first.at("file"), "pictures/2026-01-15/a_0001.jpg");
  EXPECT_EQ(first.at("file_missing"), true);
  EXPECT_EQ(first.at("style_name"), "Деловой");
  EXPECT_EQ(first.at("name"), "\"Кавычки\"\n");
  const json::Object& second = read->get_array()[1].get_object();
  EXPECT_EQ(second.at("status"), "failed");
  EXPECT_EQ(second.at("error"), "provider.failed");
  EXPECT_FALSE(second.contains("file"));
}

TEST(ArchiveDocuments, NothingIsAnEmptyArray) {
  const archive_names::Titles titles{"Own prompt", {}};
  const archive_names::Paths none;
  const std::set<Uuid> missing;
  archive_documents::PicturesJson out(none, missing, titles);
  EXPECT_EQ(std::move(out).finish(), "[\n]\n");
}

}  // namespace
}  // namespace aisha::services
