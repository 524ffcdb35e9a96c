// SPDX-License-Identifier: Apache-2.0
// A dialog with a title and a way to close it, over the talk.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icons';
import { texts } from './texts';

export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="ask share" ref={dialog} onClose={onClose} aria-labelledby="sheet-title">
      <header class="share-head">
        <h2 id="sheet-title">{title}</h2>
        <button type="button" class="round" aria-label={texts.value.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
