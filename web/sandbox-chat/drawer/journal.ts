// SPDX-License-Identifier: Apache-2.0
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { attempt } from '../store';

/** How many rows the drawer keeps: enough to scroll, few enough to draw. */
const kKept = 300;

export interface Journal<Row> {
  rows: Signal<Row[]>;
  /** Fetches what is new whenever `version` changes, while the calling component is on screen. */
  useFollow(version: ReadonlySignal<number>): void;
}

/** A growing log of the sandbox, newest first. `fetchAfter(n)` gives the rows numbered above n, `numberOf` their
 *  number. A number that falls (the sandbox was reset) starts the log anew. */
export function journal<Row>(fetchAfter: (after: number) => Promise<Row[]>, numberOf: (row: Row) => number): Journal<Row> {
  const rows = signal<Row[]>([]);
  let busy = false;
  let again = false;

  async function load(): Promise<void> {
    again = busy;
    if (busy) return;
    busy = true;
    try {
      do {
        again = false;
        const first = rows.value[0];
        const fresh = await fetchAfter(first === undefined ? 0 : numberOf(first));
        if (fresh.length > 0) rows.value = [...fresh.reverse(), ...rows.value].slice(0, kKept);
      } while (again);
    } finally {
      busy = false;
    }
  }

  return {
    rows,
    useFollow(version) {
      const now = version.value;
      useEffect(() => void attempt(load), [now]);
    },
  };
}
