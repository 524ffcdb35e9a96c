// SPDX-License-Identifier: Apache-2.0
import { toast } from './notices';
import { texts } from './texts';

/** Copies and says so. Pages reached by plain http on another machine have no clipboard API: the old way serves them. */
export async function copyText(text: string): Promise<void> {
  const done = navigator.clipboard ? await modern(text) : oldFashioned(text);
  toast(done ? texts.value.copied : texts.value.copyFailed);
}

async function modern(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return oldFashioned(text);
  }
}

function oldFashioned(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
