// SPDX-License-Identifier: Apache-2.0
import { computed, effect, signal } from '@preact/signals';
import { stored } from './stored';

export type Theme = 'light' | 'dark';

const asked = new URLSearchParams(location.search).get('theme');
const choice = stored<Theme | null>('theme', null);
if (asked === 'light' || asked === 'dark') choice.value = asked;

const query = matchMedia('(prefers-color-scheme: dark)');
const system = signal<Theme>(query.matches ? 'dark' : 'light');
query.addEventListener('change', (event) => {
  system.value = event.matches ? 'dark' : 'light';
});

/** The theme in force: what the person chose, otherwise what the system prefers. */
export const theme = computed<Theme>(() => choice.value ?? system.value);

export function setTheme(value: Theme): void {
  choice.value = value;
}

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});
