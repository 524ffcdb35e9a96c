// SPDX-License-Identifier: Apache-2.0
#include "services/preparing/handover.hpp"

#include <boost/json/value.hpp>
#include <chrono>
#include <utility>

#include "base/log.hpp"
#include "stores/jobs/provider_files.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

namespace provider_files = stores::provider_files;

// fal keeps what is uploaded with a lifetime of 24 hours, which our client asks for; an hour less allows for its clock.
constexpr std::chrono::hours kLies{23};
// A job may wait in the provider's queue before the model opens the address.
constexpr std::chrono::hours kLeast{6};

std::string name_of(const std::string& key) {
  return key.substr(key.rfind('/') + 1);
}

}  // namespace

Task<Result<std::string>> Handover::address(WantedFile file) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto known = co_await provider_files::find(unit, file.key, unit.now() + kLeast);
  if (known) {
    co_return std::move(*known);
  }
  auto bytes = co_await blobs_.get(blobs::Bucket::generated, file.key);
  if (!bytes) {
    co_return std::unexpected(bytes.error());
  }
  auto url = co_await provider_.upload(std::move(*bytes), file.type, name_of(file.key));
  if (!url) {
    co_return url;
  }
  provider_files::File lies{file.key, *url, context_.db.now() + kLies};
  co_await provider_files::put(unit, std::move(lies));
  co_return url;
}

Task<Result<std::string>> Handover::fill(std::string input, std::vector<WantedFile> files) {
  auto value = json::parse(input);
  if (!value) {
    co_return std::unexpected(value.error());
  }
  for (WantedFile& file : files) {
    const std::string at = file.at;
    auto url = co_await address(std::move(file));
    if (!url) {
      co_return url;
    }
    boost::system::error_code absent;
    json::Value* place = value->find_pointer(at, absent);
    if (place == nullptr) {
      co_return fail(Errc::update_malformed, "the input has no " + at);
    }
    *place = *url;
  }
  co_return json::serialize(*value);
}

}  // namespace aisha::services
