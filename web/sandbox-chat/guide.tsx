// SPDX-License-Identifier: Apache-2.0
// The first-run strip: three taps to the first picture. Each step points at the button it means.
import { computed, effect, signal } from '@preact/signals';
import { stored } from '../shared/stored';
import { Icon } from './icons';
import { lastPress } from './press';
import { loaded, messages, personId } from './store';
import { texts } from './texts';

const hidden = stored('guide-hidden', false);
const kCreate = '🎨';

/** Labels the bot's own screens begin with: to create, to cancel what runs, to download a result. */
const kCancel = '✖️';
const kDownload = '💾';

const keysOf = () => messages.value.flatMap((message) => message.reply_markup?.inline_keyboard?.flat() ?? []);
const hasNumbers = () => keysOf().some((key) => /^\d$/.test(key.text));

const picturesOf = () => keysOf().filter((key) => key.text.startsWith(kDownload)).length;

const hasKey = (start: string) => keysOf().some((key) => key.text.startsWith(start));

/** Steps done: Start pressed, the numbers are on the table, a picture is being made, it is there, and more than one is. */
const progress = computed(() => {
  if (messages.value.length === 0) return 0;
  if (hasKey(kDownload)) return picturesOf() > 1 ? 5 : 4;
  const making = hasKey(kCancel) && /^(\d$|🎨)/u.test(lastPress.value.text);
  if (making) return 3;
  return hasNumbers() ? 2 : 1;
});

/** Numbers on the table: a picture that is being made may still fail or be cancelled. */
const kSure = 2;

/** The furthest step of the person in view: going back in the bot's menus undoes nothing. */
const done = signal(0);
let walker: number | null = null;
effect(() => {
  const now = progress.value;
  const before = done.peek() === 3 ? kSure : done.peek();
  done.value = personId.value === walker ? Math.max(now, before) : now;
  walker = personId.value;
});

/** The last words go with the next thing the person does, when they have had this long to read them: a strip that goes by
 *  itself would move the talk under their eyes. */
const kFarewellMs = 3_000;
let saidAt = 0;
effect(() => {
  if (done.value === 4 && saidAt === 0) saidAt = Date.now();
});
for (const kind of ['pointerdown', 'keydown']) {
  document.addEventListener(kind, () => {
    if (saidAt !== 0 && Date.now() - saidAt > kFarewellMs) hidden.value = true;
  });
}

function target(step: number): HTMLElement | undefined {
  if (step === 0) return document.querySelector<HTMLElement>('[data-guide=start]') ?? undefined;
  const keys = [...document.querySelectorAll<HTMLElement>('.message .key')].reverse();
  const fits = (key: HTMLElement) => {
    const label = key.dataset['button'] ?? '';
    return step === 1 ? label.startsWith(kCreate) : label === '1';
  };
  return keys.find(fits);
}

/** Shows which button is meant and puts the focus there. */
function point(step: number): void {
  const button = target(step);
  if (!button) return;
  button.scrollIntoView({ block: 'center', behavior: 'smooth' });
  button.focus({ preventScroll: true });
  button.classList.remove('pointed');
  requestAnimationFrame(() => button.classList.add('pointed'));
}

export function Guide() {
  if (hidden.value || !loaded.value || done.value > 4) return null;
  const t = texts.value.guide;
  const at = done.value;
  return (
    <aside class="guide" aria-label={t.title}>
      <ol>
        {at < 3 ? (
          t.steps.map((words, step) => (
            <li key={step} class={step < at ? 'done' : step === at ? 'now' : ''}>
              <button type="button" disabled={step !== at} onClick={() => point(step)}>
                <span class="guide-n">{step < at ? <Icon name="check" /> : step + 1}</span>
                <span class="guide-words">{words}</span>
              </button>
            </li>
          ))
        ) : (
          <li class="now guide-end">{at === 3 ? t.making : t.done}</li>
        )}
      </ol>
      <button type="button" class="tiny" aria-label={t.hide} onClick={() => (hidden.value = true)}>
        <Icon name="close" />
      </button>
    </aside>
  );
}
