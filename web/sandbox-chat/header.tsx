// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { lang } from '../shared/language';
import { setTheme, theme } from '../shared/theme';
import { drawerOpen } from './drawer/drawer';
import { Icon } from './icons';
import { action, bot, online, speak, wasOnline } from './store';
import { texts } from './texts';

function Status() {
  const t = texts.value;
  if (!online.value) return <span class={wasOnline.value ? 'status lost' : 'status'}>{wasOnline.value ? t.offline : t.connecting}</span>;
  if (action.value === null) return <span class="status">{t.bot}</span>;
  return (
    <span class="status busy">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class="status-words">{t.actions[action.value] ?? t.actions['other']}</span>
    </span>
  );
}

const explained = signal(false);

/** Says that this is a sandbox; pressed, what that means. */
function Badge() {
  const t = texts.value.sandbox;
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const away = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !whole.current?.contains(event.target as Node)) explained.value = false;
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('keydown', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('keydown', away);
    };
  }, []);
  return (
    <div class="sandbox" ref={whole}>
      <button
        type="button"
        class="sandbox-badge"
        aria-expanded={explained.value}
        aria-describedby="sandbox-words"
        onClick={() => (explained.value = !explained.value)}
      >
        {t.badge}
      </button>
      <p id="sandbox-words" class="sandbox-words" hidden={!explained.value}>
        {t.words}
      </p>
    </div>
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
        <div class="who-line">
          <Badge />
          <div aria-live="off">
            <Status />
          </div>
        </div>
      </div>
      <button type="button" class="round" aria-label={`${other}: ${t.language}`} onClick={() => void speak(lang.value === 'ru' ? 'en' : 'ru')}>
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
