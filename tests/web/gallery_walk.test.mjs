// SPDX-License-Identifier: Apache-2.0
// Every card of the gallery in Chromium, in both languages, on two telephones: looked at by walk.mjs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World, until } from '../e2e/world.mjs';
import { launch, violations } from './browser.mjs';
import { Walk } from './walk.mjs';

const kWords = {
  ru: { prompt: 'маяк на скале в тумане', name: 'Лето у моря', find: 'пртрет', mine: 'маяки', none: 'абракадабра', zone: 'Токио' },
  en: { prompt: 'a lighthouse on a rock in the fog', name: 'Summer by the sea', find: 'busines', mine: 'lighthouses', none: 'abracadabra', zone: 'Nowhere' },
};

/** Nobody has made enough for a shelf of what is popular. */
const kStart = { ru: '✨ Для начала', en: '✨ To start' };
const kForYou = { ru: '✨ Для вас', en: '✨ For you' };

let world;
let browser;

before(async () => {
  world = await World.start({ settings: { money: { starting_grant: 1000 }, limits: { requests_per_minute: 1000, updates_per_minute: 100000 } } });
  await world.sim('POST', '/sim/fal/settings', { max_side: 512, queue_ms: 20, run_ms: 50 });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.stop();
});

const ready = (walk) => world.sql(`SELECT count(*) AS n FROM generation_requests g JOIN users u ON u.id = g.user_id WHERE u.telegram_id = '${walk.person.id}' AND g.status = 'ready'`)[0].n;

/** So many pictures more, the last of them by own words. */
async function make(walk, count) {
  for (let n = 0; n < count; ++n) {
    const before = ready(walk);
    await walk.write('/create');
    await walk.sees('6');
    await walk.press(String((n % 6) + 1));
    await until('another picture', () => ready(walk) > before);
  }
  const before = ready(walk);
  await walk.write('/create');
  await walk.sees('📝');
  await walk.press('📝');
  await walk.sees('✖️');
  await walk.write(kWords[walk.lang].prompt);
  await walk.sees('✏️');
  await walk.press('🎨');
  await until('the picture of own words', () => ready(walk) > before);
  await walk.comes('💾');
}

/** Presses, or writes, and waits for the card that comes, of which `seen` begins a label; looks at it when it has a `name`. */
const go = (walk, button, seen, name) => walk.go(() => walk.press(button), seen, name);
const say = (walk, text, seen, name) => walk.go(() => walk.write(text), seen, name);

for (const lang of ['ru', 'en']) {
  for (const width of [360, 390]) {
    test(`the gallery, card by card, ${lang} at ${width} px`, { timeout: 300_000 }, async () => {
      const words = kWords[lang];
      const walk = await Walk.start({ world, browser }, lang, width);
      await say(walk, '/images', '🎨', '20-gallery-empty');
      await say(walk, '/favorites', '🖼️', '21-favourites-empty');
      await make(walk, 10);
      await walk.check('22-result');
      await go(walk, '🤍', '❤️', '22b-result-heart');
      await go(walk, '📌', '📌', '22c-result-pin');
      await say(walk, '/images', '📅', '23-day');
      await walk.seesAllNumbers('23-day');
      await go(walk, '›', '‹', '23b-day-next-page');
      await go(walk, '‹', '9');
      await go(walk, '📅', '‹ ', '24-dates');
      await go(walk, '‹', '9');
      await go(walk, '2', '✏️', '25-picture');
      await go(walk, '✏️', '✖️', '26-name');
      await say(walk, words.name, '✏️', '25b-picture-named');
      await go(walk, '🗑️', '‹', '27-remove-kept');
      await go(walk, '‹', '✏️');
      await say(walk, '/favorites', '🔖', '28-favourites');
      await walk.seesAllNumbers('28-favourites');
      await go(walk, '📌', '❤️', '29-saved');
      await walk.seesAllNumbers('29-saved');
      await go(walk, '🔖', '🎨', '30-styles-empty');
      await say(walk, '/images', '📊');
      await go(walk, '📊', '🗑️', '31-statistics');
      await go(walk, '🗑️ ' + (lang === 'ru' ? 'Очистить' : 'Clear'), '‹', '32-clear');
      await go(walk, lang === 'ru' ? 'Все:' : 'All:', '‹', '33-clear-sure');
      await go(walk, '🗑️', '↩️', '34-cleared');
      await go(walk, '🗑️', '1', '35-bin');
      await walk.seesAllNumbers('35-bin');
      await go(walk, '1', '↩️', '36-bin-picture');
      await go(walk, '🗑️', '‹', '37-for-ever');
      await go(walk, '‹', '↩️');
      await say(walk, '/start', '🖼️', '38-home');
      assert.deepEqual(await violations(walk.page), []);
      await walk.page.close();
    });

    test(`search, avatars, settings and made-up shelves, ${lang} at ${width} px`, { timeout: 300_000 }, async () => {
      const words = kWords[lang];
      const walk = await Walk.start({ world, browser }, lang, width);
      await make(walk, 3);
      await say(walk, '/start', '🔍');
      await go(walk, '🔍', '‹', '40-find-style');
      await say(walk, words.find, '1', '41-found-styles');
      await walk.seesAllNumbers('41-found-styles');
      await say(walk, '/start', '🔍');
      await go(walk, '🔍', '‹');
      await say(walk, words.none, '📝', '42-nothing-found');
      await say(walk, '/images', '🔍');
      await go(walk, '🔍', '‹', '43-find-picture');
      // Words are read behind the picture, by a chore.
      await until('the words of what was made', () => world.sql('SELECT count(*) AS n FROM unread_pictures')[0].n === 0);
      await say(walk, words.mine, '1', '44-found-pictures');
      assert.match(await walk.words(), new RegExp(words.prompt.slice(0, 12)));
      await say(walk, '/create', kForYou[lang], '45-create');
      await walk.seesAllNumbers('45-create');
      await go(walk, kStart[lang], '1', '46-to-start-with');
      await walk.seesAllNumbers('46-to-start-with');
      await say(walk, '/create', kForYou[lang]);
      await go(walk, kForYou[lang], '1', '47-for-you');
      await walk.seesAllNumbers('47-for-you');
      await say(walk, '/create', '👤');
      await go(walk, '👤', '✏️', '48-avatars');
      await go(walk, '✏️', lang === 'ru' ? 'Анна' : 'Anna');
      await go(walk, lang === 'ru' ? 'Анна' : 'Anna', '🗑️', '49-avatar');
      await go(walk, '🗑️', '‹', '50-avatar-delete');
      await say(walk, '/settings', '🕘', '51-settings');
      await go(walk, '🕘', '✏️', '52-zone');
      await go(walk, '✏️', '✖️');
      await say(walk, words.zone, '🏠', '53-zone-answer');
      assert.deepEqual(await violations(walk.page), []);
      await walk.page.close();
    });

    test(`my data, its archive and its end, ${lang} at ${width} px`, { timeout: 300_000 }, async () => {
      const walk = await Walk.start({ world, browser }, lang, width);
      await make(walk, 1);
      await say(walk, '/settings', '🧹', '60-settings');
      await go(walk, '🧹', '📦', '61-my-data');
      await go(walk, '📦', '✖️', '62-packing');
      await walk.page.locator('a.document', { hasText: /aisha_.*\.zip/ }).last().waitFor();
      // While it is on its way the last question does not offer another one.
      await until('the end of the export', () => world.sql('SELECT count(*) AS n FROM data_requests WHERE finished_at IS NULL')[0].n === 0);
      await say(walk, '/privacy', '🧹', '63-privacy');
      await go(walk, '🧹', '‹');
      await go(walk, '🧹', '📦', '64-erase');
      await go(walk, '‹', '🧹');
      assert.deepEqual(await violations(walk.page), []);
      await walk.page.close();
    });
  }
}
