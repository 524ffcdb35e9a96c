// SPDX-License-Identifier: Apache-2.0
// What people expect of a messenger without thinking: nothing happens twice, focus and Back go where they should, nothing jumps,
// and every sentence is in their language.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { png } from './browser.mjs';
import { Stage, callback, keys } from './stage.mjs';

let stage;
let bot;

before(async () => {
  stage = await Stage.open();
  bot = stage.bot;
});
after(() => stage?.close());
afterEach(() => stage.quiet());

const picture = (width, height, colour) => new Blob([png(width, height, colour)], { type: 'image/png' });
const languageOf = async (id) => (await stage.sim('GET', '/users')).users.find((one) => one.id === id).language_code;

/** Adds up the layout shifts that nobody asked for, from the first paint on. */
const watchShifts = (page) =>
  page.addInitScript(() => {
    window.shifted = 0;
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.hadRecentInput) continue;
        window.shifted += entry.value;
        window.shifts.push(`${entry.value.toFixed(4)} ${entry.sources.map((one) => one.node?.className ?? one.node?.nodeName).join(' | ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
const shifts = (page) => page.evaluate(() => ({ sum: window.shifted, each: window.shifts }));

test('a stranger is told that this is a sandbox, what is played and what would be real', async () => {
  for (const [lang, badge, words] of [['ru', 'Песочница', 'монеты ненастоящие'], ['en', 'Sandbox', 'coins are not real']]) {
    const person = await stage.person({ language_code: lang });
    const page = await stage.page(person.id, { width: 360, query: `lang=${lang}` });
    await page.locator('.empty', { hasText: words }).waitFor();
    await page.getByRole('button', { name: badge, exact: true }).click();
    await page.locator('#sandbox-words', { hasText: words }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#sandbox-words').waitFor({ state: 'hidden' });
  }
});

test('Start pressed twice is said once', async () => {
  const person = await stage.person();
  const page = await stage.page(person.id);
  await page.locator('.start').evaluate((start) => {
    start.click();
    start.click();
  });
  await page.getByRole('textbox').waitFor();
  const { messages } = await stage.sim('GET', `/chats/${person.id}/messages`);
  assert.deepEqual(messages.map((one) => one.text), ['/start']);
});

test('one switch sets the language of the page and of the person', async () => {
  const { chat, page } = await stage.talk({ language_code: 'ru' }, { query: '' });
  await page.locator('html[lang=ru]').waitFor();
  await page.getByRole('button', { name: /^EN/ }).click();
  await page.locator('html[lang=en]').waitFor();
  assert.equal(await languageOf(chat), 'en');
  await bot.call('sendMessage', { chat_id: chat, text: 'Language', reply_markup: keys([callback('🇷🇺 Русский')]) });
  await page.getByRole('button', { name: '🇷🇺 Русский' }).click();
  const query = await bot.next('callback_query', chat);
  await bot.call('answerCallbackQuery', { callback_query_id: query.id });
  await page.locator('html[lang=ru]').waitFor();
  await page.waitForFunction(() => !document.querySelector('.key[aria-busy=true]'));
  assert.equal(await languageOf(chat), 'ru');
});

test('a refusal of the sandbox is a sentence in the language of the page', async () => {
  const { chat, page } = await stage.talk({ language_code: 'ru' }, { query: 'lang=ru' });
  await bot.call('sendMessage', { chat_id: chat, text: 'Выбирайте', reply_markup: keys([callback('Да')]) });
  await page.getByRole('button', { name: 'Да', exact: true }).waitFor();
  await stage.sim('POST', `/chats/${chat}/block`);
  await page.getByRole('button', { name: 'Да', exact: true }).click();
  await page.getByRole('status').getByText('Вы заблокировали бота').waitFor();
  await stage.quiet(/409/);
});

test('without a connection the header says so, and a send keeps its words', async () => {
  const { page } = await stage.talk({ language_code: 'ru' }, { query: 'lang=ru' });
  await page.locator('.status', { hasText: /^бот$/ }).waitFor();
  stage.world.sandbox.kill('SIGKILL');
  await stage.world.sandbox.ended;
  await page.locator('.status', { hasText: 'нет связи' }).waitFor();
  await page.getByRole('textbox').fill('Привет');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Нет связи с песочницей').waitFor();
  assert.equal(await page.getByRole('textbox').inputValue(), 'Привет');
  await stage.world.startSandbox();
  await page.locator('.status', { hasText: /^бот$/ }).waitFor();
  await stage.quiet(/net::ERR_/);
});

test('after a key that changes its message the focus is on the message, not on a key in its place', async () => {
  const { chat, page } = await stage.talk();
  const sent = await bot.call('sendMessage', { chat_id: chat, text: 'Choose', reply_markup: keys([callback('Create')]) });
  await page.getByRole('button', { name: 'Create', exact: true }).focus();
  await page.keyboard.press('Enter');
  const query = await bot.next('callback_query', chat);
  await bot.call('editMessageText', { chat_id: chat, message_id: sent.message_id, text: 'Done', reply_markup: keys([callback('Delete')]) });
  await bot.call('answerCallbackQuery', { callback_query_id: query.id });
  await page.getByRole('button', { name: 'Delete' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), `message-${sent.message_id}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.activeElement.closest('.message') !== null);
});

test('Back closes the photo and leaves the talk where it is', async () => {
  const { chat, page } = await stage.talk();
  await bot.call('sendPhoto', { chat_id: chat, photo: picture(300, 400, [90, 60, 60]), caption: 'Here' });
  await page.locator('img.over.ready').waitFor();
  const address = page.url();
  await page.getByRole('button', { name: 'Open the photo' }).click();
  await page.getByRole('dialog', { name: 'Photo' }).waitFor();
  await page.goBack();
  await page.getByRole('dialog', { name: 'Photo' }).waitFor({ state: 'detached' });
  assert.equal(page.url(), address);
  await page.getByText('Here').waitFor();
});

test('Escape closes the drawer wherever the focus is', async () => {
  const { page } = await stage.talk({}, { width: 1280 });
  await page.getByRole('button', { name: 'Developer panel' }).click();
  await page.locator('.drawer').waitFor();
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await page.keyboard.press('Escape');
  await page.locator('.drawer').waitFor({ state: 'detached' });
});

test('arrows walk through the command list and Enter takes the marked one', async () => {
  await bot.call('setMyCommands', { commands: ['start', 'create', 'help'].map((command) => ({ command, description: command })) });
  const { chat, page } = await stage.talk();
  await page.getByRole('textbox', { name: 'Message' }).fill('/');
  await page.locator('.commands .marked', { hasText: '/start' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.locator('.commands .marked', { hasText: '/help' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  assert.equal((await bot.next('message', chat)).text, '/create');
  await bot.call('deleteMyCommands');
});

test('a folded quote opens wherever it is pressed', async () => {
  const { chat, page } = await stage.talk();
  const quote = 'word '.repeat(120).trim();
  await bot.call('sendMessage', { chat_id: chat, text: quote, entities: [{ type: 'expandable_blockquote', offset: 0, length: quote.length }] });
  await page.locator('blockquote.folded').click({ position: { x: 30, y: 20 } });
  await page.locator('blockquote.expandable.open').waitFor();
});

test('the day floats over the talk only while it is being scrolled', async () => {
  const { chat, page } = await stage.talk({}, { before: (fresh) => fresh.clock.install() });
  for (let n = 1; n <= 40; n += 1) await bot.call('sendMessage', { chat_id: chat, text: `Message ${n}` });
  await page.getByText('Message 40', { exact: true }).waitFor();
  await page.locator('.log-scroll').evaluate((log) => log.scrollTo(0, log.scrollHeight / 2));
  await page.locator('.log-scroll.scrolling').waitFor();
  assert.equal(await page.locator('.day-name.floats').evaluate((name) => getComputedStyle(name).opacity), '1');
  await page.clock.fastForward(1_600);
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.day-name.floats')).opacity === '0');
});

test('an album of the bot is a mosaic with its words below', async () => {
  const { chat, page } = await stage.talk({}, { width: 360 });
  const media = [0, 1, 2, 3, 4].map((n) => ({ type: 'photo', media: `attach://p${n}`, ...(n === 0 ? { caption: 'Five of them' } : {}) }));
  const files = Object.fromEntries(media.map((_, n) => [`p${n}`, picture(n % 2 ? 400 : 300, 400, [40 * n, 90, 140])]));
  const sent = await bot.call('sendMediaGroup', { chat_id: chat, media, ...files });
  assert.equal(new Set(sent.map((one) => one.media_group_id)).size, 1);
  await page.locator('.mosaic img.over.ready').nth(4).waitFor();
  assert.equal(await page.locator('.message.theirs').count(), 1, 'one bubble');
  await page.locator('.message.theirs .words', { hasText: 'Five of them' }).waitFor();
  const boxes = await page.locator('.mosaic-row').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().width));
  assert.ok(Math.max(...boxes) - Math.min(...boxes) < 1, `rows as wide as each other: ${boxes}`);
  await page.locator('.mosaic .photo').nth(3).click();
  await page.getByRole('dialog', { name: 'Photo' }).waitFor();
  await page.keyboard.press('Escape');
});

test('several files chosen at once reach the bot as one album', async () => {
  const { chat, page } = await stage.talk();
  await page.locator('input[type=file]').setInputFiles([1, 2, 3].map((n) => ({ name: `me${n}.png`, mimeType: 'image/png', buffer: png(200, 100 + n, [9, 9, 40 * n]) })));
  await page.locator('.attachment', { hasText: 'and 2 more' }).waitFor();
  await page.getByRole('textbox', { name: 'Caption' }).fill('Us');
  await page.getByRole('button', { name: 'Send' }).click();
  const got = [await bot.next('message', chat), await bot.next('message', chat), await bot.next('message', chat)];
  assert.equal(new Set(got.map((one) => one.media_group_id)).size, 1);
  assert.deepEqual(got.map((one) => one.caption), ['Us', undefined, undefined]);
  await page.locator('.message.mine .mosaic .photo').nth(2).waitFor();
});

test('a talk full of pictures loads what is in view, small, and nothing jumps', async () => {
  const { chat } = await stage.talk();
  for (let n = 0; n < 31; n += 1) {
    await bot.call('sendPhoto', { chat_id: chat, photo: picture(1200, 1600, [8 * n, 80, 120]), caption: `Picture ${n}`, reply_markup: keys([callback('Again')]) });
  }
  const asked = [];
  const page = await stage.page(chat, {
    width: 360,
    before: async (fresh) => {
      await watchShifts(fresh);
      fresh.on('request', (request) => request.url().includes('/photo/') && asked.push(request.url()));
    },
  });
  await page.locator('.message .words', { hasText: /^Picture 30$/ }).waitFor();
  await page.locator('img.over.ready').last().waitFor();
  // The network is never idle: the page listens to its events all the time.
  for (let seen = -1; seen !== asked.length;) {
    seen = asked.length;
    await page.waitForTimeout(400);
  }
  assert.ok(asked.length <= 24, `${asked.length} requests for pictures`);
  assert.ok(asked.every((url) => !url.includes('size=max')), 'the largest is for the viewer');
  const { sum, each } = await shifts(page);
  assert.ok(sum <= 0.02, `shifted by ${sum}: ${each.join('; ')}`);
});

test("a card's photo is not lost to the card's next change, nor to its end", async () => {
  const { chat } = await stage.talk();
  const sent = await bot.call('sendPhoto', { chat_id: chat, photo: picture(400, 300, [200, 0, 0]), caption: 'red' });
  const unique = sent.photo.at(-1).file_unique_id;
  const fetched = async (query) => {
    const answer = await fetch(`${stage.world.url}/sim/chats/${chat}/photo/${sent.message_id}?${query}`);
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()).toString('base64') };
  };
  const red = await fetched(`size=max&v=${unique}`);
  assert.equal(red.status, 200);
  const media = JSON.stringify({ type: 'photo', media: 'attach://blue', caption: 'blue' });
  await bot.call('editMessageMedia', { chat_id: chat, message_id: sent.message_id, media, blue: picture(400, 300, [0, 0, 200]) });
  assert.deepEqual(await fetched(`size=max&v=${unique}`), red, 'what was asked for, not what is shown by now');
  assert.notDeepEqual(await fetched('size=max'), red);
  await bot.call('deleteMessage', { chat_id: chat, message_id: sent.message_id });
  assert.deepEqual(await fetched(`size=max&v=${unique}`), red);
  assert.equal((await fetched('size=max')).status, 404);
  assert.equal((await fetched('size=max&v=nothing')).status, 404);
});

test('the first card of a new talk comes without a jump', async () => {
  const person = await stage.person();
  const page = await stage.page(person.id, { width: 360, before: watchShifts });
  await page.locator('.start').click();
  const message = await bot.next('message', person.id);
  assert.equal(message.text, '/start');
  // As long as a real bot may take: a shift within half a second of a press would not count.
  await page.waitForFunction((since) => performance.now() - since > 700, await page.evaluate(() => performance.now()));
  await bot.call('sendPhoto', { chat_id: person.id, photo: picture(1080, 720, [90, 60, 160]), caption: 'Welcome\n'.repeat(5), reply_markup: keys([callback('Create')], [callback('Help')]) });
  await page.locator('img.over.ready').waitFor();
  await bot.call('sendMessage', { chat_id: person.id, text: 'And one more' });
  await page.getByText('And one more').waitFor();
  const { sum, each } = await shifts(page);
  assert.ok(sum <= 0.02, `shifted by ${sum}: ${each.join('; ')}`);
});

test('nobody is shown the first steps again who has pictures already', async () => {
  const { chat, page } = await stage.talk();
  await page.locator('.guide').waitFor();
  for (const n of [1, 2]) await bot.call('sendMessage', { chat_id: chat, text: `Result ${n}`, reply_markup: keys([callback('💾 Download')]) });
  await page.getByText('Result 2').waitFor();
  await page.locator('.guide').waitFor({ state: 'detached' });
});
