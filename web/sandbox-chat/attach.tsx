// SPDX-License-Identifier: Apache-2.0
// The ways by which files come into the talk: the clip's menu, and files that are dropped on it.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { pick } from './attachment';
import { Icon } from './icons';
import { blocked, sendSamples, sendingSamples, started } from './store';
import { texts } from './texts';

const open = signal(false);

export function AttachButton() {
  const whole = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const t = texts.value;
  useEffect(() => {
    const away = (event: PointerEvent) => {
      if (!whole.current?.contains(event.target as Node)) open.value = false;
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open.value) return;
    event.stopPropagation();
    open.value = false;
    toggle.current?.focus();
  };
  const choose = (act: () => void) => {
    open.value = false;
    act();
  };
  return (
    <div class="attach" ref={whole} onKeyDown={onKey}>
      <button
        type="button"
        ref={toggle}
        class="round"
        data-attach
        aria-label={t.attach}
        aria-expanded={open.value}
        aria-busy={sendingSamples.value}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name="clip" />
      </button>
      {open.value && (
        <ul class="attach-menu" aria-label={t.attach}>
          <li>
            <button type="button" onClick={() => choose(() => input.current?.click())}>
              <Icon name="file" />
              <span>{t.attachFiles}</span>
            </button>
          </li>
          <li>
            <button type="button" onClick={() => choose(() => void sendSamples())}>
              <Icon name="smile" />
              <span>
                {t.samples}
                <small>{t.samplesHint}</small>
              </span>
            </button>
          </li>
        </ul>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t.attachFiles}
        onChange={(event) => {
          pick(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** True while files are held over the talk. */
const held = signal(false);

const hasFiles = (event: DragEvent) => started.value && !blocked.value && (event.dataTransfer?.types ?? []).includes('Files');

/** For the element that takes what is dropped. */
export const dropping = {
  onDragOver(event: DragEvent) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    held.value = true;
  },
  onDragLeave(event: DragEvent) {
    const to = event.relatedTarget;
    const inside = to instanceof Node && event.currentTarget instanceof Node && event.currentTarget.contains(to);
    if (!inside) held.value = false;
  },
  onDrop(event: DragEvent) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    held.value = false;
    pick(event.dataTransfer?.files);
  },
};

export function DropHint() {
  return held.value ? <p class="drop-hint">{texts.value.dropHere}</p> : null;
}
