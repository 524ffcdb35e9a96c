// SPDX-License-Identifier: Apache-2.0
// Where the person writes: Start for a new chat, otherwise text, attachments, the command list, the bot's reply keyboard.
import { signal, useSignalEffect } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { AttachButton } from './attach';
import { Attachment, attached, pick, sendAttachment } from './attachment';
import { Icon } from './icons';
import { blocked, bot, draft, loaded, replyMarkup, sendText, setBlocked, started, starting, startWith } from './store';
import { texts } from './texts';
import type { Command } from './types';

const text = signal('');
const listOpen = signal(false);
/** Place in the command list of the one that Enter takes. */
const marked = signal(0);

const startPayload = () => new URLSearchParams(location.search).get('start') ?? '';

export function Composer() {
  const t = texts.value;
  if (!loaded.value) return <footer class="composer" />;
  if (blocked.value) {
    return (
      <footer class="composer">
        <p class="note">{t.blockedNote}</p>
        <button type="button" class="start" onClick={() => void setBlocked(false)}>
          {t.unblock}
        </button>
      </footer>
    );
  }
  if (!started.value) {
    return (
      <footer class="composer">
        <button type="button" class="start" data-guide="start" disabled={starting.value} onClick={() => void startWith(startPayload())}>
          {t.start}
        </button>
      </footer>
    );
  }
  return <Writing />;
}

function matching(): Command[] {
  const all = bot.value?.commands ?? [];
  if (listOpen.value) return all;
  const typed = /^\/(\w*)$/.exec(text.value);
  return typed ? all.filter((one) => one.command.startsWith(typed[1] ?? '')) : [];
}

async function submit(): Promise<void> {
  const words = text.value.trim();
  listOpen.value = false;
  if (words === '' && !attached.value) return;
  text.value = '';
  const done = await (attached.value ? sendAttachment(words) : sendText(words));
  if (!done && text.value === '') text.value = words;
}

function choose(command: string): void {
  listOpen.value = false;
  text.value = '';
  marked.value = 0;
  void sendText(`/${command}`);
}

/** Arrows and Enter in the command list; true when the key was for it. */
function inList(event: KeyboardEvent): boolean {
  const list = matching();
  if (list.length === 0 || event.isComposing) return false;
  const at = Math.min(marked.value, list.length - 1);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined) {
    marked.value = (at + step + list.length) % list.length;
    document.getElementById(`command-${marked.value}`)?.scrollIntoView({ block: 'nearest' });
    return true;
  }
  if (event.key === 'Tab' && !event.shiftKey && text.value !== `/${list[at]?.command ?? ''}`) {
    text.value = `/${list[at]?.command ?? ''}`;
    return true;
  }
  if (event.key !== 'Enter' || event.shiftKey) return false;
  choose(list[at]?.command ?? '');
  return true;
}

function Writing() {
  const area = useRef<HTMLTextAreaElement>(null);
  const t = texts.value;
  useSignalEffect(() => {
    if (draft.value === '') return;
    text.value = draft.value;
    draft.value = '';
    area.current?.focus();
  });
  const onKey = (event: KeyboardEvent) => {
    if (inList(event)) {
      event.preventDefault();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  };
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || matching().length === 0) return;
    event.stopPropagation();
    if (!listOpen.value) text.value = '';
    listOpen.value = false;
  };
  const hint = attached.value ? t.captionPlaceholder : (replyMarkup.value?.input_field_placeholder ?? t.placeholder);
  return (
    <footer class="composer" onKeyDown={onEscape}>
      <Commands />
      <Attachment />
      <form
        class="write"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <MenuButton onOpen={() => area.current?.focus()} />
        <textarea
          ref={area}
          rows={1}
          value={text.value}
          placeholder={hint}
          aria-label={hint}
          maxLength={4096}
          aria-controls={matching().length > 0 ? 'commands' : undefined}
          aria-activedescendant={matching().length > 0 ? `command-${marked.value}` : undefined}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            listOpen.value = false;
            marked.value = 0;
          }}
          onKeyDown={onKey}
          onPaste={(event) => pick(event.clipboardData?.files)}
        />
        <AttachButton />
        <button type="submit" class="send" aria-label={t.send} disabled={text.value.trim() === '' && !attached.value}>
          <Icon name="send" />
        </button>
      </form>
      <ReplyKeyboard />
    </footer>
  );
}

function MenuButton({ onOpen }: { onOpen: () => void }) {
  if ((bot.value?.commands ?? []).length === 0) return null;
  return (
    <button
      type="button"
      class="round"
      aria-label={texts.value.commands}
      aria-expanded={listOpen.value}
      onClick={() => {
        listOpen.value = !listOpen.value;
        marked.value = 0;
        onOpen();
      }}
    >
      <Icon name={listOpen.value ? 'close' : 'slash'} />
    </button>
  );
}

function Commands() {
  const list = matching();
  if (list.length === 0) return null;
  const at = Math.min(marked.value, list.length - 1);
  return (
    <ul class="commands" id="commands" aria-label={texts.value.commands}>
      {list.map((one, place) => (
        <li key={one.command}>
          <button
            type="button"
            id={`command-${place}`}
            class={place === at ? 'marked' : ''}
            onPointerEnter={() => (marked.value = place)}
            onClick={() => choose(one.command)}
          >
            <b>/{one.command}</b>
            <span>{one.description}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function ReplyKeyboard() {
  const [folded, setFolded] = useState(false);
  const rows = replyMarkup.value?.keyboard ?? [];
  if (rows.length === 0) return null;
  const label = (key: { text: string } | string) => (typeof key === 'string' ? key : key.text);
  return (
    <div class="reply-keyboard">
      <button type="button" class="tiny" aria-expanded={!folded} aria-label={texts.value.showKeyboard} onClick={() => setFolded(!folded)}>
        <Icon name="keyboard" />
      </button>
      {!folded &&
        rows.map((row, r) => (
          <div class="key-row" key={r}>
            {row.map((key, c) => (
              <button type="button" class="key" key={c} onClick={() => void sendText(label(key))}>
                <span class="key-label">{label(key)}</span>
              </button>
            ))}
          </div>
        ))}
    </div>
  );
}
