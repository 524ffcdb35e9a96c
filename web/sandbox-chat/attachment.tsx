// SPDX-License-Identifier: Apache-2.0
// What the person is about to send: one file, or albums of them, as photos or as documents.
import { signal } from '@preact/signals';
import { fileSize } from '../shared/format';
import type { Enclosed, Outgoing } from './api';
import { Icon } from './icons';
import { toast } from './notices';
import { send } from './store';
import { texts } from './texts';

/** As many as an album holds; more become several albums, as messengers do it. */
const kAlbum = 10;
const kMost = 30;

interface Attached {
  files: File[];
  /** Object URL of the first, when all are pictures that can be shown. */
  preview: string | null;
  asPhoto: boolean;
}

export const attached = signal<Attached | null>(null);

export function pick(list: FileList | null | undefined): void {
  const files = [...(list ?? [])];
  const first = files[0];
  if (!first) return;
  if (files.length > kMost) toast(texts.value.filesMost(kMost));
  drop();
  const pictures = files.every((file) => /^image\/(jpeg|png|webp)$/.test(file.type));
  attached.value = { files: files.slice(0, kMost), preview: pictures ? URL.createObjectURL(first) : null, asPhoto: pictures };
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

async function enclose(file: File, asPhoto: boolean): Promise<Enclosed> {
  const bytes = await base64(file);
  return asPhoto
    ? { photo: bytes, name: file.name }
    : { document: bytes, name: file.name, mime_type: file.type || 'application/octet-stream' };
}

/** One album, or the one file it would be of. */
function outgoing(files: Enclosed[]): Outgoing {
  const [only] = files;
  return files.length === 1 && only ? only : { media: files };
}

/** True when everything went out. The words stand under the first of the first album, as messengers put them. */
export async function sendAttachment(caption: string): Promise<boolean> {
  const what = attached.value;
  if (!what) return false;
  let done = true;
  for (let from = 0; done && from < what.files.length; from += kAlbum) {
    const album = await Promise.all(what.files.slice(from, from + kAlbum).map((file) => enclose(file, what.asPhoto)));
    const [first, ...rest] = album;
    if (!first) return false;
    done = await send(outgoing(from > 0 || caption === '' ? album : [{ ...first, caption }, ...rest]));
  }
  // Another file may have been chosen meanwhile.
  if (done && attached.value === what) drop();
  return done;
}

export function Attachment() {
  const what = attached.value;
  if (!what) return null;
  const t = texts.value;
  const choose = (asPhoto: boolean) => (attached.value = { ...what, asPhoto });
  const size = what.files.reduce((sum, file) => sum + file.size, 0);
  return (
    <div class="attachment">
      {what.preview ? <img src={what.preview} alt="" /> : <Icon name="file" />}
      <span class="attachment-name">
        <span>{what.files[0]?.name}</span>
        <small>
          {what.files.length > 1 && `${t.filesMore(what.files.length - 1)} · `}
          {fileSize(size)}
        </small>
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
