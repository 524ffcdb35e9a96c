// SPDX-License-Identifier: Apache-2.0
// Where the person writes: Start for a new chat, otherwise text, attachments, the command list, the bot's reply keyboard.
import { signal, useSignalEffect } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { Attachment, attached, pick, sendAttachment } from './attachment';
import { Icon } from './icons';
import { blocked, bot, draft, loaded, replyMarkup, sendText, setBlocked, started, startWith } from './store';
import { texts } from './texts';
import type { Command } from './types';

const text = signal('');
const listOpen = signal(false);

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
        <button type="button" class="start" data-guide="start" onClick={() => void startWith(startPayload())}>
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
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  };
  const onEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') listOpen.value = false;
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
        <MenuButton />
        <textarea
          ref={area}
          rows={1}
          value={text.value}
          placeholder={hint}
          aria-label={hint}
          maxLength={4096}
          onInput={(event) => (text.value = event.currentTarget.value)}
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

function MenuButton() {
  if ((bot.value?.commands ?? []).length === 0) return null;
  return (
    <button
      type="button"
      class="round"
      aria-label={texts.value.commands}
      aria-expanded={listOpen.value}
      onClick={() => (listOpen.value = !listOpen.value)}
    >
      <Icon name={listOpen.value ? 'close' : 'slash'} />
    </button>
  );
}

function Commands() {
  const list = matching();
  if (list.length === 0) return null;
  const choose = (command: string) => {
    listOpen.value = false;
    text.value = '';
    void sendText(`/${command}`);
  };
  return (
    <ul class="commands" aria-label={texts.value.commands}>
      {list.map((one) => (
        <li key={one.command}>
          <button type="button" onClick={() => choose(one.command)}>
            <b>/{one.command}</b>
            <span>{one.description}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function AttachButton() {
  const input = useRef<HTMLInputElement>(null);
  const t = texts.value;
  return (
    <>
      <button type="button" class="round" aria-label={t.attach} onClick={() => input.current?.click()}>
        <Icon name="clip" />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t.attach}
        onChange={(event) => {
          pick(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </>
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
