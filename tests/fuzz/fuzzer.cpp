// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry: one program for all targets, AISHA_FUZZ names one.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/targets.hpp"

namespace {

const aisha::fuzz::Target& chosen() {
  static const aisha::fuzz::Target& target = [] -> const aisha::fuzz::Target& {
    const char* name = std::getenv("AISHA_FUZZ");
    for (const aisha::fuzz::Target& one : aisha::fuzz::targets()) {
      if (name != nullptr && one.name == name) {
        return one;
      }
    }
    std::fputs("AISHA_FUZZ names no target\n", stderr);
    std::exit(2);
  }();
  return target;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chosen().run({reinterpret_cast<const char*>(data), size});
  return 0;
}
