// SPDX-License-Identifier: Apache-2.0
// The list of messages: days, order, scrolling, what is announced.
import { signal, useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { dayKey, dayName } from '../shared/format';
import { lang } from '../shared/language';
import { Icon } from './icons';
import { MessageView } from './message';
import { Toast } from './notices';
import { bot, givesCoins, loaded, messages, onArrival, personId, sandboxNow, sound, toppingUp, topUp } from './store';
import { blip } from './sound';
import { texts } from './texts';
import type { Message } from './types';

/** Nearer to the end than this, px, the reader is following the talk and stays at its end. */
const kNear = 160;
const kDayMs = 86_400_000;

const below = signal(0);
const unseen = signal(0);
let firstFresh = 0;

function dayLabel(ms: number): string {
  const t = texts.value;
  const now = sandboxNow();
  if (dayKey(ms) === dayKey(now)) return t.today;
  return dayKey(ms) === dayKey(now - kDayMs) ? t.yesterday : dayName(ms, now);
}

function titleCounter(): void {
  const name = bot.value?.first_name ?? 'Aisha';
  document.title = unseen.value > 0 ? `(${unseen.value}) ${name}` : name;
}

function useArrivals(atEnd: { current: boolean }): void {
  useEffect(
    () =>
      onArrival((arrived) => {
        if (sound.value) blip();
        if (document.hidden) unseen.value += arrived.length;
        if (!atEnd.current) below.value += arrived.length;
      }),
    [],
  );
  useEffect(() => {
    const seen = () => {
      if (!document.hidden) unseen.value = 0;
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);
  useSignalEffect(titleCounter);
}

/** Keeps the end in view while the reader is there: new messages, photos that load, edits that grow, keyboards. A short talk
 *  stands on the ground by a transform: it begins at the top of the layout, so that nothing of it ever shifts in there. */
function useStickToEnd(scroller: { current: HTMLDivElement | null }, onResize: () => void): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    const content = element?.firstElementChild;
    if (!element || !(content instanceof HTMLElement)) return;
    const stick = () => {
      const room = Math.max(0, element.clientHeight - content.offsetHeight);
      content.style.transform = room === 0 ? '' : `translateY(${room}px)`;
      onResize();
    };
    stick();
    const observer = new ResizeObserver(stick);
    observer.observe(content);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}

/** The day floats over the talk while it is being scrolled and for this long after, ms. */
const kDayStaysMs = 1500;

/** Hides the day names that float; one at its own place in the talk stays. */
function useFadingDays(scroller: { current: HTMLDivElement | null }): () => void {
  const timer = useRef(0);
  return () => {
    const element = scroller.current;
    if (!element) return;
    element.classList.add('scrolling');
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => element.classList.remove('scrolling'), kDayStaysMs);
    const top = element.getBoundingClientRect().top;
    for (const name of element.querySelectorAll<HTMLElement>('.day-name')) {
      const day = name.parentElement?.getBoundingClientRect();
      name.classList.toggle('floats', day !== undefined && day.top < top);
    }
  };
}

export function Chat() {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  const lastHeight = useRef(0);
  const shown = messages.value;
  const own = shown.filter((message) => !message.from?.is_bot).at(-1)?.message_id ?? 0;
  useArrivals(atEnd);
  const showDays = useFadingDays(scroller);

  const toEnd = () => {
    atEnd.current = true;
    below.value = 0;
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useStickToEnd(scroller, () => {
    lastHeight.current = scroller.current?.scrollHeight ?? 0;
    if (atEnd.current) toEnd();
  });
  useLayoutEffect(toEnd, [personId.value, own, loaded.value]);
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    showDays();
    // A card that went made the talk shorter and moved it: no reader did.
    if (element.scrollHeight !== lastHeight.current) return;
    // Only a reader moves up. Far from the end without having moved up means that messages came faster than frames.
    const up = element.scrollTop < lastTop.current;
    lastTop.current = element.scrollTop;
    if (element.scrollHeight - element.scrollTop - element.clientHeight < kNear) {
      atEnd.current = true;
      below.value = 0;
    } else if (up) {
      atEnd.current = false;
    }
  };
  const t = texts.value;
  return (
    <div class="log-wrap">
      <div class="log-scroll" ref={scroller} onScroll={onScroll} tabIndex={0} role="region" aria-label={t.chatLog}>
        <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label={t.chatLog}>
          {loaded.value && shown.length === 0 ? <Empty /> : <Days messages={shown} />}
          <MoreCoins />
        </div>
      </div>
      <Toast />
      {below.value > 0 && (
        <button type="button" class="to-end" aria-label={`${t.scrollDown}: ${t.newMessages(below.value)}`} onClick={toEnd}>
          <Icon name="down" />
          <span class="badge">{below.value}</span>
        </button>
      )}
    </div>
  );
}

type Group = [Message, ...Message[]];

/** Messages in groups of what is shown as one: an album is one. */
function together(list: Message[]): Group[] {
  const groups: Group[] = [];
  for (const message of list) {
    const last = groups.at(-1);
    if (last && message.media_group_id !== undefined && message.media_group_id === last[0].media_group_id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function Days({ messages: list }: { messages: Message[] }) {
  if (firstFresh === 0 && list.length > 0) firstFresh = (list.at(-1)?.message_id ?? 0) + 1;
  const days = new Map<string, Message[]>();
  for (const message of list) {
    const key = dayKey(message.date * 1000);
    days.set(key, [...(days.get(key) ?? []), message]);
  }
  return (
    <>
      {[...days].map(([key, ofDay]) => (
        <section class="day" key={key}>
          <h2 class="day-name">
            <span key={lang.value}>{dayLabel((ofDay[0]?.date ?? 0) * 1000)}</span>
          </h2>
          {together(ofDay).map(([first, ...rest]) => (
            <MessageView key={first.message_id} message={first} album={rest} fresh={first.message_id >= firstFresh} />
          ))}
        </section>
      ))}
    </>
  );
}

/** Signs a bot's words begin with when they are about coins. */
const kCoins = '💎';

/** The sandbox's own offer under a bot's message about coins, as long as nothing came after it. */
function MoreCoins() {
  const last = messages.value.at(-1);
  const about = last?.from?.is_bot === true && (last.caption ?? last.text ?? '').startsWith(kCoins);
  if (!about || !givesCoins.value) return null;
  return (
    <button type="button" class="coins-more" disabled={toppingUp.value} onClick={() => void topUp()}>
      {texts.value.coins.more}
    </button>
  );
}

function Empty() {
  const t = texts.value;
  const shown = bot.value;
  return (
    <div class="empty">
      <img class="empty-face" src="/icon.svg" alt="" width="84" height="84" />
      <h2>{shown?.first_name ?? 'Aisha'}</h2>
      <h3>{t.emptyTitle}</h3>
      <p>{shown?.description || t.emptyText}</p>
      <p class="empty-sandbox">
        <b>{t.sandbox.badge}.</b> {t.sandbox.words}
      </p>
    </div>
  );
}
