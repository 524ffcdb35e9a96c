// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { clockTime } from '../shared/format';
import * as api from './api';
import { RichText, endsInBlock } from './entities';
import { Icon } from './icons';
import { Keyboard } from './keyboard';
import { Document, Mosaic, Photo, largest } from './media';
import { attempt, personId, reactions, refresh } from './store';
import { texts } from './texts';
import type { Message, Reaction } from './types';

const kOffered = ['❤️', '👍', '🔥', '😁', '😱', '👎'];
const kNone: Reaction[] = [];

/** The message whose reaction bar is open, if any. */
const choosing = signal<number | null>(null);

document.addEventListener('pointerdown', (event) => {
  const inside = event.target instanceof Element && event.target.closest('.react');
  if (!inside) choosing.value = null;
});

/** `album`: the further messages of the album that `message` begins. */
export function MessageView({ message, album, fresh }: { message: Message; album: Message[]; fresh: boolean }) {
  const mine = !message.from?.is_bot;
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const photo = message.photo ? largest(message.photo) : null;
  const ratio = photo && album.length === 0 ? { '--ratio': String(photo.width / photo.height) } : {};
  const kind = `${isEdited(message) ? ' marked-edited' : ''}${photo ? (album.length > 0 ? ' with-mosaic' : ' with-photo') : ''}${rows.length > 0 ? ' with-keys' : ''}${fresh ? ' fresh' : ''}`;
  return (
    <article
      class={`message ${mine ? 'mine' : 'theirs'}${kind}`}
      id={`message-${message.message_id}`}
      data-message={message.message_id}
      style={ratio}
      tabIndex={-1}
    >
      <Bubble message={message} album={album} mine={mine} />
      {rows.length > 0 && <Keyboard rows={rows} message={message.message_id} />}
    </article>
  );
}

/** A bot's edits of its own menus are the normal way of things and go unmarked. */
const isEdited = (message: Message) =>
  message.edit_date !== undefined && !message.reply_markup && message.text !== undefined;

/** What an album says: the words of the only message of it that has any. */
function worded(all: Message[]): Message | undefined {
  const said = all.filter((one) => one.caption);
  return said.length === 1 ? said[0] : undefined;
}

function Bubble({ message, album, mine }: { message: Message; album: Message[]; mine: boolean }) {
  const given = reactions.value[String(message.message_id)] ?? kNone;
  const above = message.show_caption_above_media === true;
  const all = [message, ...album];
  const isMosaic = message.photo !== undefined && album.length > 0;
  const words = <Words message={album.length > 0 ? (worded(all) ?? { ...message, caption: '' }) : message} />;
  return (
    <div class="bubble">
      {message.reply_to_message && <Quote message={message.reply_to_message} />}
      {above && words}
      {isMosaic && <Mosaic messages={all} mark={reactionsOf} />}
      {message.photo && album.length === 0 && (
        <Photo message={message} captionId={message.caption ? `words-${message.message_id}` : undefined} />
      )}
      {message.document && all.map((one) => <Document key={one.message_id} message={one} />)}
      {!above && words}
      <div class="foot">
        {!isMosaic && all.map(reactionsOf)}
        <Meta message={message} mine={mine} />
      </div>
      <ReactionBar message={message.message_id} given={given} />
    </div>
  );
}

const reactionsOf = (message: Message) => (
  <Reactions key={message.message_id} message={message.message_id} given={reactions.value[String(message.message_id)] ?? kNone} />
);

function Words({ message }: { message: Message }) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  const entities = message.entities ?? message.caption_entities ?? [];
  // A new key for new words: they fade in where the old ones stood.
  return (
    <div class={endsInBlock(text, entities) ? 'words closed' : 'words'} id={`words-${message.message_id}`} key={message.edit_date ? text : 'first'} dir="auto">
      <RichText text={text} entities={entities} />
    </div>
  );
}

function Meta({ message, mine }: { message: Message; mine: boolean }) {
  return (
    <span class="meta">
      {isEdited(message) && <span>{texts.value.edited} </span>}
      <time dateTime={new Date(message.date * 1000).toISOString()}>{clockTime(message.date)}</time>
      {mine && <Icon name="checks" />}
    </span>
  );
}

function Quote({ message }: { message: Message }) {
  const t = texts.value;
  const brief = message.text ?? message.caption ?? (message.photo ? t.photo : (message.document?.file_name ?? t.file));
  const jump = () => {
    const target = document.getElementById(`message-${message.message_id}`);
    target?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    target?.classList.remove('pointed');
    requestAnimationFrame(() => target?.classList.add('pointed'));
  };
  return (
    <button type="button" class="quote" onClick={jump}>
      <span class="quote-who">{message.from?.is_bot ? message.from.first_name : t.you}</span>
      <span class="quote-text">{brief}</span>
    </button>
  );
}

async function give(message: number, emoji: string, given: Reaction[]): Promise<void> {
  const chat = personId.value;
  if (chat === null) return;
  choosing.value = null;
  const had = given.some((one) => one.emoji === emoji && one.from === chat);
  await attempt(() => api.react(chat, message, had ? '' : emoji));
  await attempt(refresh);
}

function Reactions({ message, given }: { message: number; given: Reaction[] }) {
  const counts = new Map<string, { n: number; mine: boolean }>();
  for (const one of given) {
    const sum = counts.get(one.emoji) ?? { n: 0, mine: false };
    counts.set(one.emoji, { n: sum.n + 1, mine: sum.mine || one.from === personId.value });
  }
  if (counts.size === 0) return null;
  return (
    <span class="reactions">
      {[...counts].map(([emoji, { n, mine }]) => (
        <button type="button" key={emoji} class="reaction" aria-pressed={mine} onClick={() => void give(message, emoji, given)}>
          {emoji}
          {n > 1 && <span>{n}</span>}
        </button>
      ))}
    </span>
  );
}

function ReactionBar({ message, given }: { message: number; given: Reaction[] }) {
  const open = choosing.value === message;
  const toggle = useRef<HTMLButtonElement>(null);
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    choosing.value = null;
    toggle.current?.focus();
  };
  return (
    <div class={open ? 'react open' : 'react'} onKeyDown={close}>
      <button
        type="button"
        ref={toggle}
        class="react-toggle"
        aria-label={texts.value.react}
        aria-expanded={open}
        onClick={() => (choosing.value = open ? null : message)}
      >
        <Icon name="smile" />
      </button>
      {open && (
        <div class="react-bar">
          {kOffered.map((emoji) => (
            <button type="button" key={emoji} onClick={() => void give(message, emoji, given)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
