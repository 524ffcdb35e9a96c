// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/callback_data.hpp"

#include <algorithm>
#include <utility>

namespace aisha::bot {
namespace {

template <std::size_t... I>
Result<Callback> read_route(std::string_view code, std::string_view rest, std::index_sequence<I...>) {
  Result<Callback> out = fail(Errc::callback_unknown, "route");
  const auto attempt = [&]<Route R>(std::type_identity<R>) {
    if (code != R::code.text) {
      return;
    }
    R found;
    Reader reader(rest);
    pass_arguments<R>(reader, found);
    if (reader.complete()) {
      out = Callback(std::move(found));
    } else {
      out = fail(Errc::callback_unknown, "arguments");
    }
  };
  (attempt(std::type_identity<std::variant_alternative_t<I, Callback>>{}), ...);
  return out;
}

}  // namespace

Result<Callback> decode(std::string_view data) {
  if (data.size() < 2 || data.size() > kCallbackMaxBytes || data.front() != kCallbackVersion) {
    return fail(Errc::callback_unknown, "version or length");
  }
  const std::size_t end = std::min(data.find(':'), data.size());
  return read_route(data.substr(1, end - 1), data.substr(end),
                    std::make_index_sequence<std::variant_size_v<Callback>>{});
}

}  // namespace aisha::bot
