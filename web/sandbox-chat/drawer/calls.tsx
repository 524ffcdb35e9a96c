// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import { stored } from '../../shared/stored';
import { fileSize } from '../../shared/format';
import * as api from '../api';
import { callsVersion } from '../live';
import { texts } from '../texts';
import type { Call } from '../types';
import { journal } from './journal';

const log = journal(api.calls, (call) => call.n, (call) => call.status === 0);
const filter = signal('');
const quiet = stored('quiet-calls', true);

function wanted(call: Call): boolean {
  if (quiet.value && call.method.toLowerCase() === 'getupdates') return false;
  const word = filter.value.toLowerCase();
  return word === '' || `${call.method} ${JSON.stringify(call.parameters)}`.toLowerCase().includes(word);
}

export function Calls() {
  log.useFollow(callsVersion);
  const t = texts.value.calls;
  const shown = log.rows.value.filter(wanted);
  return (
    <>
      <div class="filter">
        <input
          type="search"
          placeholder={t.filter}
          aria-label={t.filter}
          value={filter.value}
          onInput={(event) => (filter.value = event.currentTarget.value)}
        />
        <label class="switch">
          <input type="checkbox" checked={quiet.value} onChange={(event) => (quiet.value = event.currentTarget.checked)} />
          <span>{t.quiet}</span>
        </label>
      </div>
      {shown.length === 0 && <p class="hint">{t.none}</p>}
      <ul class="journal">
        {shown.map((call) => (
          <li key={call.n}>
            <CallRow call={call} />
          </li>
        ))}
      </ul>
    </>
  );
}

function CallRow({ call }: { call: Call }) {
  const t = texts.value.calls;
  const state = call.status === 0 ? '' : call.status < 300 ? 'good' : 'bad';
  const files = call.files ?? [];
  return (
    <details>
      <summary>
        <span class={`code ${state}`}>{call.status === 0 ? '…' : call.status}</span>
        <b>{call.method}</b>
        <span class="ms">{Math.round(call.ms)} ms</span>
      </summary>
      <h3>{t.params}</h3>
      <pre tabIndex={0}>{JSON.stringify(call.parameters, null, 2)}</pre>
      {files.length > 0 && (
        <>
          <h3>{t.files}</h3>
          <pre tabIndex={0}>
            {files.map((file) => `${file.name ?? ''} ${file.type ?? ''} ${fileSize(file.size ?? 0)}\n`).join('')}
          </pre>
        </>
      )}
      <h3>{t.response}</h3>
      <pre tabIndex={0}>{JSON.stringify(call.answer, null, 2)}</pre>
    </details>
  );
}
