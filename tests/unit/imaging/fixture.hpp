// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>
#include <sys/types.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "imaging/imager.hpp"
#include "tests/fakes/paths.hpp"

namespace aisha::imaging {

/// A loop and an imager with the real child process.
class ImagerTest : public testing::Test {
 protected:
  static ImagerOptions options() {
    ImagerOptions out;
    out.program = aisha::fakes::binary_dir() + "/aisha-imager";
#ifdef AISHA_SANITIZED
    out.memory_limit = 0;
#endif
    return out;
  }

  void use(const ImagerOptions& chosen) { imager_ = make_imager(loop_.get_executor(), chosen); }
  Imager& imager() {
    if (!imager_) {
      use(options());
    }
    return *imager_;
  }

  /// Runs the loop until the task is done.
  template <class T>
  T await(Task<T> task) {
    std::optional<T> result;
    std::exception_ptr problem;
    boost::asio::co_spawn(loop_, std::move(task), [&](std::exception_ptr thrown, T value) {
      problem = thrown;
      result = std::move(value);
    });
    loop_.restart();
    while (!result) {
      loop_.run_one();
    }
    if (problem) {
      std::rethrow_exception(problem);
    }
    return std::move(*result);
  }

  Result<Inspection> inspect(std::string picture) { return await(imager().inspect(std::move(picture))); }
  /// "ok" or the error's code.
  std::string verdict(std::string picture) {
    const auto result = inspect(std::move(picture));
    return result ? "ok" : std::string(code_of(result.error().code));
  }

  /// Living imager processes of this test process.
  static std::vector<pid_t> children();

  boost::asio::io_context loop_{1};
  std::unique_ptr<Imager> imager_;
};

}  // namespace aisha::imaging
