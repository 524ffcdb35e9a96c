// SPDX-License-Identifier: Apache-2.0
// Toasts, alerts and questions. One toast and one dialog at a time: a newer one takes the place of the older.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from './texts';

const kToastMs = 3500;

interface Ask {
  text: string;
  detail?: string;
  yes?: string;
  danger?: boolean;
  onYes?: () => void;
}

const toastText = signal<{ text: string; n: number } | null>(null);
const asked = signal<Ask | null>(null);
let toastTimer = 0;
let toastCount = 0;

export function toast(text: string): void {
  clearTimeout(toastTimer);
  toastCount += 1;
  toastText.value = { text, n: toastCount };
  toastTimer = window.setTimeout(() => {
    toastText.value = null;
  }, kToastMs);
}

/** Shows a modal message with one button. */
export function alertModal(text: string): void {
  asked.value = { text };
}

/** Asks before something happens; `onYes` runs only on consent. */
export function ask(question: Ask): void {
  asked.value = question;
}

export function Toast() {
  const shown = toastText.value;
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown && (
        <div class="toast" key={shown.n}>
          {shown.text}
        </div>
      )}
    </div>
  );
}

export function AskDialog() {
  const question = asked.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (question && dialog.current && !dialog.current.open) dialog.current.showModal();
  }, [question]);
  if (!question) return null;
  const close = () => {
    asked.value = null;
  };
  const t = texts.value;
  return (
    <dialog class="ask" ref={dialog} onClose={close} aria-labelledby="ask-text">
      <p id="ask-text">{question.text}</p>
      {question.detail && <p class="ask-detail">{question.detail}</p>}
      <div class="ask-buttons">
        {question.onYes && (
          <button type="button" class="plain" onClick={close}>
            {t.cancel}
          </button>
        )}
        <button
          type="button"
          autofocus
          class={question.danger ? 'filled danger' : 'filled'}
          onClick={() => {
            close();
            question.onYes?.();
          }}
        >
          {question.yes ?? t.ok}
        </button>
      </div>
    </dialog>
  );
}
