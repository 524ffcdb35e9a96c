// SPDX-License-Identifier: Apache-2.0
// Follows the sandbox's stream of events and keeps the store true. After a break everything is fetched anew.
import { signal } from '@preact/signals';
import { loadReceived } from './friends';
import { attempt, loadBot, loadClock, loaded, loadPeople, messages, online, personId, refresh, resets, showAction, wasOnline } from './store';

interface LiveEvent {
  type: string;
  chat?: number;
  action?: string;
}

/** Grow by one whenever the bot called something or an update was made or moved on; the drawer listens. */
export const callsVersion = signal(0);
export const updatesVersion = signal(0);

const kRetryMs = 1000;

async function resync(): Promise<void> {
  await loadClock();
  await loadPeople();
  await Promise.all([loadBot(), refresh(), loadReceived()]);
  callsVersion.value += 1;
  updatesVersion.value += 1;
}

async function startOver(): Promise<void> {
  resets.value += 1;
  personId.value = null;
  messages.value = [];
  loaded.value = false;
  await resync();
}

function take(event: LiveEvent): void {
  const here = event.chat === undefined || event.chat === personId.value;
  switch (event.type) {
    case 'call':
      callsVersion.value += 1;
      break;
    case 'update':
      updatesVersion.value += 1;
      break;
    case 'action':
      if (here && event.action) showAction(event.action);
      break;
    case 'received':
      if (here) void attempt(loadReceived);
      break;
    case 'bot':
      void attempt(loadBot);
      break;
    case 'users':
      void attempt(loadPeople);
      break;
    case 'clock':
      void attempt(loadClock);
      break;
    case 'reset':
      void attempt(startOver);
      break;
    case 'messages':
      if (here) void attempt(refresh);
      break;
    default:
    // Webhook changes and the like: nothing of them is on this page.
  }
}

/** Connects and stays connected until the page is closed. */
export function connect(): void {
  const source = new EventSource('/sim/events');
  let ended = false;
  // The browser's own reconnection gives up for good on some failures, so each break starts a connection of its own: one,
  // whether the stream or a fetch notices it first.
  const retry = () => {
    if (ended) return;
    ended = true;
    source.close();
    online.value = false;
    window.setTimeout(connect, kRetryMs);
  };
  source.onopen = () => {
    resync().then(() => {
      if (!ended) online.value = wasOnline.value = true;
    }, retry);
  };
  source.onmessage = (message: MessageEvent<string>) => take(JSON.parse(message.data) as LiveEvent);
  source.onerror = retry;
}
