// SPDX-License-Identifier: Apache-2.0
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { attempt, resets } from '../store';

/** How many rows the drawer keeps: enough to scroll, few enough to draw. */
const kKept = 300;

export interface Journal<Row> {
  rows: Signal<Row[]>;
  /** Fetches what is new whenever `version` changes, while the calling component is on screen. */
  useFollow(version: ReadonlySignal<number>): void;
}

/** Of rows that are still open only the newest this many are asked for again. */
const kWatched = 40;

/** A growing log of the sandbox, newest first. `fetchAfter(n)` gives the rows numbered above n in order, `numberOf` their
 *  number, `isOpen` says that a row will still change. */
export function journal<Row>(
  fetchAfter: (after: number) => Promise<Row[]>,
  numberOf: (row: Row) => number,
  isOpen: (row: Row) => boolean,
): Journal<Row> {
  const rows = signal<Row[]>([]);
  let seen = 0;
  let busy = false;
  let again = false;

  async function load(): Promise<void> {
    again = busy;
    if (busy) return;
    busy = true;
    try {
      do {
        again = false;
        const generation = resets.value;
        if (generation !== seen) rows.value = [];
        seen = generation;
        const before = rows.value;
        const oldestOpen = before.slice(0, kWatched).findLast(isOpen);
        const newest = before[0];
        const after = oldestOpen ? numberOf(oldestOpen) - 1 : newest ? numberOf(newest) : 0;
        const fresh = await fetchAfter(after);
        if (generation !== resets.value) again = true;
        else if (fresh.length > 0) {
          rows.value = [...fresh.reverse(), ...before.filter((row) => numberOf(row) <= after)].slice(0, kKept);
        }
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
