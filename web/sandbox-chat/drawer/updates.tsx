// SPDX-License-Identifier: Apache-2.0
import * as api from '../api';
import { updatesVersion } from '../live';
import { texts } from '../texts';
import type { UpdateRecord } from '../types';
import { journal } from './journal';

const log = journal(api.updates, (record) => record.n, (record) => !record.acknowledged);

const kindOf = (record: UpdateRecord) => Object.keys(record.update).find((key) => key !== 'update_id') ?? '';

function stateOf(record: UpdateRecord): string {
  const t = texts.value.updates;
  if (record.acknowledged) return t.done;
  return record.handed > 0 ? `${t.handed} × ${record.handed}` : t.waiting;
}

export function Updates() {
  log.useFollow(updatesVersion);
  return (
    <>
      {log.rows.value.length === 0 && <p class="hint">{texts.value.updates.none}</p>}
      <ul class="journal">
        {log.rows.value.map((record) => (
          <li key={record.n}>
            <details>
              <summary>
                <b>{kindOf(record)}</b>
                <span class="ms">{stateOf(record)}</span>
              </summary>
              <pre tabIndex={0}>{JSON.stringify(record.update, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
