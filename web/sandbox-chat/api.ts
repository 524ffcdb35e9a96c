// SPDX-License-Identifier: Apache-2.0
// The routes of the sandbox that the page uses (`/sim/*`). Nothing else talks to the network.
import type { Bot, Call, Conversation, InlineAnswer, Person, PressResult, UpdateRecord, ViaMessage } from './types';

/** Thrown when the sandbox refuses or cannot be reached. The message is the sandbox's sentence, in English, for logs; what a
 *  person reads follows from `code` (`sentenceOf` in `store.ts`). */
export class SimError extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** Not the sandbox's: nothing answered. */
export const kOffline = 'offline';

async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let answer: Response;
  try {
    answer = await fetch(`/sim${path}`, init);
  } catch (cause) {
    throw new SimError(String(cause), kOffline);
  }
  const data = (await answer.json().catch(() => ({}))) as { error?: string; code?: string };
  if (!answer.ok) throw new SimError(data.error ?? `HTTP ${answer.status}`, data.code ?? '');
  return data as T;
}

const get = <T>(path: string) => request<T>('GET', path);
const post = <T>(path: string, body: unknown = {}) => request<T>('POST', path, body);

export interface Health {
  ok: boolean;
  clock: number;
  /** Whether the demo's bot would hear of a message now. */
  bot?: { ready: boolean };
  /** Whether this sandbox can give a person coins. */
  top_up?: boolean;
}

export const health = () => get<Health>('/health');
export const users = () => get<{ users: Person[] }>('/users').then((answer) => answer.users);
export const createUser = (person: Partial<Person>) => post<Person>('/users', person);

/** The language a person uses their Telegram in; the bot hears of it with their next update. */
export const setLanguage = (person: number, language: string) => post<Person>(`/users/${person}`, { language_code: language });
/** Coins of the sandbox for a person: how many, and what they have then. */
export const topUp = (person: number) => post<{ coins: number; balance: number }>(`/chats/${person}/top_up`);

export const bots = (language: string) =>
  get<{ bots: Bot[] }>(`/bots?language=${encodeURIComponent(language)}`).then((answer) => answer.bots);

export const conversation = (chat: number) => get<Conversation>(`/chats/${chat}/messages`);

export type Outgoing =
  | { text: string }
  | { photo: string; caption?: string; name?: string }
  | { document: string; name: string; mime_type?: string; caption?: string }
  | { start: string }
  | { media: Enclosed[] };

/** One file of an album, in base64. */
export type Enclosed =
  | { photo: string; caption?: string; name?: string }
  | { document: string; name: string; mime_type?: string; caption?: string };

/** Twelve photos of the sandbox's own, as albums. */
export const sendSamples = (chat: number) => post<unknown>(`/chats/${chat}/samples`);

export const send = (chat: number, what: Outgoing) => post<unknown>(`/chats/${chat}/send`, what);

/** Presses the button in that place and waits up to `wait` ms for the bot's answer. */
export const press = (chat: number, message: number, row: number, column: number, wait: number) =>
  post<PressResult>(`/chats/${chat}/press`, { message_id: message, row, column, wait });

/** An empty `emoji` takes the person's reaction back. */
export const react = (chat: number, message: number, emoji: string) =>
  post<unknown>(`/chats/${chat}/react`, { message_id: message, emoji });

export const block = (chat: number) => post<unknown>(`/chats/${chat}/block`);
export const unblock = (chat: number) => post<unknown>(`/chats/${chat}/unblock`);
export const pay = (chat: number, message: number) => post<unknown>(`/chats/${chat}/pay`, { message_id: message });

/** What the bot offers for these words; waits up to five seconds for its answer. */
export const inlineQuery = (person: number, query: string, offset: string) =>
  post<InlineAnswer>(`/chats/${person}/inline`, { query, offset });
/** Sends a result of an answered query to somebody else. */
export const pickResult = (person: number, query: string, result: string, to: number) =>
  post<unknown>(`/chats/${person}/inline`, { inline_query_id: query, pick: result, to });
export const resultPhotoUrl = (query: string, result: string) => `/sim/inline/${query}/${encodeURIComponent(result)}`;
/** What a person got from others, the oldest first. */
export const received = (person: number) => get<{ messages: ViaMessage[] }>(`/shared/${person}`).then((answer) => answer.messages);
export const receivedPhotoUrl = (person: number, message: number) => `/sim/shared/${person}/photo/${message}`;

/** `unique` changes with the picture, so an edited message never shows the old one from the browser's cache. A number is
 *  how many pixels the longer side must have at least. */
export const photoUrl = (chat: number, message: number, unique: string, size: 'max' | 'min' | number) =>
  `/sim/chats/${chat}/photo/${message}?size=${size}&v=${encodeURIComponent(unique)}`;

export const documentUrl = (chat: number, message: number, unique: string) =>
  `/sim/chats/${chat}/document/${message}?v=${encodeURIComponent(unique)}`;

export const calls = (after: number) => get<{ calls: Call[] }>(`/calls?after=${after}`).then((answer) => answer.calls);

export const updates = (after: number) =>
  get<{ updates: UpdateRecord[] }>(`/updates?after=${after}`).then((answer) => answer.updates);

export interface FaultRule {
  where: 'telegram' | 'fal' | 'fal_files';
  match?: { method?: string; chat?: string; endpoint?: string; path?: string };
  times?: number;
  then: {
    status?: number;
    body?: unknown;
    retry_after?: number;
    delay_ms?: number;
    drop?: 'before' | 'after';
  };
}

export interface Fault extends FaultRule {
  id: number;
}

export const faults = () => get<{ faults: Fault[] }>('/faults').then((answer) => answer.faults);
export const addFault = (rule: FaultRule) => post<{ id: number }>('/faults', rule);
export const removeFault = (id: number) => request<unknown>('DELETE', `/faults/${id}`);
export const removeFaults = () => request<unknown>('DELETE', '/faults');
export const falSettings = (settings: Record<string, unknown>) => post<unknown>('/fal/settings', settings);
export const advanceClock = (ms: number) => post<unknown>('/clock', { advance_ms: ms });
export const reset = () => post<unknown>('/reset');
