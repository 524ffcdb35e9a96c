// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/unit/imaging/fixture.hpp"
#include "tests/unit/imaging/pictures.hpp"

namespace aisha::imaging {
namespace {

class ChildProcess : public ImagerTest {};

TEST_F(ChildProcess, StartsWithTheFirstPictureAndNotBefore) {
  imager();
  EXPECT_TRUE(children().empty());
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
  EXPECT_EQ(children().size(), 1U);
}

TEST_F(ChildProcess, ServesManyRequestsOneAfterTheOtherInOneProcess) {
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
  const auto before = children();
  std::vector<int> order;
  for (int i = 0; i < 6; ++i) {
    boost::asio::co_spawn(loop_, imager().inspect(pictures::jpeg(64 + i, 64)),
                          [&order, i](const std::exception_ptr&, Result<Inspection> result) {
                            EXPECT_TRUE(result && result->width == 64 + i);
                            order.push_back(i);
                          });
  }
  while (order.size() < 6) {
    loop_.run_one();
  }
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(children(), before);
}

TEST_F(ChildProcess, KilledBetweenRequestsItIsStartedAnewUnnoticed) {
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
  ASSERT_EQ(children().size(), 1U);
  const pid_t first = children().front();
  ASSERT_EQ(kill(first, SIGKILL), 0);
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
  ASSERT_EQ(children().size(), 1U);
  EXPECT_NE(children().front(), first);
}

TEST_F(ChildProcess, KilledManyTimesUnderLoadEveryRequestStillGetsAnAnswer) {
  int answered = 0;
  for (int i = 0; i < 12; ++i) {
    boost::asio::co_spawn(loop_, imager().inspect(pictures::jpeg(640, 480)),
                          [&answered](const std::exception_ptr&, const Result<Inspection>& result) {
                            ++answered;
                            EXPECT_TRUE(result || result.error().code == Errc::image_decoder_failed);
                          });
  }
  while (answered < 12) {
    const int before = answered;
    loop_.run_one();
    if (answered != before && answered % 3 == 0) {
      for (const pid_t child : children()) {
        kill(child, SIGKILL);
      }
    }
  }
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
}

TEST_F(ChildProcess, CrashingOfAPictureIsThatPicturesErrorOnly) {
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
  // Stopped, the child cannot finish: the wall clock ends it, as it ends any decoder that hangs.
  ImagerOptions hasty = options();
  hasty.cpu_limit = Millis(1'000);
  use(hasty);
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
  ASSERT_EQ(children().size(), 1U);
  ASSERT_EQ(kill(children().front(), SIGSTOP), 0);
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "image.decoder_failed");
  use(options());
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
}

TEST_F(ChildProcess, EndsByItselfWhenIdleAndLeavesNoZombie) {
  ImagerOptions idle = options();
  idle.idle_exit = Millis(50);
  use(idle);
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
  // Nothing but the watched child keeps this loop busy: it runs dry when the child is gone.
  loop_.run();
  EXPECT_TRUE(children().empty());
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
}

TEST_F(ChildProcess, EndsWithItsImager) {
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
  imager_.reset();
  EXPECT_TRUE(children().empty());
}

TEST_F(ChildProcess, DestroyingTheImagerFailsWhatStillWaits) {
  int refused = 0;
  for (int i = 0; i < 3; ++i) {
    boost::asio::co_spawn(loop_, imager().inspect(pictures::jpeg(640, 480)),
                          [&refused](const std::exception_ptr&, const Result<Inspection>& result) {
                            refused += !result && result.error().code == Errc::unavailable ? 1 : 0;
                          });
  }
  loop_.poll_one();
  loop_.poll_one();
  loop_.poll_one();
  imager_.reset();
  loop_.run();
  EXPECT_EQ(refused, 3);
  EXPECT_TRUE(children().empty());
}

TEST_F(ChildProcess, InheritsNoDescriptorsAndNoPrivileges) {
  const int secret = fcntl(STDERR_FILENO, F_DUPFD, 40);  // without CLOEXEC, as careless libraries open theirs
  ASSERT_GE(secret, 40);
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "ok");
  ASSERT_EQ(children().size(), 1U);
  const std::string proc = "/proc/" + std::to_string(children().front());
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::symlink_status(proc + "/fd/" + std::to_string(secret))));
  std::ifstream status(proc + "/status");
  const std::string text{std::istreambuf_iterator<char>(status), {}};
  EXPECT_NE(text.find("NoNewPrivs:\t1"), std::string::npos);
  close(secret);
}

TEST_F(ChildProcess, AMissingProgramIsUnavailable) {
  ImagerOptions lost = options();
  lost.program = "/nonexistent/aisha-imager";
  use(lost);
  EXPECT_EQ(verdict(pictures::jpeg(64, 64)), "service.unavailable");
}

}  // namespace
}  // namespace aisha::imaging
