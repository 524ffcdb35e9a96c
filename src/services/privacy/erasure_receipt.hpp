// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/context/context.hpp"

namespace aisha::stores {
class UnitOfWork;
}

namespace aisha::services {

/// `OutboxMessage::detail` of the note that says so.
inline constexpr std::string_view kErasedNote = "erased";

/// What an erasure did; kept as JSON in `data_requests.tally`. Nothing in it tells whose.
struct ErasureTally {
  std::int64_t pictures = 0;          ///< of which something lay in the store
  std::int64_t messages = 0;          ///< that will lose their picture in the next time
  std::int64_t provider_removed = 0;  ///< requests of which the provider keeps nothing any more
  std::int64_t provider_left = 0;     ///< of which it keeps input and result for some time
  std::int64_t provider_days = 0;     ///< how long at most
  std::int64_t provider_asked = 0;    ///< ms that it took to ask it
  std::int64_t closing_since = 0;  ///< since when only their last updates are waited for (ms since 1970); 0 = not yet
  bool is_shared = false;          ///< names stay: they stand in tables of another bot
};
BOOST_DESCRIBE_STRUCT(ErasureTally, (),
                      (pictures, messages, provider_removed, provider_left, provider_days, provider_asked,
                       closing_since, is_shared))

/// Zeros for what is no tally.
ErasureTally tally_of(const std::string& text);
std::string text_of(const ErasureTally& tally);

/// Collects the last message to the chat of an erased person: the receipt of that request.
void tell_receipt(stores::UnitOfWork& unit, std::int64_t chat_id, Uuid request);

struct ErasureReceipt {
  std::string language;  ///< "ru", "en": who was erased has no settings
  ErasureTally tally;
};

class ErasureReceipts {
 public:
  explicit ErasureReceipts(Context context) : context_(context) {}

  /// Nothing when there is no such erasure, or it is not done.
  Task<std::optional<ErasureReceipt>> find(Uuid request);

 private:
  Context context_;
};

}  // namespace aisha::services
