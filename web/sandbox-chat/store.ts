// SPDX-License-Identifier: Apache-2.0
// The state of the page and the verbs that change it. Components read signals and call these functions.
import { computed, signal } from '@preact/signals';
import { askedLanguage, lang, type Lang } from '../shared/language';
import { stored } from '../shared/stored';
import * as api from './api';
import { alertModal, toast } from './notices';
import { texts } from './texts';
import type { Bot, Message, Person, Reaction, ReplyMarkup } from './types';

/** Telegram shows a chat action for at most this long. */
const kActionMs = 5000;

export const people = signal<Person[]>([]);
const remembered = stored<number | null>('person', null);
export const personId = signal<number | null>(null);
export const person = computed(() => people.value.find((one) => one.id === personId.value) ?? null);
export const bot = signal<Bot | null>(null);

export const messages = signal<Message[]>([]);
export const reactions = signal<Record<string, Reaction[]>>({});
export const replyMarkup = signal<ReplyMarkup | null>(null);
/** False until the chat in view has been fetched: an unknown chat must not look like an empty one. */
export const loaded = signal(false);
export const online = signal(false);
export const action = signal<string | null>(null);
/** True once the page has been connected: what is lost later is a break, not a start. */
export const wasOnline = signal(false);
/** Whether the sandbox can give coins: it needs a bot that takes part (`aisha demo`). */
export const givesCoins = signal(false);
/** Sandbox's clock minus this machine's, ms. */
export const clockOffset = signal(0);
export const sound = stored('sound', true);
/** Text that the composer should take over (a switch_inline button, a command chosen from the list). */
export const draft = signal('');

export const started = computed(() => messages.value.length > 0);
export const blocked = computed(() => person.value?.blocked === true);
export const sandboxNow = () => Date.now() + clockOffset.value;

/** Grows whenever the sandbox was reset: logs begin anew. */
export const resets = signal(0);

/** Called with the messages that were not in the chat before, all from the bot. */
type ArrivalListener = (arrived: Message[]) => void;
const arrivalListeners = new Set<ArrivalListener>();
export function onArrival(listener: ArrivalListener): () => void {
  arrivalListeners.add(listener);
  return () => arrivalListeners.delete(listener);
}

/** What a person reads when `error` happened. */
function sentenceOf(error: unknown): string {
  const words = texts.value.errors;
  const code = error instanceof api.SimError ? error.code : '';
  return words[code] ?? words['other'] ?? '';
}

/** Runs `work`; a refusal becomes a toast instead of an unhandled rejection. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    console.info(error instanceof Error ? error.message : error);
    toast(sentenceOf(error));
    return false;
  }
}

export async function loadPeople(): Promise<void> {
  let list = await api.users();
  if (list.length === 0) {
    await api.createUser(newPerson(document.documentElement.lang, false));
    list = await api.users();
  }
  people.value = list;
  if (person.value) return;
  const asked = Number(new URLSearchParams(location.search).get('user'));
  const wanted =
    list.find((one) => one.id === asked) ??
    list.find((one) => one.id === remembered.value) ??
    list.find((one) => one.language_code === document.documentElement.lang) ??
    list[0];
  if (wanted) await choosePerson(wanted.id);
  if (!askedLanguage()) speakAs(wanted);
}

/** The page speaks the language of the person in view. */
function speakAs(who: Person | undefined): void {
  if (who?.language_code === 'ru' || who?.language_code === 'en') lang.value = who.language_code;
}

/** Another person takes the chair. */
export async function sitDown(who: Person): Promise<void> {
  speakAs(who);
  await choosePerson(who.id);
}

function newPerson(language: string, premium: boolean): Partial<Person> {
  const names = texts.value.stage.names;
  const name = names[people.value.length % names.length] ?? 'Aisha';
  return { first_name: name, language_code: language, ...(premium ? { is_premium: true } : {}) };
}

export async function addPerson(language: string, premium: boolean): Promise<void> {
  const made = await api.createUser(newPerson(language, premium));
  people.value = await api.users();
  await sitDown(made);
}

export async function choosePerson(id: number): Promise<void> {
  personId.value = id;
  remembered.value = id;
  messages.value = [];
  reactions.value = {};
  replyMarkup.value = null;
  action.value = null;
  loaded.value = false;
  await Promise.all([loadBot(), refresh()]);
}

export async function loadBot(): Promise<void> {
  const list = await api.bots(person.value?.language_code ?? 'en');
  bot.value = list[0] ?? null;
}

export async function loadClock(): Promise<void> {
  const before = Date.now();
  const health = await api.health();
  clockOffset.value = health.clock - (before + Date.now()) / 2;
  givesCoins.value = health.top_up === true;
}

let fetching = false;
let again = false;

/** Fetches the chat in view. Calls that come while one is under way make one more fetch, not many. */
export async function refresh(): Promise<void> {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    do {
      again = false;
      await fetchOnce();
    } while (again);
  } finally {
    fetching = false;
  }
}

const photoOf = (message: Message | undefined) => message?.photo?.[0]?.file_unique_id;

async function fetchOnce(): Promise<void> {
  const chat = personId.value;
  if (chat === null) return;
  const answer = await api.conversation(chat);
  if (chat !== personId.value) {
    again = true;
    return;
  }
  const known = new Map(messages.value.map((message) => [message.message_id, message]));
  // The same object for the same content: only what changed is drawn again.
  const next = answer.messages.map((message) => {
    const before = known.get(message.message_id);
    return before && JSON.stringify(before) === JSON.stringify(message) ? before : message;
  });
  const repainted = next.some((m) => known.has(m.message_id) && photoOf(m) !== photoOf(known.get(m.message_id)));
  const arrived = loaded.value ? next.filter((m) => !known.has(m.message_id) && m.from?.is_bot) : [];
  messages.value = next;
  reactions.value = answer.reactions ?? {};
  replyMarkup.value = answer.reply_markup ?? null;
  loaded.value = true;
  if (arrived.length > 0 || repainted) action.value = null;
  if (arrived.length > 0) {
    arrivalListeners.forEach((listener) => listener(arrived));
  }
}

let actionTimer = 0;
export function showAction(name: string): void {
  clearTimeout(actionTimer);
  action.value = name;
  actionTimer = window.setTimeout(() => {
    action.value = null;
  }, kActionMs);
}

export async function send(what: api.Outgoing): Promise<boolean> {
  const chat = personId.value;
  if (chat === null) return false;
  const done = await attempt(() => api.send(chat, what));
  if (done) await attempt(refresh);
  return done;
}

export const sendText = (text: string) => send({ text });

/** True while the sample photos are being made and sent. */
export const sendingSamples = signal(false);
export async function sendSamples(): Promise<void> {
  const chat = personId.value;
  if (chat === null || sendingSamples.value) return;
  sendingSamples.value = true;
  const done = await attempt(() => api.sendSamples(chat));
  sendingSamples.value = false;
  if (done) await attempt(refresh);
}

/** True while Start is on its way: pressing it twice says it once. */
export const starting = signal(false);
export async function startWith(payload: string): Promise<void> {
  if (starting.value) return;
  starting.value = true;
  await send({ start: payload });
  starting.value = false;
}

/** True while coins are on their way. */
export const toppingUp = signal(false);
export async function topUp(): Promise<void> {
  const who = personId.value;
  if (who === null || toppingUp.value) return;
  toppingUp.value = true;
  await attempt(async () => {
    const given = await api.topUp(who);
    toast(texts.value.coins.given(given.coins, given.balance));
  });
  toppingUp.value = false;
}

/** One switch for the page and for the person's Telegram, from which the bot takes its language. */
export async function speak(language: Lang): Promise<void> {
  lang.value = language;
  const who = person.value;
  if (!who || who.language_code === language) return;
  await attempt(async () => {
    await api.setLanguage(who.id, language);
    people.value = await api.users();
    await loadBot();
  });
}

export async function setBlocked(value: boolean): Promise<void> {
  const chat = personId.value;
  if (chat === null) return;
  await attempt(() => (value ? api.block(chat) : api.unblock(chat)));
  people.value = await api.users();
}

/** What the bot's answer to a pressed button asks to show. */
export function showAnswer(answer: { toast?: string | null; alert?: string | boolean | null }): void {
  if (typeof answer.alert === 'string' && answer.alert !== '') alertModal(answer.alert);
  else if (answer.alert === true) alertModal(answer.toast ?? '');
  else if (answer.toast) toast(answer.toast);
}
