// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "base/task.hpp"
#include "config/config.hpp"
#include "imaging/imager.hpp"

/// Settings -> engines: this folder alone names them, with a file for each kind (database_engine.hpp, ...).
namespace aisha::app {

/// "sqlite:aisha.db" -> "aisha.db".
std::string after_scheme(const std::string& url);

/// The folder of the running program: its sister programs lie beside it.
std::string program_folder();

/// Where large files lie on their way: the setting, beside the embedded database, or the system's folder.
std::string spool_folder(const config::Config& config);

/// The imager's path: the setting, or beside this program.
std::string imager_program(const config::Config& config);
std::unique_ptr<imaging::Imager> start_imager(Executor loop, const config::Config& config);

}  // namespace aisha::app
