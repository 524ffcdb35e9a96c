// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { fileSize } from '../shared/format';
import { documentUrl, photoUrl } from './api';
import { Icon } from './icons';
import { texts } from './texts';
import type { Message, PhotoSize } from './types';
import { openViewer } from './viewer';

/** Of the longer side: what a phone's screen shows of a photo in the talk. The viewer takes the largest. */
const kShownPixels = 1000;

const kFallback: PhotoSize = { file_id: '', file_unique_id: '', width: 3, height: 4 };
export const largest = (sizes: PhotoSize[]) => sizes[sizes.length - 1] ?? kFallback;

/** A photo in its final box from the first moment: the small size blurred, then the large one over it. When an edit
 *  brings another photo, it fades in over the old one. */
export function Photo({ message, captionId }: { message: Message; captionId?: string }) {
  const size = largest(message.photo ?? []);
  const whole = photoUrl(message.chat.id, message.message_id, size.file_unique_id, 'max');
  const full = photoUrl(message.chat.id, message.message_id, size.file_unique_id, kShownPixels);
  const small = photoUrl(message.chat.id, message.message_id, size.file_unique_id, 'min');
  const [shown, setShown] = useState<string | null>(null);
  const [hidden, setHidden] = useState(message.has_media_spoiler === true);
  const t = texts.value;
  const open = () => (hidden ? setHidden(false) : openViewer(whole, message));
  return (
    <button
      type="button"
      class={hidden ? 'photo veiled' : 'photo'}
      style={{ aspectRatio: `${size.width} / ${size.height}` }}
      aria-label={hidden ? t.showHidden : t.openPhoto}
      aria-describedby={captionId}
      onClick={open}
    >
      <img class="back" src={small} loading="lazy" alt="" />
      {shown !== full && <img key={shown ?? small} class={shown ? 'under' : 'under blurred'} src={shown ?? small} loading="lazy" alt="" />}
      <img
        key={full}
        class={shown === full ? 'over ready' : 'over'}
        src={full}
        loading="lazy"
        decoding="async"
        alt=""
        onLoad={() => setShown(full)}
      />
    </button>
  );
}

/** How many stand in each row, by how many there are: two to ten. */
const kRows: Record<number, number[]> = {
  2: [2],
  3: [1, 2],
  4: [2, 2],
  5: [2, 3],
  6: [3, 3],
  7: [2, 2, 3],
  8: [2, 3, 3],
  9: [3, 3, 3],
  10: [3, 3, 4],
};

const ratioOf = (message: Message) => {
  const size = largest(message.photo ?? []);
  return Math.min(1.8, Math.max(0.6, size.width / size.height));
};

/** An album's photos as a mosaic: in each row they are equally high and together as wide as the message. `mark` stands over
 *  its photo. */
export function Mosaic({ messages, mark }: { messages: Message[]; mark: (message: Message) => ComponentChildren }) {
  const rows: Message[][] = [];
  let at = 0;
  for (const count of kRows[messages.length] ?? [messages.length]) {
    rows.push(messages.slice(at, at + count));
    at += count;
  }
  return (
    <div class="mosaic">
      {rows.map((row) => (
        <div class="mosaic-row" key={row[0]?.message_id} style={{ aspectRatio: String(row.reduce((sum, one) => sum + ratioOf(one), 0)) }}>
          {row.map((message) => (
            <div class="mosaic-cell" key={message.message_id} style={{ flexGrow: ratioOf(message) }}>
              <Photo message={message} />
              {mark(message)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

export function Document({ message }: { message: Message }) {
  const file = message.document;
  if (!file) return null;
  const name = file.file_name ?? texts.value.file;
  const extension = /\.(\w{1,4})$/.exec(name)?.[1] ?? '';
  return (
    <a
      class="document"
      href={documentUrl(message.chat.id, message.message_id, file.file_unique_id)}
      download={name}
      title={texts.value.download}
    >
      <span class="document-icon">
        {extension ? <span class="document-extension">{extension}</span> : <Icon name="file" />}
      </span>
      <span class="document-words">
        <span class="document-name">{name}</span>
        <span class="document-size">{file.file_size === undefined ? '' : fileSize(file.file_size)}</span>
      </span>
      <span class="document-get">
        <Icon name="download" />
      </span>
    </a>
  );
}
