// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import * as api from '../api';
import { Icon } from '../icons';
import { callsVersion } from '../live';
import { attempt, personId } from '../store';
import { texts, type Texts } from '../texts';

const active = signal<api.Fault[]>([]);
const times = signal(1);

type Words = Texts['faults'];
interface Choice {
  label: keyof Words;
  rule: api.FaultRule;
}

const telegram: Choice[] = [
  { label: 't429', rule: { where: 'telegram', then: { status: 429, retry_after: 5 } } },
  { label: 't500', rule: { where: 'telegram', then: { status: 500 } } },
  { label: 'slow', rule: { where: 'telegram', then: { delay_ms: 3000 } } },
  { label: 'drop', rule: { where: 'telegram', then: { drop: 'before' } } },
  { label: 'dropAfter', rule: { where: 'telegram', then: { drop: 'after' } } },
];

interface Ending {
  label: keyof Words;
  settings: Record<string, unknown>;
}

/** How every fal request ends from now on; the first is how the sandbox starts. */
const endings: Ending[] = [
  { label: 'normal', settings: { queue_ms: 400, run_ms: 1200, steer: '' } },
  { label: 'queue', settings: { queue_ms: 20_000, run_ms: 1200, steer: '' } },
  { label: 'fail', settings: { queue_ms: 400, run_ms: 1200, steer: 'sandbox:500' } },
  { label: 'nsfw', settings: { queue_ms: 400, run_ms: 1200, steer: 'sandbox:nsfw' } },
  { label: 'timeout', settings: { queue_ms: 400, run_ms: 1200, steer: 'sandbox:hang' } },
];
const ending = signal<keyof Words>('normal');

const end = (choice: Ending) =>
  void attempt(async () => {
    await api.falSettings(choice.settings);
    ending.value = choice.label;
  });

async function load(): Promise<void> {
  active.value = await api.faults();
}

/** A Telegram fault waits for a call about the chat in view: the endless getUpdates must not use it up. */
const add = (rule: api.FaultRule) =>
  void attempt(async () => {
    const match = rule.where === 'telegram' ? { chat: String(personId.value) } : {};
    await api.addFault({ ...rule, match: { ...match, ...rule.match }, times: times.value });
    await load();
  });

export function Faults() {
  const version = callsVersion.value;
  useEffect(() => void attempt(load), [version]);
  const t = texts.value.faults;
  return (
    <>
      <section>
        <h2>{t.telegram}</h2>
        <Buttons choices={telegram} />
        <label class="field">
          {t.times}
          <input
            type="number"
            min={1}
            max={99}
            value={times.value}
            onInput={(event) => (times.value = Math.max(1, Number(event.currentTarget.value) || 1))}
          />
        </label>
      </section>
      <section>
        <h2>{t.fal}</h2>
        <div class="chips">
          {endings.map((choice) => (
            <button type="button" key={choice.label} aria-pressed={ending.value === choice.label} onClick={() => end(choice)}>
              {t[choice.label]}
            </button>
          ))}
        </div>
      </section>
      <Active />
    </>
  );
}

function Buttons({ choices }: { choices: Choice[] }) {
  const t = texts.value.faults;
  return (
    <div class="chips">
      {choices.map((choice) => (
        <button type="button" key={choice.label} onClick={() => add(choice.rule)}>
          {t[choice.label]}
        </button>
      ))}
    </div>
  );
}

function Active() {
  const t = texts.value.faults;
  const clear = () =>
    void attempt(async () => {
      await api.removeFaults();
      await load();
    });
  const remove = (id: number) =>
    void attempt(async () => {
      await api.removeFault(id);
      await load();
    });
  return (
    <section>
      <h2>{t.active}</h2>
      {active.value.length === 0 && <p class="hint">{t.none}</p>}
      <ul class="faults">
        {active.value.map((fault) => (
          <li key={fault.id}>
            <code>
              {fault.where} {JSON.stringify(fault.then)} {fault.times !== undefined && `× ${fault.times}`}
            </code>
            <button type="button" class="tiny" aria-label={t.remove} onClick={() => remove(fault.id)}>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {active.value.length > 0 && (
        <button type="button" class="wide" onClick={clear}>
          {t.clear}
        </button>
      )}
    </section>
  );
}
