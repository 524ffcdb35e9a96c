// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "sandbox/telegram/core.hpp"

/// The Bot API's methods: each checks as strictly as production and then changes the state.
namespace aisha::sandbox::telegram {

using Method = Outcome (*)(Context&);
/// Without regard to case; null = unknown.
Method find_method(std::string_view name);

Outcome send_message(Context& context);
Outcome send_photo(Context& context);
Outcome send_document(Context& context);
Outcome send_media_group(Context& context);
Outcome send_chat_action(Context& context);

Outcome edit_message_text(Context& context);
Outcome edit_message_caption(Context& context);
Outcome edit_message_media(Context& context);
Outcome edit_message_reply_markup(Context& context);
Outcome delete_message(Context& context);
Outcome delete_messages(Context& context);
Outcome set_message_reaction(Context& context);
Outcome answer_callback_query(Context& context);
Outcome answer_inline_query(Context& context);

Outcome get_updates(Context& context);
Outcome set_webhook(Context& context);
Outcome delete_webhook(Context& context);
Outcome get_webhook_info(Context& context);

Outcome get_me(Context& context);
Outcome get_chat(Context& context);
Outcome set_my_commands(Context& context);
Outcome delete_my_commands(Context& context);
Outcome get_my_commands(Context& context);
Outcome set_my_name(Context& context);
Outcome get_my_name(Context& context);
Outcome set_my_description(Context& context);
Outcome get_my_description(Context& context);
Outcome set_my_short_description(Context& context);
Outcome get_my_short_description(Context& context);
Outcome set_chat_menu_button(Context& context);
Outcome get_chat_menu_button(Context& context);

/// The chat a call names, with Telegram's refusals; `writing` also refuses a person who blocked the bot or never wrote.
Checked<Chat*> target_chat(Context& context, bool writing);
/// Text or caption within its limit, entities found.
Checked<FormattedText> checked_text(const Params& params, bool caption);

}  // namespace aisha::sandbox::telegram
