// SPDX-License-Identifier: Apache-2.0
// Inline mode: whom to send to, what the bot offers, a tap that sends it.
import { signal } from '@preact/signals';
import * as api from './api';
import { toast } from './notices';
import { Sheet } from './sheet';
import { attempt, bot, people, personId, startWith } from './store';
import { texts } from './texts';
import type { InlineAnswer, InlineResult, Person } from './types';

/** Typing pauses this long before the bot is asked, ms. */
const kPauseMs = 300;

const open = signal(false);
const query = signal('');
const to = signal<Person | null>(null);
const answer = signal<InlineAnswer | null>(null);
const results = signal<{ query: string; one: InlineResult }[]>([]);
const asking = signal(false);
let asked = 0;

export function openShare(words: string): void {
  query.value = words;
  to.value = null;
  answer.value = null;
  results.value = [];
  open.value = true;
  void look('');
}

/** Only the answer to what was asked last counts. */
async function look(offset: string): Promise<void> {
  const who = personId.value;
  if (who === null) return;
  const mine = ++asked;
  asking.value = true;
  await attempt(async () => {
    const told = await api.inlineQuery(who, query.value, offset);
    if (mine !== asked) return;
    answer.value = told;
    const more = told.results.map((one) => ({ query: told.inline_query_id, one }));
    results.value = offset === '' ? more : [...results.value, ...more];
  });
  if (mine === asked) asking.value = false;
}

let timer = 0;
function typed(words: string): void {
  query.value = words;
  clearTimeout(timer);
  timer = window.setTimeout(() => void look(''), kPauseMs);
}

async function pick(picked: { query: string; one: InlineResult }): Promise<void> {
  const who = personId.value;
  const friend = to.value;
  if (who === null || friend === null) return;
  const sent = await attempt(() => api.pickResult(who, picked.query, picked.one.id, friend.id));
  if (!sent) return;
  open.value = false;
  toast(texts.value.share.sent(friend.first_name));
}

function Friends() {
  const t = texts.value.share;
  const others = people.value.filter((one) => one.id !== personId.value);
  return (
    <ul class="people friends" aria-label={t.whom}>
      {others.map((one) => (
        <li key={one.id}>
          <button type="button" class="person" aria-pressed={to.value?.id === one.id} onClick={() => (to.value = one)}>
            <span class={`person-face tint-${one.id % 6}`} aria-hidden="true">
              {one.first_name.slice(0, 1)}
            </span>
            <span class="person-words">
              <b>{one.first_name}</b>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Offered() {
  const t = texts.value.share;
  const told = answer.value;
  if (told && !told.answered) return <p class="hint">{texts.value.unanswered}</p>;
  if (told && results.value.length === 0) return <p class="hint">{t.nothing}</p>;
  return (
    <div class="offered" aria-busy={asking.value}>
      {results.value.map((picked) => (
        <button
          type="button"
          class="offer"
          key={`${picked.query} ${picked.one.id}`}
          disabled={to.value === null}
          aria-label={picked.one.caption ?? texts.value.photo}
          title={picked.one.caption}
          onClick={() => void pick(picked)}
        >
          <img src={api.resultPhotoUrl(picked.query, picked.one.id)} alt="" loading="lazy" />
        </button>
      ))}
      {told?.next_offset && (
        <button type="button" class="offer more" onClick={() => void look(told.next_offset)}>
          {t.more}
        </button>
      )}
    </div>
  );
}

/** Opens the chat with the bot; the bot asked for it. */
function OpenBot() {
  const button = answer.value?.button;
  if (!button) return null;
  const go = () => {
    open.value = false;
    void startWith(button.start_parameter);
  };
  return (
    <button type="button" class="wide" onClick={go}>
      {button.text}
    </button>
  );
}

export function Share() {
  if (!open.value) return null;
  const t = texts.value.share;
  return (
    <Sheet title={to.value ? t.tap(to.value.first_name) : t.whom} onClose={() => (open.value = false)}>
      <Friends />
      <label class="share-query">
        <span>@{bot.value?.username}</span>
        <input value={query.value} maxLength={256} aria-label={t.words} onInput={(event) => typed(event.currentTarget.value)} />
      </label>
      <OpenBot />
      <Offered />
    </Sheet>
  );
}
