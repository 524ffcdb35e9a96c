// SPDX-License-Identifier: Apache-2.0
// Line icons on a 24 × 24 grid, drawn for this page.

const paths = {
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  moon: 'M20 14.5A8.2 8.2 0 0 1 9.5 4 8.2 8.2 0 1 0 20 14.5Z',
  panel: 'M4 5.5h16v13H4zM14.5 5.5v13',
  send: 'M12 19.5v-15M5.5 11 12 4.5l6.5 6.5',
  clip: 'M19 11.5l-7.3 7.3a4.6 4.6 0 0 1-6.5-6.5l7.8-7.8a3.1 3.1 0 0 1 4.4 4.4l-7.7 7.7a1.55 1.55 0 0 1-2.2-2.2l6.8-6.8',
  slash: 'M4.5 4.5h15v15h-15zM13.5 8.5l-3 7',
  down: 'M6 9.5l6 6 6-6',
  up: 'M6 14.5l6-6 6 6',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h10v10H9zM5.5 15H5V5h10v.5',
  link: 'M8 16 17 7M10 7h7v7',
  share: 'M4 19c.5-6 4-9 10-9V5.5l6.5 6.5-6.5 6.5V14c-4.5 0-7.5 1.5-10 5Z',
  pay: 'M3.5 6.5h17v11h-17zM3.5 10.5h17',
  app: 'M5 5h14v14H5zM9 9h6v6H9z',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  file: 'M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4',
  smile: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M8.5 14c1.8 2.4 5.2 2.4 7 0M9 9.8h.01M15 9.8h.01',
  keyboard: 'M3.5 7h17v10h-17zM7 10.5h.01M10.5 10.5h.01M14 10.5h.01M17 10.5h.01M8 14h8',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5 7 17l8-9.5M11.5 16l1 1 9-9.5',
  warn: 'M12 4 21 19.5H3zM12 10v4M12 16.8h.01',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
