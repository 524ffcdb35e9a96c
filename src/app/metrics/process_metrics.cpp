// SPDX-License-Identifier: Apache-2.0
#include "app/metrics/process_metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "app/metrics/version.hpp"
#include "base/log.hpp"

namespace aisha::app {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double all = 0;
  double resident = 0;
  file >> all >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double open_files() {
  std::error_code ec;
  const std::filesystem::directory_iterator files("/proc/self/fd", ec);
  return ec ? 0 : static_cast<double>(std::distance(begin(files), end(files)));
}

void count_log_lines(metrics::Registry& registry) {
  constexpr std::string_view kLevels[] = {"debug", "info", "warn", "error"};
  const auto lines = log::lines_written();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    registry.counter("aisha_log_lines_total", "Lines written to the log.", {{"level", std::string(kLevels[i])}})
        .copy(static_cast<double>(lines[i]));
  }
}

}  // namespace

// The names are those that Prometheus' own clients use.
void watch_process(metrics::Registry& registry) {
  registry.gauge("aisha_build_info", "1; the label tells the release.", {{"version", kVersion}}).set(1);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  registry.gauge("process_start_time_seconds", "Start of the process, in seconds since 1970.")
      .set(std::chrono::duration<double>(now).count());
  registry.before_text([&registry] {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    registry.counter("process_cpu_seconds_total", "CPU time spent.")
        .copy(seconds(used.ru_utime) + seconds(used.ru_stime));
    registry.gauge("process_resident_memory_bytes", "Resident memory.").set(resident_bytes());
    registry.gauge("process_open_fds", "Open file descriptors.").set(open_files());
    count_log_lines(registry);
  });
}

}  // namespace aisha::app
