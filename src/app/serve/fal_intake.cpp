// SPDX-License-Identifier: Apache-2.0
#include "app/serve/fal_intake.hpp"

namespace aisha::app {
namespace {

std::string jwks_url_of(const config::Fal& fal) {
  return fal.jwks_url.empty() ? fal.rest_url + "/.well-known/jwks.json" : fal.jwks_url;
}

}  // namespace

FalIntake::FalIntake(Core& core, const config::Config& config, const Clock& wall, web::Refusals& refusals)
    : keys_(core.loop, core.clients.http, core.clients.clock, jwks_url_of(config.fal)),
      reader_(keys_, wall),
      intake_(core.context, core.kinds(), core.provider_link(), reader_),
      hook_(intake_, refusals) {}

}  // namespace aisha::app
