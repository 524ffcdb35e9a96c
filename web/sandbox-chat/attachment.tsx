// SPDX-License-Identifier: Apache-2.0
// A file the person is about to send: as a photo or as a document.
import { signal } from '@preact/signals';
import { fileSize } from '../shared/format';
import { Icon } from './icons';
import { send } from './store';
import { texts } from './texts';

interface Attached {
  file: File;
  /** Object URL of the picture, when it can be shown. */
  preview: string | null;
  asPhoto: boolean;
}

export const attached = signal<Attached | null>(null);

export function pick(files: FileList | null | undefined): void {
  const file = files?.[0];
  if (!file) return;
  drop();
  const picture = /^image\/(jpeg|png|webp)$/.test(file.type);
  attached.value = { file, preview: picture ? URL.createObjectURL(file) : null, asPhoto: picture };
}

function drop(): void {
  if (attached.value?.preview) URL.revokeObjectURL(attached.value.preview);
  attached.value = null;
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** True when the file went out. */
export async function sendAttachment(caption: string): Promise<boolean> {
  const what = attached.value;
  if (!what) return false;
  const bytes = await base64(what.file);
  const words = caption === '' ? {} : { caption };
  const done = await send(
    what.asPhoto
      ? { photo: bytes, name: what.file.name, ...words }
      : { document: bytes, name: what.file.name, mime_type: what.file.type || 'application/octet-stream', ...words },
  );
  // Another file may have been chosen meanwhile.
  if (done && attached.value === what) drop();
  return done;
}

export function Attachment() {
  const what = attached.value;
  if (!what) return null;
  const t = texts.value;
  const choose = (asPhoto: boolean) => (attached.value = { ...what, asPhoto });
  return (
    <div class="attachment">
      {what.preview ? <img src={what.preview} alt="" /> : <Icon name="file" />}
      <span class="attachment-name">
        {what.file.name}
        <small>{fileSize(what.file.size)}</small>
      </span>
      {what.preview && (
        <span class="segments">
          <button type="button" aria-pressed={what.asPhoto} onClick={() => choose(true)}>
            {t.asPhoto}
          </button>
          <button type="button" aria-pressed={!what.asPhoto} onClick={() => choose(false)}>
            {t.asFile}
          </button>
        </span>
      )}
      <button type="button" class="round" aria-label={t.removeAttachment} onClick={drop}>
        <Icon name="close" />
      </button>
    </div>
  );
}
