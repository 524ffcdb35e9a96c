// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "http/server/server.hpp"
#include "sandbox/fal/files.hpp"
#include "sandbox/telegram/params.hpp"

namespace aisha::sandbox {

/// Turns requests into calls: arguments from the query and the three body forms, uploads into the file store. Pictures
/// are recompressed on threads of its own. Loop thread only.
class Intake {
 public:
  /// `files` must outlive the intake.
  Intake(Executor executor, fal::FileStore& files);
  ~Intake();
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  /// `pictures`: the call may show an upload as a photo.
  Task<telegram::Call> read(http::ServerRequest request, bool pictures);
  /// Stores bytes under `facts.field`, name and type; fills in the rest.
  Task<telegram::FileFacts> keep(telegram::FileFacts facts, std::string bytes, bool picture);
  /// Twelve photos of the demo's person, in the order in which they are sent; `field` is empty.
  Task<std::vector<telegram::FileFacts>> samples();

 private:
  struct Threads;

  Executor executor_;
  fal::FileStore& files_;
  std::unique_ptr<Threads> threads_;
  std::map<std::string, telegram::FileFacts> known_;  ///< recompressed pictures by sha256
  std::vector<telegram::FileFacts> samples_;          ///< once they were asked for
};

}  // namespace aisha::sandbox
