// SPDX-License-Identifier: Apache-2.0
#include "bot/codec/joined_routes.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace aisha::bot {
namespace {

enum class Side : char { left = 'l', right = 'r' };

struct Door {
  static constexpr Code code{"do"};
  bool operator==(const Door&) const = default;
};

struct Shelf {
  static constexpr Code code{"sh"};
  std::string name;
  Side side = Side::left;
  std::int64_t page = 0;
  Uuid owner;
  bool open = false;
  bool operator==(const Shelf&) const = default;
  static constexpr void arguments(auto& io, auto& r) {
    io.slug(r.name, 8);
    io.letter(r.side, "lr");
    io.number(r.page);
    io.id(r.owner);
    io.flag(r.open, "o");
  }
};

struct Window {
  static constexpr Code code{"do"};
};

struct Corridor {
  static constexpr Code code{"co"};
  std::string first;
  std::string second;
  std::string third;
  static constexpr void arguments(auto& io, auto& r) {
    io.slug(r.first);
    io.slug(r.second);
    io.slug(r.third, 12);
  }
};

static_assert(Route<Shelf>);
static_assert(longest_form<Corridor>() == 66 && !Route<Corridor>);
static_assert(codes_differ<Door, Shelf>());
static_assert(!codes_differ<Door, Shelf, Window>());
static_assert(longest_form<Door>() == 3);
static_assert(std::is_same_v<Joined<RouteList<Shelf>, RouteList<Door>>::Variant, std::variant<Shelf, Door>>);

Shelf full_shelf() {
  Shelf shelf{"abcdefgh", Side::right, std::numeric_limits<std::int64_t>::max(), {}, true};
  shelf.owner.bytes.fill(0xFF);
  return shelf;
}

TEST(CallbackCodec, MeasuresTheLongestFormThatItWrites) {
  EXPECT_EQ(encode(full_shelf()).size(), longest_form<Shelf>());
}

TEST(CallbackCodec, ReadsWhatItWroteArgumentByArgument) {
  const std::string data = encode(full_shelf());
  Reader reader(std::string_view(data).substr(3));
  Shelf back;
  Shelf::arguments(reader, back);
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(back, full_shelf());
}

TEST(CallbackCodec, LeavesAFlagThatIsNotSetOut) {
  Shelf shelf;
  shelf.name = "a";
  EXPECT_EQ(encode(shelf), "1sh:a:l:0:" + shelf.owner.to_base64url());
}

TEST(CallbackCodec, RefusesALongerSlugThanTheRouteAllows) {
  Shelf shelf;
  shelf.name = "abcdefghi";
  EXPECT_THROW(encode(shelf), std::logic_error);
  Reader reader(":abcdefghi:l:0:AAAAAAAAAAAAAAAAAAAAAA");
  Shelf back;
  Shelf::arguments(reader, back);
  EXPECT_FALSE(reader.complete());
}

}  // namespace
}  // namespace aisha::bot
