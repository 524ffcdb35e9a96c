// SPDX-License-Identifier: Apache-2.0
// The developer's drawer: who talks, what breaks, what was called, what happened.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { stored } from '../../shared/stored';
import { Icon } from '../icons';
import { texts } from '../texts';
import { Calls } from './calls';
import { Faults } from './faults';
import { Stage } from './stage';
import { Updates } from './updates';

type Tab = 'stage' | 'faults' | 'calls' | 'updates';
const tabs: Tab[] = ['stage', 'faults', 'calls', 'updates'];

export const drawerOpen = signal(new URLSearchParams(location.search).has('drawer'));
const tab = stored<Tab>('drawer-tab', 'stage');

function move(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const next = tabs[(tabs.indexOf(tab.value) + step + tabs.length) % tabs.length] ?? 'stage';
  tab.value = next;
  document.getElementById(`tab-${next}`)?.focus();
}

const close = () => {
  drawerOpen.value = false;
};

/** Escape closes the drawer wherever the focus is; a window over the page takes the key first. */
function useEscape(): void {
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) close();
    };
    document.addEventListener('keydown', escape);
    return () => document.removeEventListener('keydown', escape);
  }, []);
}

export function Drawer() {
  return drawerOpen.value ? <Opened /> : null;
}

function Opened() {
  useEscape();
  const t = texts.value;
  return (
    <aside class="drawer" aria-label={t.drawer}>
      <div class="drawer-head">
        <div class="tabs" role="tablist" aria-label={t.drawer} onKeyDown={move}>
          {tabs.map((name) => (
            <button
              type="button"
              key={name}
              id={`tab-${name}`}
              role="tab"
              aria-selected={tab.value === name}
              aria-controls="drawer-panel"
              tabIndex={tab.value === name ? 0 : -1}
              onClick={() => (tab.value = name)}
            >
              {t.tabs[name]}
            </button>
          ))}
        </div>
        <button type="button" class="round" aria-label={t.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <div class="drawer-body" id="drawer-panel" role="tabpanel" aria-labelledby={`tab-${tab.value}`} tabIndex={0}>
        {tab.value === 'stage' && <Stage />}
        {tab.value === 'faults' && <Faults />}
        {tab.value === 'calls' && <Calls />}
        {tab.value === 'updates' && <Updates />}
      </div>
    </aside>
  );
}
