// SPDX-License-Identifier: Apache-2.0
import { lang } from './language';

/** Hours and minutes in the reader's zone; 24 hours in both languages, as messengers do. */
export function clockTime(seconds: number): string {
  return new Intl.DateTimeFormat(lang.value, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    seconds * 1000,
  );
}

/** Hours, minutes, seconds of a moment in milliseconds. */
export function clockSeconds(ms: number): string {
  return new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms);
}

/** The calendar day as a key that sorts and compares: 2026-01-15, in the reader's zone. */
export function dayKey(ms: number): string {
  const date = new Date(ms);
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

export function dayName(ms: number, now: number): string {
  const date = new Date(ms);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(lang.value, { day: 'numeric', month: 'long', ...year }).format(ms);
}

/** 1234567 -> "1,2 МБ". Units are decimal, as file managers count. */
export function fileSize(bytes: number): string {
  const units = lang.value === 'ru' ? ['Б', 'КБ', 'МБ', 'ГБ'] : ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  const number = new Intl.NumberFormat(lang.value, { maximumFractionDigits: digits }).format(value);
  return `${number} ${units[unit]}`;
}
