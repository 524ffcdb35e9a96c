// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/picture.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `share_links`: by whose token somebody else sees a picture. A picture has at most one that is not closed; what is
/// closed or expired is never opened again.
namespace aisha::stores::share_links {

struct Link {
  std::string token;  ///< 22 characters of base64url
  TimePoint expires_at{};
  std::int64_t opened = 0;  ///< by others than the owner
};

/// A finished picture with the link that is open at the unit's now.
struct Shared {
  domain::Picture picture;
  std::optional<Link> link;
};
/// Nothing when absent, another's, not ready or purged; one in the trash is given with `deleted_at`.
Task<std::optional<Shared>> of_picture(UnitOfWork& unit, Uuid owner, Uuid picture);

/// What a token shows now: nothing for a closed, expired or unknown one, and while its picture is in the trash or gone.
Task<std::optional<domain::Picture>> opened(UnitOfWork& unit, std::string token);

/// A new link in the place of whatever stands there. Errc::conflict at commit when somebody else made one meanwhile.
void make(UnitOfWork& unit, const domain::Picture& picture, std::string_view token, TimePoint until);
/// Errc::conflict at commit when it was closed meanwhile.
void prolong(UnitOfWork& unit, std::string_view token, TimePoint until);
void count(UnitOfWork& unit, std::string_view token);
/// Without effect when none is open.
void close(UnitOfWork& unit, const Uuid& owner, const Uuid& picture);

}  // namespace aisha::stores::share_links
