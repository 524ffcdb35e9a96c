// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icons';
import { pending, pressButton, pressKey } from './press';
import { texts } from './texts';
import type { Button } from './types';

function glyph(button: Button): IconName | null {
  if (button.url) return 'link';
  if (button.copy_text) return 'copy';
  if (button.web_app) return 'app';
  if (button.pay) return 'pay';
  if (button.switch_inline_query !== undefined || button.switch_inline_query_current_chat !== undefined) return 'share';
  return button.switch_inline_query_chosen_chat ? 'share' : null;
}

interface KeyProps {
  button: Button;
  message: number;
  row: number;
  column: number;
}

function Key({ button, message, row, column }: KeyProps) {
  const state = pending.value[pressKey(message, button)];
  const corner = glyph(button);
  const warning = state === 'unanswered' ? texts.value.unanswered : undefined;
  return (
    <button
      type="button"
      class={`key ${button.style ?? ''}`}
      data-button={button.text}
      aria-busy={state === 'waiting'}
      title={warning ?? button.text}
      onClick={() => pressButton(button, message, row, column)}
    >
      <span class="key-label">{button.text}</span>
      {corner && (
        <span class="key-corner">
          <Icon name={corner} />
        </span>
      )}
      {state === 'waiting' && <span class="spinner" aria-hidden="true" />}
      {state === 'unanswered' && (
        <span class="key-warning" role="img" aria-label={warning}>
          <Icon name="warn" />
        </span>
      )}
    </button>
  );
}

/** Keys that an edit replaces are new elements. Where the pressed one is gone the focus goes to its message: never to a key
 *  that happens to stand in its place, which the next Enter would press. */
function useFocusStays(whole: { current: HTMLDivElement | null }): void {
  const held = useRef(false);
  useLayoutEffect(() => {
    if (held.current && (document.activeElement === null || document.activeElement === document.body)) {
      whole.current?.closest<HTMLElement>('.message')?.focus({ preventScroll: true });
    }
    const note = () => {
      held.current = whole.current?.contains(document.activeElement) ?? false;
    };
    note();
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  });
}

/** The rows of an inline keyboard: as wide as the message, the buttons of a row equally wide. */
export function Keyboard({ rows, message }: { rows: Button[][]; message: number }) {
  const whole = useRef<HTMLDivElement>(null);
  useFocusStays(whole);
  return (
    <div class="keyboard" ref={whole}>
      {rows.map((row, r) => (
        <div class="key-row" key={r}>
          {row.map((button, c) => (
            <Key key={`${c} ${pressKey(message, button)} ${button.text}`} button={button} message={message} row={r} column={c} />
          ))}
        </div>
      ))}
    </div>
  );
}
