// SPDX-License-Identifier: Apache-2.0
#include "app/engines/engines.hpp"

#include <filesystem>

namespace aisha::app {

std::string after_scheme(const std::string& url) {
  return url.substr(url.find(':') + 1);
}

std::string program_folder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().string();
}

std::string imager_program(const config::Config& config) {
  return config.imager_program.empty() ? program_folder() + "/aisha-imager" : config.imager_program;
}

std::string spool_folder(const config::Config& config) {
  if (!config.server.spool.empty()) {
    return config.server.spool;
  }
  if (!config.database_url.starts_with("sqlite:")) {
    return std::filesystem::temp_directory_path().string();
  }
  const std::string folder = std::filesystem::path(after_scheme(config.database_url)).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::unique_ptr<imaging::Imager> start_imager(Executor loop, const config::Config& config) {
  imaging::ImagerOptions options;
  options.program = imager_program(config);
  return imaging::make_imager(std::move(loop), std::move(options));
}

}  // namespace aisha::app
