// SPDX-License-Identifier: Apache-2.0
// Text with entities -> elements. Entities nest; one that crosses its neighbour is cut at the neighbour's end.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons';
import { copyText } from './clipboard';
import { sendText, startWith } from './store';
import { texts } from './texts';
import type { Entity } from './types';

interface Props {
  text: string;
  entities?: Entity[] | undefined;
}

export function RichText({ text, entities }: Props) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return <>{renderRange(text, 0, text.length, sorted)}</>;
}

/** True when nothing follows the last quote or code block. */
export const endsInBlock = (text: string, entities: Entity[]) =>
  entities.some((entity) => isBlock(entity) && entity.offset + entity.length >= text.trimEnd().length);

const isBlock = (entity: Entity) => ['pre', 'blockquote', 'expandable_blockquote'].includes(entity.type);

function renderRange(text: string, start: number, end: number, entities: Entity[]): ComponentChildren[] {
  const out: ComponentChildren[] = [];
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index] as Entity;
    index += 1;
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    // A block breaks the line by itself, so the line break before it and after it must not be drawn once more.
    const plainEnd = isBlock(entity) && text[from - 1] === '\n' ? from - 1 : from;
    if (plainEnd > at) out.push(text.slice(at, plainEnd));
    const inner: Entity[] = [];
    while (index < entities.length && (entities[index] as Entity).offset < to) {
      inner.push(entities[index] as Entity);
      index += 1;
    }
    const children = renderRange(text, from, to, inner);
    out.push(<Span key={`${entity.type}${from}`} entity={entity} source={text.slice(from, to)} children={children} />);
    at = isBlock(entity) && text[to] === '\n' ? to + 1 : to;
  }
  if (end > at) out.push(text.slice(at, end));
  return out;
}

interface SpanProps {
  entity: Entity;
  source: string;
  children: ComponentChildren;
}

function Span({ entity, source, children }: SpanProps) {
  switch (entity.type) {
    case 'bold':
      return <strong>{children}</strong>;
    case 'italic':
      return <em>{children}</em>;
    case 'underline':
      return <u>{children}</u>;
    case 'strikethrough':
      return <s>{children}</s>;
    case 'code':
      return <code>{children}</code>;
    case 'pre':
      return <CodeBlock language={entity.language} source={source} children={children} />;
    case 'spoiler':
      return <Spoiler>{children}</Spoiler>;
    case 'blockquote':
      return <blockquote>{children}</blockquote>;
    case 'expandable_blockquote':
      return <Expandable>{children}</Expandable>;
    case 'bot_command':
      return (
        <button type="button" class="link" onClick={() => sendText(source)}>
          {children}
        </button>
      );
    default:
      return <MaybeLink href={hrefOf(entity, source)} children={children} />;
  }
}

function hrefOf(entity: Entity, source: string): string | null {
  if (entity.type === 'text_link') return entity.url ?? null;
  if (entity.type === 'url') return /^[a-z]+:\/\//i.test(source) ? source : `https://${source}`;
  if (entity.type === 'email') return `mailto:${source}`;
  if (entity.type === 'phone_number') return `tel:${source.replace(/[^+\d]/g, '')}`;
  return null;
}

const kDeepLink = /^(?:https?:\/\/t\.me\/(\w+)\?start=|tg:\/\/resolve\?domain=(\w+)&start=)([\w-]{1,64})$/i;

function MaybeLink({ href, children }: { href: string | null; children: ComponentChildren }) {
  if (href === null) return <span class="accent">{children}</span>;
  const deep = kDeepLink.exec(href);
  if (deep) {
    return (
      <button type="button" class="link" onClick={() => startWith(deep[3] ?? '')}>
        {children}
      </button>
    );
  }
  if (!/^(https?:|mailto:|tel:)/i.test(href)) return <span class="accent">{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
      {children}
    </a>
  );
}

function Spoiler({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  if (open) return <span class="spoiler open">{children}</span>;
  return (
    <button type="button" class="spoiler" aria-label={texts.value.showHidden} onClick={() => setOpen(true)}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}

function CodeBlock({ language, source, children }: { language: string | undefined; source: string; children: ComponentChildren }) {
  return (
    <div class="code-block">
      <div class="code-head">
        <span>{language ?? ''}</span>
        <button type="button" class="tiny" aria-label={texts.value.copyCode} onClick={() => copyText(source)}>
          <Icon name="copy" />
        </button>
      </div>
      <pre tabIndex={0}>{children}</pre>
    </div>
  );
}

function Expandable({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const [long, setLong] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = body.current;
    if (element && !open) setLong(element.scrollHeight > element.clientHeight + 2);
  });
  const t = texts.value;
  // The button is what keyboards and readers use; a pointer may hit the text anywhere, unless it is selecting words.
  const toggle = (event: MouseEvent) => {
    const onControl = event.target instanceof Element && event.target.closest('a, button') !== null;
    if (!onControl && getSelection()?.isCollapsed !== false) setOpen(!open);
  };
  return (
    <blockquote class={open ? 'expandable open' : long ? 'expandable folded' : 'expandable'} onClick={long || open ? toggle : undefined}>
      <div class="fold" ref={body}>
        {children}
      </div>
      {(long || open) && (
        <button
          type="button"
          class="tiny fold-toggle"
          aria-expanded={open}
          aria-label={open ? t.showLess : t.showMore}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'up' : 'down'} />
        </button>
      )}
    </blockquote>
  );
}
