// SPDX-License-Identifier: Apache-2.0
import { effect, signal, type Signal } from '@preact/signals';

/** A signal whose value outlives the page in localStorage under `aisha.<name>`. A broken or forbidden store only
 *  means that nothing is remembered. */
export function stored<T>(name: string, initial: T): Signal<T> {
  const key = `aisha.${name}`;
  let start = initial;
  try {
    const text = localStorage.getItem(key);
    if (text !== null) start = JSON.parse(text) as T;
  } catch {
    start = initial;
  }
  const value = signal<T>(start);
  effect(() => {
    const text = JSON.stringify(value.value);
    try {
      localStorage.setItem(key, text);
    } catch {
      // private mode, quota
    }
  });
  return value;
}
