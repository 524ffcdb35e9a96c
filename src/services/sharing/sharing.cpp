// SPDX-License-Identifier: Apache-2.0
#include "services/sharing/sharing.hpp"

#include <array>
#include <chrono>

#include "base/encoding.hpp"
#include "services/outbox/outbox_message.hpp"
#include "stores/sharing/newest_own.hpp"
#include "stores/sharing/share_links.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

namespace links = stores::share_links;

constexpr std::size_t kTokenBytes = 16;
constexpr std::size_t kTokenLength = 22;
constexpr std::string_view kPurpose = "aisha: links of shared pictures";

std::string text_of(const std::array<std::uint8_t, 32>& hash) {
  return {hash.begin(), hash.end()};
}

Task<Result<links::Shared>> own(Actor& actor, Uuid picture) {
  auto found = co_await links::of_picture(actor.unit(), actor.user().id, picture);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  if (found->picture.deleted_at) {
    co_return fail(Errc::already_deleted);
  }
  if (!domain::can_be_shown(found->picture)) {
    co_return fail(Errc::not_found, "an imported picture that is none, or that nobody has looked at yet");
  }
  co_return std::move(*found);
}

}  // namespace

Sharing::Sharing(Context context, const Secret& secret)
    : context_(context), key_(text_of(encoding::hmac_sha256(secret.reveal(), kPurpose))) {}

std::string Sharing::token_of(const Uuid& trace) const {
  const std::string hash = text_of(encoding::hmac_sha256(key_, trace.to_string()));
  return encoding::base64url(std::string_view(hash).substr(0, kTokenBytes));
}

Task<Result<SharedPicture>> Sharing::share(Actor& actor, Uuid picture) {
  auto found = co_await own(actor, picture);
  if (!found) {
    co_return std::unexpected(std::move(found.error()));
  }
  SharedPicture out;
  out.until = actor.unit().now() + std::chrono::days(context_.policy.link_days);
  if (found->link) {
    out.token = found->link->token;
    out.opened = found->link->opened;
    links::prolong(actor.unit(), out.token, out.until);
  } else {
    out.token = token_of(actor.trace());
    links::make(actor.unit(), found->picture, out.token, out.until);
  }
  out.picture = std::move(found->picture);
  co_return out;
}

Task<Result<void>> Sharing::close(Actor& actor, Uuid picture) {
  const auto found = co_await own(actor, picture);
  if (!found) {
    co_return std::unexpected(found.error());
  }
  links::close(actor.unit(), actor.user().id, picture);
  co_return Result<void>{};
}

Task<Result<void>> Sharing::send_copy(Actor& actor, Uuid picture) {
  const auto found = co_await own(actor, picture);
  if (!found) {
    co_return std::unexpected(found.error());
  }
  order_once(actor, Meaning::share_copy, picture);
  co_return Result<void>{};
}

Task<Result<domain::Picture>> Sharing::open(Actor& actor, std::string token) {
  if (token.size() != kTokenLength) {
    co_return fail(Errc::link_gone);
  }
  auto shown = co_await links::opened(actor.unit(), token);
  if (!shown) {
    co_return fail(Errc::link_gone);
  }
  if (shown->user_id != actor.user().id) {
    links::count(actor.unit(), token);
  }
  co_return std::move(*shown);
}

Task<std::optional<SharedPicture>> Sharing::shared(Uuid owner, Uuid picture) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await links::of_picture(unit, owner, picture);
  if (!found || found->picture.deleted_at) {
    co_return std::nullopt;
  }
  SharedPicture out;
  out.picture = std::move(found->picture);
  if (found->link) {
    out.token = std::move(found->link->token);
    out.until = found->link->expires_at;
    out.opened = found->link->opened;
  }
  co_return out;
}

Task<std::vector<domain::OwnPicture>> Sharing::newest(Uuid owner, std::optional<Uuid> behind, std::int64_t limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_return co_await stores::newest_own(unit, owner, behind, limit);
}

}  // namespace aisha::services
