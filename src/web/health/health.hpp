// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "http/server/router.hpp"

namespace aisha::web {

/// One thing the process depends on, as it is now.
struct Dependency {
  std::string name;
  bool well = false;
  std::string detail;   ///< a reason, or what was seen; never a secret
  bool needed = false;  ///< without it nothing can be taken in
};

/// Looks at the dependencies; the composition root knows them.
class Readiness {
 public:
  virtual ~Readiness() = default;
  virtual Task<std::vector<Dependency>> look() = 0;
};

/// /healthz: 200 while the loop runs. /readyz: 200, or 503 when something needed is away or the process stops; the
/// body names each dependency. Loop thread only.
class Health {
 public:
  explicit Health(Readiness& readiness) : readiness_(readiness) {}

  Task<http::ServerResponse> alive(http::ServerRequest request);
  Task<http::ServerResponse> ready(http::ServerRequest request);
  void close() { closed_ = true; }

 private:
  Readiness& readiness_;
  bool closed_ = false;
};

}  // namespace aisha::web
