// SPDX-License-Identifier: Apache-2.0
#include "services/people/avatar_care.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "domain/name_text.hpp"
#include "stores/people/avatars.hpp"

namespace aisha::services {
namespace {

namespace avatars = stores::avatars;

/// As avatars::kMainFirst says.
std::optional<domain::Avatar> main_of(const std::vector<domain::Avatar>& kept) {
  const auto rank = [](const domain::Avatar& one) {
    return std::tuple(!domain::check_usable(one).has_value(), !one.is_main, one.created_at, one.id);
  };
  const auto first = std::ranges::min_element(kept, {}, rank);
  return first == kept.end() ? std::nullopt : std::optional(*first);
}

OwnAvatars apart(std::vector<avatars::Own> all) {
  const auto by_moment = [](const avatars::Own& own) { return std::pair(own.binned_at, own.avatar.id); };
  std::vector<avatars::Own> binned;
  OwnAvatars out;
  for (avatars::Own& own : all) {
    if (own.binned_at) {
      binned.push_back(std::move(own));
    } else {
      out.kept.push_back(std::move(own.avatar));
    }
  }
  std::ranges::sort(binned, std::ranges::greater(), by_moment);
  for (avatars::Own& own : binned) {
    out.binned.push_back(std::move(own.avatar));
  }
  return out;
}

/// Takes it out of the list.
std::optional<domain::Avatar> take(std::vector<domain::Avatar>& from, const Uuid& id) {
  const auto found = std::ranges::find(from, id, &domain::Avatar::id);
  if (found == from.end()) {
    return std::nullopt;
  }
  domain::Avatar out = std::move(*found);
  from.erase(found);
  return out;
}

Task<OwnAvatars> read_all(stores::UnitOfWork& unit, Uuid owner) {
  auto all = co_await avatars::list(unit, owner);
  co_return apart(std::move(all));
}

}  // namespace

Task<OwnAvatars> AvatarCare::list(Uuid owner) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_return co_await read_all(unit, owner);
}

Task<Result<OwnAvatar>> AvatarCare::avatar(Uuid owner, Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await avatars::find(unit, id, owner);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  OwnAvatar out;
  out.is_binned = found->own.binned_at.has_value();
  out.avatar = std::move(found->own.avatar);
  out.pictures = found->pictures;
  co_return out;
}

Task<Result<domain::Avatar>> AvatarCare::make_main(Actor& actor, Uuid id) {
  auto found = co_await avatars::load(actor.unit(), id, actor.user().id);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  const auto usable = domain::check_usable(*found);
  if (!usable) {
    co_return std::unexpected(usable.error());
  }
  if (!found->is_main) {
    avatars::set_main(actor.unit(), actor.user().id, id);
    found->is_main = true;
  }
  actor.set_main_avatar(*found);
  co_return std::move(*found);
}

Task<Result<domain::Avatar>> AvatarCare::rename(Actor& actor, Uuid id, std::string name) {
  auto found = co_await avatars::load(actor.unit(), id, actor.user().id);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  auto checked = domain::check_name(name);
  if (!checked) {
    co_return std::unexpected(std::move(checked.error()));
  }
  found->name = std::move(*checked);
  avatars::rename(actor.unit(), actor.user().id, id, found->name);
  const auto& main = actor.main_avatar();
  if (main && main->id == id) {
    actor.set_main_avatar(*found);
  }
  co_return std::move(*found);
}

Task<Result<OwnAvatars>> AvatarCare::remove(Actor& actor, Uuid id) {
  OwnAvatars all = co_await read_all(actor.unit(), actor.user().id);
  auto removed = take(all.kept, id);
  if (!removed) {
    const bool is_binned = std::ranges::find(all.binned, id, &domain::Avatar::id) != all.binned.end();
    co_return is_binned ? Result<OwnAvatars>(std::move(all)) : fail(Errc::not_found);
  }
  avatars::bin(actor.unit(), actor.user().id, id);
  auto next = main_of(all.kept);
  if (next && removed->is_main && domain::check_usable(*next)) {
    avatars::set_main(actor.unit(), actor.user().id, next->id);
    next->is_main = true;
  }
  actor.set_main_avatar(std::move(next));
  all.binned.insert(all.binned.begin(), std::move(*removed));
  co_return std::move(all);
}

Task<Result<domain::Avatar>> AvatarCare::restore(Actor& actor, Uuid id) {
  OwnAvatars all = co_await read_all(actor.unit(), actor.user().id);
  auto back = take(all.binned, id);
  if (!back) {
    auto there = take(all.kept, id);
    co_return there ? Result<domain::Avatar>(std::move(*there)) : fail(Errc::not_found);
  }
  avatars::restore(actor.unit(), actor.user().id, id);
  all.kept.push_back(*back);
  actor.set_main_avatar(main_of(all.kept));
  co_return std::move(*back);
}

}  // namespace aisha::services
