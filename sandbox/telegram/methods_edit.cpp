// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/keyboard.hpp"
#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/media.hpp"
#include "sandbox/telegram/methods.hpp"
#include "sandbox/telegram/render.hpp"

namespace aisha::sandbox::telegram {
namespace {

constexpr const char* kNotModified =
    "Message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message";

struct Target {
  Chat* chat = nullptr;
  Message* message = nullptr;
};

Checked<Target> edit_target(Context& context) {
  const auto chat = target_chat(context, false);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  const std::int64_t id = context.params().integer("message_id", 0, 0, INT64_MAX);
  if (id == 0) {
    return refuse("Message identifier is not specified");
  }
  Message* message = context.core.message(**chat, id);
  if (message == nullptr) {
    return refuse("Message to edit not found");
  }
  if (!message->from_bot) {
    return refuse("Message can't be edited");
  }
  return Target{*chat, message};
}

Checked<std::optional<json::Value>> new_keyboard(Context& context) {
  auto markup = read_markup(context.params(), context.bot.has_inline);
  if (!markup) {
    return std::unexpected(markup.error());
  }
  if (markup->other) {
    return refuse("Inline keyboard expected");
  }
  return std::move(markup->inline_keyboard);
}

/// What every edit begins with: the message, and a copy of it that has the new keyboard already.
struct Edit {
  Target target;
  Message changed;
};

Checked<Edit> begin_edit(Context& context) {
  auto target = edit_target(context);
  if (!target) {
    return std::unexpected(target.error());
  }
  auto keyboard = new_keyboard(context);
  if (!keyboard) {
    return std::unexpected(keyboard.error());
  }
  Edit edit{*target, *target->message};
  edit.changed.keyboard = std::move(*keyboard);
  return edit;
}

/// Puts the changed copy in place of the message, or refuses when nothing changed.
Outcome finish(Context& context, Edit edit) {
  const Target& target = edit.target;
  Message& changed = edit.changed;
  const Message& old = *target.message;
  const bool same = changed.kind == old.kind && changed.text == old.text && changed.files == old.files &&
                    changed.keyboard == old.keyboard && changed.caption_above == old.caption_above &&
                    changed.spoiler == old.spoiler;
  if (same) {
    return refuse(kNotModified);
  }
  const bool content = changed.text != old.text || changed.files != old.files || changed.kind != old.kind;
  if (content) {
    changed.edited_ms = context.core.now;
  }
  *target.message = std::move(changed);
  context.core.touch(*target.chat);
  return message_json(context.core.state, *target.chat, *target.message, false);
}

bool same_picture(const Bot& bot, const Message& old, const Media& media) {
  if (media.upload == nullptr || old.files.empty() || old.kind != media.kind) {
    return false;
  }
  // An upload is the same content when recompressing it gave the very bytes that are shown.
  const std::string& shown = bot.files.at(old.files.back()).sha256;
  return media.kind == Message::Kind::photo ? media.upload->ladder.back().sha256 == shown
                                            : media.upload->sha256 == shown;
}

Checked<bool> can_delete(const Core& core, const Message& message) {
  if (core.now - message.made_ms >= limit("delete_age")) {
    return refuse("Message can't be deleted for everyone");
  }
  return true;
}

}  // namespace

Outcome edit_message_text(Context& context) {
  if (context.params().text("text").empty()) {
    return refuse("Message text is empty");
  }
  auto edit = begin_edit(context);
  if (!edit) {
    return std::unexpected(edit.error());
  }
  auto text = checked_text(context.params(), false);
  if (!text) {
    return std::unexpected(text.error());
  }
  if (edit->target.message->kind != Message::Kind::text) {
    return refuse("There is no text in the message to edit");
  }
  Message& changed = edit->changed;
  changed.text = std::move(*text);
  return finish(context, std::move(*edit));
}

Outcome edit_message_caption(Context& context) {
  auto edit = begin_edit(context);
  if (!edit) {
    return std::unexpected(edit.error());
  }
  auto caption = checked_text(context.params(), true);
  if (!caption) {
    return std::unexpected(caption.error());
  }
  if (edit->target.message->kind == Message::Kind::text) {
    return refuse("There is no caption in the message to edit");
  }
  Message& changed = edit->changed;
  changed.text = std::move(*caption);
  changed.caption_above = context.params().flag("show_caption_above_media");
  return finish(context, std::move(*edit));
}

Outcome edit_message_media(Context& context) {
  auto edit = begin_edit(context);
  if (!edit) {
    return std::unexpected(edit.error());
  }
  const auto value = context.params().parsed("media");
  if (!value) {
    return refuse("Parameter \"media\" is required");
  }
  if (!value->is_object()) {
    return refuse("Can't parse input media JSON object");
  }
  auto media = read_input_media(context, value->get_object());
  if (!media) {
    return std::unexpected(media.error());
  }
  Message& changed = edit->changed;
  changed.kind = media->media.kind;
  changed.text = std::move(media->caption);
  changed.spoiler = media->spoiler;
  changed.caption_above = media->caption_above;
  if (!same_picture(context.bot, *edit->target.message, media->media)) {
    changed.files = store_media(context.core, context.bot, media->media);
  }
  return finish(context, std::move(*edit));
}

Outcome edit_message_reply_markup(Context& context) {
  auto edit = begin_edit(context);
  if (!edit) {
    return std::unexpected(edit.error());
  }
  return finish(context, std::move(*edit));
}

Outcome delete_message(Context& context) {
  const auto chat = target_chat(context, false);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  const std::int64_t id = context.params().integer("message_id", 0, 0, INT64_MAX);
  if (id == 0) {
    return refuse("Message identifier is not specified");
  }
  const Message* message = context.core.message(**chat, id);
  if (message == nullptr) {
    return refuse("Message to delete not found");
  }
  if (const auto allowed = can_delete(context.core, *message); !allowed) {
    return std::unexpected(allowed.error());
  }
  (*chat)->messages.erase(id);
  context.core.touch(**chat);
  return true;
}

Outcome delete_messages(Context& context) {
  const auto chat = target_chat(context, false);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  const auto ids = context.params().parsed("message_ids");
  if (!ids || !ids->is_array() || ids->get_array().empty()) {
    return refuse("Message identifiers are not specified");
  }
  if (ids->get_array().size() > limit("delete_messages")) {
    return refuse("Too many message identifiers specified");
  }
  for (const json::Value& item : ids->get_array()) {
    const Message* message = item.is_int64() ? context.core.message(**chat, item.get_int64()) : nullptr;
    if (message != nullptr && can_delete(context.core, *message)) {
      (*chat)->messages.erase(message->id);
    }
  }
  context.core.touch(**chat);
  return true;
}

Outcome set_message_reaction(Context& context) {
  const auto chat = target_chat(context, true);
  if (!chat) {
    return std::unexpected(chat.error());
  }
  Message* message = context.core.message(**chat, context.params().integer("message_id", 0, 0, INT64_MAX));
  if (message == nullptr) {
    return refuse("Message to react not found");
  }
  const auto reaction = context.params().parsed("reaction");
  if (!reaction || (reaction->is_array() && reaction->get_array().empty())) {
    message->reactions.erase(context.bot.id);
    context.core.touch(**chat);
    return true;
  }
  if (!reaction->is_array()) {
    return refuse("Can't parse reaction types JSON object");
  }
  if (reaction->get_array().size() > 1) {
    return refuse("REACTIONS_TOO_MANY");
  }
  const Params inner(reaction->get_array()[0].is_object() ? reaction->get_array()[0].get_object() : json::Object{});
  if (inner.text("type") != "emoji" || inner.text("emoji").empty()) {
    return refuse("REACTION_INVALID");
  }
  message->reactions[context.bot.id] = inner.text("emoji");
  context.core.touch(**chat);
  return true;
}

}  // namespace aisha::sandbox::telegram
