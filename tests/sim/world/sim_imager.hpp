// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fmt/core.h>

#include <charconv>
#include <string>
#include <string_view>

#include "sandbox/fal/queue.hpp"
#include "tests/fakes/plain_imager.hpp"

namespace aisha::sim {

/// The name of a file in which SimImager sees that work: "1536x2048.black".
inline std::string file_of(const sandbox::fal::Work& work) {
  return fmt::format("{}x{}.{}", work.size.width, work.size.height, work.flaw);
}

/// Sees in a picture what the name of its file says, which is all that the simulator's pictures consist of.
class SimImager final : public fakes::PlainImager {
 public:
  Task<Result<imaging::Inspection>> inspect(std::string picture) override {
    imaging::Inspection out = fine();
    const std::string_view name = std::string_view(picture).substr(picture.rfind('/') + 1);
    const auto width = std::from_chars(name.data(), name.data() + name.size(), out.width);
    std::from_chars(width.ptr + 1, name.data() + name.size(), out.height);
    const std::string_view flaw = name.substr(name.find('.') + 1);
    if (flaw == "cut") {
      co_return fail(Errc::image_truncated, "simulated");
    }
    out.looks.highlight = flaw == "black" ? 15 : out.looks.highlight;
    out.looks.deviation = flaw == "grey" ? 0 : out.looks.deviation;
    out.looks.sharpness = flaw == "blur" ? 3 : out.looks.sharpness;
    co_return out;
  }
};

}  // namespace aisha::sim
