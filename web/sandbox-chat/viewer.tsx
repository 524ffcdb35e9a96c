// SPDX-License-Identifier: Apache-2.0
// One photo over everything: fit at first, zoom by click, wheel or keys, drag when zoomed, Esc closes.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { RichText } from './entities';
import { Icon } from './icons';
import { texts } from './texts';
import type { Message } from './types';

const viewed = signal<{ url: string; message: Message } | null>(null);

export function openViewer(url: string, message: Message): void {
  viewed.value = { url, message };
}

function closeViewer(): void {
  viewed.value = null;
}

/** A telephone's Back closes the photo instead of leaving the page: an entry of its own stands in the history meanwhile. */
function useBackCloses(): void {
  useEffect(() => {
    let gone = false;
    const back = () => {
      gone = true;
      closeViewer();
    };
    history.pushState({ viewer: true }, '');
    window.addEventListener('popstate', back);
    return () => {
      window.removeEventListener('popstate', back);
      if (!gone) history.back();
    };
  }, []);
}

const kMaxZoom = 6;
const kStep = 1.5;

interface View {
  zoom: number;
  x: number;
  y: number;
}

const kFit: View = { zoom: 1, x: 0, y: 0 };

function zoomed(view: View, factor: number): View {
  const zoom = Math.min(kMaxZoom, Math.max(1, view.zoom * factor));
  const scale = zoom / view.zoom;
  return zoom === 1 ? kFit : { zoom, x: view.x * scale, y: view.y * scale };
}

export function Viewer() {
  const photo = viewed.value;
  return photo ? <Opened key={photo.url} url={photo.url} message={photo.message} /> : null;
}

function Opened({ url, message }: { url: string; message: Message }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [view, setView] = useState(kFit);
  const t = texts.value;
  useEffect(() => dialog.current?.showModal(), []);
  useBackCloses();
  const onKey = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '=') setView(zoomed(view, kStep));
    if (event.key === '-') setView(zoomed(view, 1 / kStep));
  };
  return (
    <dialog class="viewer" ref={dialog} onClose={closeViewer} onKeyDown={onKey} aria-label={t.photo}>
      <ZoomArea url={url} view={view} setView={setView} onLeave={closeViewer} />
      <div class="viewer-bar">
        <button type="button" class="round" aria-label={t.zoomOut} disabled={view.zoom === 1} onClick={() => setView(zoomed(view, 1 / kStep))}>
          <Icon name="minus" />
        </button>
        <button type="button" class="round" aria-label={t.zoomIn} disabled={view.zoom === kMaxZoom} onClick={() => setView(zoomed(view, kStep))}>
          <Icon name="plus" />
        </button>
        <a class="round" href={url} download="aisha.jpg" aria-label={t.download}>
          <Icon name="download" />
        </a>
        <button type="button" class="round" aria-label={t.close} onClick={closeViewer}>
          <Icon name="close" />
        </button>
      </div>
      {message.caption && view.zoom === 1 && (
        <div class="viewer-caption">
          <RichText text={message.caption} entities={message.caption_entities} />
        </div>
      )}
    </dialog>
  );
}

interface AreaProps {
  url: string;
  view: View;
  setView: (view: View) => void;
  onLeave: () => void;
}

function ZoomArea({ url, view, setView, onLeave }: AreaProps) {
  const from = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const down = (event: PointerEvent) => {
    from.current = { x: event.clientX - view.x, y: event.clientY - view.y, moved: false };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const start = from.current;
    if (!start || view.zoom === 1) return;
    const x = event.clientX - start.x;
    const y = event.clientY - start.y;
    if (Math.hypot(x - view.x, y - view.y) > 3) start.moved = true;
    if (start.moved) setView({ ...view, x, y });
  };
  const up = (event: PointerEvent) => {
    const moved = from.current?.moved === true;
    from.current = null;
    if (moved) return;
    const hit = document.elementFromPoint(event.clientX, event.clientY);
    if (!(hit instanceof HTMLImageElement)) onLeave();
    else setView(view.zoom > 1 ? kFit : zoomed(view, 2.5));
  };
  return (
    <div
      class={view.zoom > 1 ? 'viewer-area zoomed' : 'viewer-area'}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onWheel={(event) => setView(zoomed(view, event.deltaY < 0 ? 1.2 : 1 / 1.2))}
    >
      <img src={url} alt="" draggable={false} style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }} />
    </div>
  );
}
