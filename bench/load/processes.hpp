// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <string>
#include <string_view>

/// What processes use, from /proc.
namespace aisha::bench {

/// User and system time of the living threads of a process, in seconds; of one of them.
double cpu_seconds(pid_t pid);
double thread_seconds(pid_t pid, pid_t thread);
/// The same of a process, its children and those that have ended already.
double tree_seconds(pid_t pid);
/// VmRSS in megabytes, of a process and of its children.
double rss_mb(pid_t pid);
double children_rss_mb(pid_t pid);

/// A server that the product uses.
struct Watched {
  std::string name;
  pid_t pid = 0;
};
/// "PostgreSQL=4711"; std::invalid_argument.
Watched watched_from(std::string_view text);

}  // namespace aisha::bench
