// SPDX-License-Identifier: Apache-2.0
import { stored } from '../../shared/stored';
import * as api from '../api';
import { Icon } from '../icons';
import { ask } from '../notices';
import {
  addPerson,
  attempt,
  blocked,
  givesCoins,
  loadClock,
  people,
  personId,
  sandboxNow,
  setBlocked,
  sitDown,
  sound,
  started,
  toppingUp,
  topUp,
} from '../store';
import { lang } from '../../shared/language';
import { texts } from '../texts';
import type { Person } from '../types';

/** Width of the chat in CSS pixels; null lets it take what there is. */
export const width = stored<number | null>('width', null);
const asked = Number(new URLSearchParams(location.search).get('width'));
if (asked >= 320) width.value = asked;

const kWidths = [360, 390, 430];
const kHourMs = 3_600_000;

export function Stage() {
  const t = texts.value.stage;
  return (
    <>
      <section>
        <h2>{t.people}</h2>
        <ul class="people">
          {people.value.map((one) => (
            <PersonRow key={one.id} one={one} />
          ))}
        </ul>
        <p class="hint">{t.add}</p>
        <div class="chips">
          <button type="button" onClick={() => void attempt(() => addPerson('ru', false))}>
            <Icon name="plus" /> {t.addRu}
          </button>
          <button type="button" onClick={() => void attempt(() => addPerson('en', false))}>
            <Icon name="plus" /> {t.addEn}
          </button>
          <button type="button" onClick={() => void attempt(() => addPerson(lang.value, true))}>
            <Icon name="plus" /> {t.addPremium}
          </button>
        </div>
        <button type="button" class="wide" onClick={() => void setBlocked(!blocked.value)}>
          {blocked.value ? t.unblock : t.block}
        </button>
      </section>
      {givesCoins.value && <Coins />}
      <Widths />
      <Clock />
      <section>
        <label class="switch">
          <input type="checkbox" checked={sound.value} onChange={(event) => (sound.value = event.currentTarget.checked)} />
          <span>{t.sound}</span>
        </label>
      </section>
      <section>
        <button type="button" class="wide danger" onClick={startOver}>
          {t.reset}
        </button>
      </section>
    </>
  );
}

function PersonRow({ one }: { one: Person }) {
  const t = texts.value.stage;
  const marks = [one.language_code, one.is_premium ? t.addPremium : '', one.blocked ? t.blockedMark : ''];
  const here = one.id === personId.value;
  return (
    <li>
      <button type="button" class="person" aria-pressed={here} onClick={() => void attempt(() => sitDown(one))}>
        <span class={`person-face tint-${one.id % 6}`} aria-hidden="true">
          {one.first_name.slice(0, 1)}
        </span>
        <span class="person-words">
          <b>{[one.first_name, one.last_name].filter(Boolean).join(' ')}</b>
          <small>{marks.filter(Boolean).join(' · ')}</small>
        </span>
        {!here && (one.unread ?? 0) > 0 && <span class="badge">{one.unread}</span>}
      </button>
    </li>
  );
}

function Coins() {
  const t = texts.value.coins;
  return (
    <section>
      <h2>{t.title}</h2>
      <p class="hint">{t.hint}</p>
      <button type="button" class="wide" disabled={!started.value || toppingUp.value} onClick={() => void topUp()}>
        {t.more}
      </button>
    </section>
  );
}

function Widths() {
  const t = texts.value.stage;
  return (
    <section>
      <h2>{t.width}</h2>
      <div class="segments">
        {kWidths.map((px) => (
          <button type="button" key={px} aria-pressed={width.value === px} onClick={() => (width.value = px)}>
            {px}
          </button>
        ))}
        <button type="button" aria-pressed={width.value === null} onClick={() => (width.value = null)}>
          {t.wide}
        </button>
      </div>
    </section>
  );
}

function Clock() {
  const t = texts.value.stage;
  const now = new Intl.DateTimeFormat(lang.value, { dateStyle: 'medium', timeStyle: 'short' }).format(sandboxNow());
  const advance = (ms: number) =>
    void attempt(async () => {
      await api.advanceClock(ms);
      await loadClock();
    });
  return (
    <section>
      <h2>{t.clock}</h2>
      <p class="hint">{now}</p>
      <div class="chips">
        <button type="button" onClick={() => advance(3 * 60_000)}>
          {t.plusMinutes}
        </button>
        <button type="button" onClick={() => advance(48 * kHourMs)}>
          {t.plus48}
        </button>
      </div>
    </section>
  );
}

function startOver(): void {
  const t = texts.value.stage;
  ask({ text: t.resetAsk, yes: t.resetYes, danger: true, onYes: () => void attempt(api.reset) });
}
