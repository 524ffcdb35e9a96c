// SPDX-License-Identifier: Apache-2.0
// What the person in view got from others "via" the bot: the other end of inline mode.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import * as api from './api';
import { RichText } from './entities';
import { Icon } from './icons';
import { openLink } from './press';
import { Sheet } from './sheet';
import { people, personId } from './store';
import { texts } from './texts';
import type { Button, ViaMessage } from './types';

const received = signal<ViaMessage[]>([]);
const open = signal(false);

export async function loadReceived(): Promise<void> {
  const who = personId.value;
  received.value = who === null ? [] : await api.received(who);
}

/** A line above the talk that says so. */
export function FriendsBar() {
  // Another person in the chair has other friends.
  const who = personId.value;
  useEffect(() => {
    open.value = false;
    void loadReceived().catch(() => undefined);
  }, [who, people.value.length]);
  const last = received.value.at(-1);
  if (!last) return null;
  return (
    <button type="button" class="from-friends" onClick={() => (open.value = true)}>
      <Icon name="share" />
      <span>{texts.value.share.received(last.from.first_name, received.value.length)}</span>
    </button>
  );
}

function Keys({ rows }: { rows: Button[][] }) {
  const press = (button: Button) => {
    if (!button.url) return;
    open.value = false;
    openLink(button.url);
  };
  return (
    <div class="keyboard">
      {rows.map((row, r) => (
        <div class="key-row" key={r}>
          {row.map((button) => (
            <button type="button" class="key" key={button.text} data-button={button.text} onClick={() => press(button)}>
              <span class="key-label">{button.text}</span>
              <span class="key-corner">
                <Icon name="link" />
              </span>
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

function Via({ message }: { message: ViaMessage }) {
  const size = message.photo.at(-1);
  return (
    <article class="message theirs with-photo via" data-message={message.message_id}>
      <div class="bubble">
        <p class="via-line">
          <b>{message.from.first_name}</b> {texts.value.share.via} @{message.via_bot.username}
        </p>
        <img
          class="via-photo"
          src={api.receivedPhotoUrl(personId.value ?? 0, message.message_id)}
          style={{ aspectRatio: `${size?.width ?? 3} / ${size?.height ?? 4}` }}
          alt={message.caption ?? ''}
        />
        {message.caption && (
          <div class="words" dir="auto">
            <RichText text={message.caption} entities={message.caption_entities ?? []} />
          </div>
        )}
      </div>
      {message.reply_markup?.inline_keyboard && <Keys rows={message.reply_markup.inline_keyboard} />}
    </article>
  );
}

export function FriendsDialog() {
  if (!open.value) return null;
  return (
    <Sheet title={texts.value.share.fromFriends} onClose={() => (open.value = false)}>
      {[...received.value].reverse().map((message) => (
        <Via key={message.message_id} message={message} />
      ))}
    </Sheet>
  );
}
