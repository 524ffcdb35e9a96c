// SPDX-License-Identifier: Apache-2.0
import { effect } from '@preact/signals';
import { stored } from './stored';

export type Lang = 'ru' | 'en';

/** The language that the address asks for, if it does. */
export function askedLanguage(): Lang | null {
  const asked = new URLSearchParams(location.search).get('lang');
  return asked === 'ru' || asked === 'en' ? asked : null;
}

function guess(): Lang {
  const asked = askedLanguage();
  if (asked) return asked;
  const spoken = navigator.language.slice(0, 2).toLowerCase();
  return ['ru', 'be', 'kk', 'uk'].includes(spoken) ? 'ru' : 'en';
}

/** The language of the page itself. An explicit `?lang=` wins over what was remembered. */
export const lang = stored<Lang>('lang', guess());
if (askedLanguage()) lang.value = guess();

effect(() => {
  document.documentElement.lang = lang.value;
});

/** The CLDR plural form of `n` among `forms`: Russian takes one, few, many; English takes one, other. */
export function plural(n: number, forms: readonly string[]): string {
  const rule = new Intl.PluralRules(lang.value).select(n);
  const index = { one: 0, few: 1, many: 2, other: forms.length - 1, zero: forms.length - 1, two: 1 }[rule];
  return forms[Math.min(index, forms.length - 1)] ?? '';
}
