// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/methods.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sandbox/telegram/media.hpp"

namespace aisha::sandbox::telegram {
namespace {

struct Entry {
  std::string_view name;
  Method run;
};

/// In lower case, as the server compares them.
constexpr std::array kMethods = {
    Entry{"answercallbackquery", answer_callback_query},
    Entry{"answerinlinequery", answer_inline_query},
    Entry{"deletemessage", delete_message},
    Entry{"deletemessages", delete_messages},
    Entry{"deletemycommands", delete_my_commands},
    Entry{"deletewebhook", delete_webhook},
    Entry{"editmessagecaption", edit_message_caption},
    Entry{"editmessagemedia", edit_message_media},
    Entry{"editmessagereplymarkup", edit_message_reply_markup},
    Entry{"editmessagetext", edit_message_text},
    Entry{"getchat", get_chat},
    Entry{"getchatmenubutton", get_chat_menu_button},
    Entry{"getfile", get_file},
    Entry{"getme", get_me},
    Entry{"getmycommands", get_my_commands},
    Entry{"getmydescription", get_my_description},
    Entry{"getmyname", get_my_name},
    Entry{"getmyshortdescription", get_my_short_description},
    Entry{"getupdates", get_updates},
    Entry{"getwebhookinfo", get_webhook_info},
    Entry{"sendchataction", send_chat_action},
    Entry{"senddocument", send_document},
    Entry{"sendmediagroup", send_media_group},
    Entry{"sendmessage", send_message},
    Entry{"sendphoto", send_photo},
    Entry{"setchatmenubutton", set_chat_menu_button},
    Entry{"setmessagereaction", set_message_reaction},
    Entry{"setmycommands", set_my_commands},
    Entry{"setmydescription", set_my_description},
    Entry{"setmyname", set_my_name},
    Entry{"setmyshortdescription", set_my_short_description},
    Entry{"setwebhook", set_webhook},
};

}  // namespace

Method find_method(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = std::ranges::find(kMethods, lower, &Entry::name);
  return found == kMethods.end() ? nullptr : found->run;
}

}  // namespace aisha::sandbox::telegram
