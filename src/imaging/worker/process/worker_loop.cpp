// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/process/worker_loop.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "imaging/imager_wire.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "imaging/worker/process/operations.hpp"

namespace aisha::imaging::worker {
namespace {

void lower(__rlimit_resource_t resource, rlim_t soft) {
  rlimit limit{};
  if (getrlimit(resource, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? soft : std::min(soft, limit.rlim_max);
    setrlimit(resource, &limit);
  }
}

void lock_in(long memory_mib) {
  const pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have died before the line above.
  if (parent == 1 || getppid() != parent) {
    std::_Exit(0);
  }
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  close_range(wire::kChildSocket + 1, ~0U, 0);
  lower(RLIMIT_CORE, 0);
  // glibc reserves 64 MiB of address space for every arena.
  mallopt(M_ARENA_MAX, 2);
  if (memory_mib > 0) {
    lower(RLIMIT_AS, static_cast<rlim_t>(memory_mib) << 20U);
  }
}

/// RLIMIT_CPU counts from the start of the process, so the allowance goes on top of what was used.
void allow_cpu(std::uint32_t cpu_ms) {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto spent = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
  lower(RLIMIT_CPU, spent + 1 + (cpu_ms + 999) / 1000);
}

enum class Read { whole, ended, broken };

Read read_exactly(std::string& into, std::size_t size) {
  // Grown as bytes come: a length alone must not reserve memory.
  constexpr std::size_t kStep = 1U << 20U;
  into.clear();
  while (into.size() < size) {
    const std::size_t had = into.size();
    into.resize(std::min(size, had + kStep));
    ssize_t got = 0;
    do {
      got = read(wire::kChildSocket, into.data() + had, into.size() - had);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
      return got == 0 && had == 0 ? Read::ended : Read::broken;
    }
    into.resize(had + static_cast<std::size_t>(got));
  }
  return Read::whole;
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(wire::kChildSocket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) {
      continue;
    }
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool wait_for_request(int idle_ms) {
  pollfd watched{wire::kChildSocket, POLLIN, 0};
  int ready = 0;
  do {
    ready = poll(&watched, 1, idle_ms);
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

}  // namespace

int serve(long memory_mib, int idle_ms) {
  lock_in(memory_mib);
  if (!start_codec()) {
    return 1;
  }
  std::string frame;
  while (wait_for_request(idle_ms)) {
    if (const Read got = read_exactly(frame, wire::kLengthBytes); got != Read::whole) {
      return got == Read::ended ? 0 : 1;
    }
    const std::uint32_t length = wire::read_length(frame);
    if (length > wire::kMaxFrame || read_exactly(frame, length) != Read::whole) {
      return 1;
    }
    const auto request = wire::decode_request(frame);
    if (!request) {
      return 1;
    }
    allow_cpu(request->cpu_ms);
    const std::string answer = wire::encode(perform(*request));
    if (!write_all(wire::length_prefix(answer.size())) || !write_all(answer)) {
      return 1;
    }
    // What the pictures needed goes back to the system between requests.
    malloc_trim(0);
  }
  return 0;
}

}  // namespace aisha::imaging::worker
