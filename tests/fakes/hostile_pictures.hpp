// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/fakes/paths.hpp"

namespace aisha::fakes {

/// What may come in place of a picture, and the code each door answers with.
struct HostilePicture {
  std::string name;
  std::string bytes;
  std::string code;
  bool header_says_no = true;  ///< nothing of it is decoded
};

inline std::string honest_jpeg() {
  std::ifstream file(source_dir() + "/tests/fixtures/pictures/cmyk.jpg", std::ios::binary);
  std::string whole{std::istreambuf_iterator<char>(file), {}};
  if (whole.empty()) {
    throw std::logic_error("no tests/fixtures/pictures/cmyk.jpg");
  }
  return whole;
}

inline std::vector<HostilePicture> hostile_pictures() {
  using namespace std::string_literals;
  const std::string whole = honest_jpeg();
  const auto frame = whole.find("\xff\xc0");
  if (frame == std::string::npos) {
    throw std::logic_error("the fixture has no baseline frame");
  }
  std::string huge = whole;
  huge.replace(frame + 5, 4, "\xff\xff\xff\xff");
  std::string heavy = whole;
  heavy.resize(33U << 20U, 'x');
  // A PNG that says 30,000 x 30,000 of one bit: a hundred megabytes once unfolded.
  const std::string bomb = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x01\0\0\0\0\0\0\0\0"s;
  return {
      {"empty", "", "image.not_an_image"},
      {"page", "<!DOCTYPE html><html><body>404</body></html>", "image.not_an_image"},
      {"zeros", std::string(4096, '\0'), "image.not_an_image"},
      {"drawing", "<svg xmlns='http://www.w3.org/2000/svg' width='100000' height='100000'/>", "image.type_refused"},
      {"film", "GIF89a\x01\0\x01\0"s, "image.type_refused"},
      {"document", "%PDF-1.7\n", "image.type_refused"},
      {"head", whole.substr(0, 3), "image.truncated"},
      {"huge", huge, "image.too_large"},
      {"bomb", bomb, "image.too_large"},
      {"heavy", heavy, "image.too_many_bytes"},
      {"cut", whole.substr(0, whole.size() / 2), "image.truncated", false},
      {"noise", whole.substr(0, frame + 40) + std::string(whole.size(), '\xa5'), "image.truncated", false},
  };
}

}  // namespace aisha::fakes
