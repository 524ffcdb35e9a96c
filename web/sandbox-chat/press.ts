// SPDX-License-Identifier: Apache-2.0
// What happens when an inline button is pressed, by the button's kind.
import { signal } from '@preact/signals';
import type { Lang } from '../shared/language';
import * as api from './api';
import { copyText } from './clipboard';
import { ask, toast } from './notices';
import { openShare } from './share';
import { attempt, bot, draft, personId, refresh, showAnswer, speak, startWith } from './store';
import { texts } from './texts';
import type { Button } from './types';

/** How long an unanswered button waits: Telegram keeps a query answerable for minutes, people give up sooner. */
const kWaitMs = 60_000;
const kWarnMs = 10_000;

export type Pending = 'waiting' | 'unanswered';

/** Buttons that wait for their answer. The key is what the button does, not where it stands: an edit may move it. */
export const pending = signal<Record<string, Pending>>({});
/** How many buttons were pressed since the page opened, and the label of the last; the first-run strip counts by it. */
export const lastPress = signal<{ n: number; text: string }>({ n: 0, text: '' });

export const pressKey = (message: number, button: Button) => `${message}:${button.callback_data ?? button.text}`;

function mark(key: string, state: Pending | null): void {
  const { [key]: _gone, ...rest } = pending.value;
  pending.value = state === null ? rest : { ...rest, [key]: state };
}

export function pressButton(button: Button, message: number, row: number, column: number): void {
  lastPress.value = { n: lastPress.value.n + 1, text: button.text };
  if (button.copy_text) void copyText(button.copy_text.text);
  else if (button.url) openLink(button.url);
  else if (button.web_app) toast(texts.value.webApp);
  else if (button.switch_inline_query_current_chat !== undefined) {
    draft.value = `@${bot.value?.username ?? ''} ${button.switch_inline_query_current_chat}`;
  } else if (button.switch_inline_query !== undefined || button.switch_inline_query_chosen_chat) {
    openShare(button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query ?? '');
  } else if (button.pay) void payFor(message);
  else void pressCallback(button, message, row, column);
}

/** What a link of the bot's own carries behind its name; null for every other address. */
function startOf(url: string): string | null {
  const link = /^https?:\/\/t\.me\/(\w+)(?:\?start=([\w-]*))?$/i.exec(url);
  return link && link[1]?.toLowerCase() === bot.value?.username.toLowerCase() ? (link[2] ?? '') : null;
}

export function openLink(url: string): void {
  const start = startOf(url);
  if (start !== null) {
    void startWith(start);
    return;
  }
  if (!/^https?:/i.test(url)) {
    toast(url);
    return;
  }
  const t = texts.value;
  ask({ text: t.openLink, detail: url, yes: t.open, onYes: () => window.open(url, '_blank', 'noopener,noreferrer') });
}

async function payFor(message: number): Promise<void> {
  const chat = personId.value;
  if (chat !== null) await attempt(() => api.pay(chat, message));
}

const kFlags: [RegExp, Lang][] = [
  [/^\u{1F1F7}\u{1F1FA}/u, 'ru'],
  [/^\u{1F1EC}\u{1F1E7}|^\u{1F1FA}\u{1F1F8}/u, 'en'],
];

/** A bot's language button, by its flag, is the person's choice for the page too. */
function followLanguage(button: Button): void {
  const chosen = kFlags.find(([flag]) => flag.test(button.text));
  if (chosen) void speak(chosen[1]);
}

async function pressCallback(button: Button, message: number, row: number, column: number): Promise<void> {
  const chat = personId.value;
  const key = pressKey(message, button);
  if (chat === null || pending.value[key] === 'waiting') return;
  mark(key, 'waiting');
  const timer = window.setTimeout(() => mark(key, 'unanswered'), kWarnMs);
  let answered = false;
  const failed = !(await attempt(async () => {
    const answer = await api.press(chat, message, row, column, kWaitMs);
    answered = answer.answered;
    if (!answered || chat !== personId.value) return;
    showAnswer(answer);
    if (answer.url) openLink(answer.url);
    followLanguage(button);
    // The stream tells of changes too, but a press must not depend on it.
    await refresh();
  }));
  clearTimeout(timer);
  mark(key, null);
  if (!answered && !failed && chat === personId.value) toast(texts.value.unanswered);
}
