// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aisha::app {

/// The whole command line of `aisha`. Exit codes: 0 done, 1 a check found something wrong, 2 wrong settings or command
/// line, 3 the database cannot be used, 4 the process cannot start or a server it needs is away, 70 a bug of ours.
int run_command_line(int argc, char** argv);

}  // namespace aisha::app
