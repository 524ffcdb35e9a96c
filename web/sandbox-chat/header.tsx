// SPDX-License-Identifier: Apache-2.0
import { lang } from '../shared/language';
import { setTheme, theme } from '../shared/theme';
import { drawerOpen } from './drawer/drawer';
import { Icon } from './icons';
import { action, bot, online } from './store';
import { texts } from './texts';

function Status() {
  const t = texts.value;
  if (!online.value) return <span class="status">{t.connecting}</span>;
  if (action.value === null) return <span class="status">{t.bot}</span>;
  return (
    <span class="status busy">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {t.actions[action.value] ?? t.actions['other']}
    </span>
  );
}

export function Header() {
  const t = texts.value;
  const other = lang.value === 'ru' ? 'EN' : 'RU';
  const dark = theme.value === 'dark';
  return (
    <header class="header">
      <img class="face" src="/icon.svg" alt="" width="40" height="40" />
      <div class="who">
        <h1>{bot.value?.first_name ?? 'Aisha'}</h1>
        <div aria-live="off">
          <Status />
        </div>
      </div>
      <button type="button" class="round" aria-label={`${other}: ${t.language}`} onClick={() => (lang.value = lang.value === 'ru' ? 'en' : 'ru')}>
        <span class="lang">{other}</span>
      </button>
      <button type="button" class="round" aria-label={t.theme} aria-pressed={dark} onClick={() => setTheme(dark ? 'light' : 'dark')}>
        <Icon name={dark ? 'sun' : 'moon'} />
      </button>
      <button
        type="button"
        class="round"
        aria-label={t.drawer}
        aria-expanded={drawerOpen.value}
        onClick={() => (drawerOpen.value = !drawerOpen.value)}
      >
        <Icon name="panel" />
      </button>
    </header>
  );
}
