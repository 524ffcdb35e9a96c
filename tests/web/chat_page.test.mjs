// SPDX-License-Identifier: Apache-2.0
// The chat page against the real sandbox; the test plays the bot.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { upload } from './bot.mjs';
import { cutLabels, png } from './browser.mjs';
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
const last = (page) => page.locator('.message').last();

test('a new chat tells what the bot can do, and Start sends its payload', async () => {
  await bot.call('setMyDescription', { description: 'Draws your portrait' });
  const person = await stage.person();
  const page = await stage.page(person.id, { query: 'lang=en&start=s-office' });
  await page.getByText('Draws your portrait').waitFor();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const message = await bot.next('message', person.id);
  assert.equal(message.text, '/start s-office');
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
});

test('entities are drawn at their UTF-16 places', async () => {
  const { chat, page } = await stage.talk();
  const text = '👩‍🎨 bold, under, gone, code, site\nquoted\nnext';
  const at = (word, type, more = {}) => ({ type, offset: text.indexOf(word), length: word.length, ...more });
  await bot.call('sendMessage', {
    chat_id: chat,
    text,
    entities: [
      at('bold', 'bold'),
      at('under', 'underline'),
      at('gone', 'strikethrough'),
      at('code', 'code'),
      at('site', 'text_link', { url: 'https://example.org/a' }),
      at('quoted', 'blockquote'),
    ],
  });
  const words = last(page).locator('.words');
  await words.locator('strong', { hasText: /^bold$/ }).waitFor();
  assert.equal(await words.locator('u').textContent(), 'under');
  assert.equal(await words.locator('s').textContent(), 'gone');
  assert.equal(await words.locator('code').textContent(), 'code');
  assert.equal(await words.locator('a').getAttribute('href'), 'https://example.org/a');
  assert.equal(await words.locator('a').getAttribute('rel'), 'noopener noreferrer nofollow');
  assert.equal(await words.locator('blockquote').textContent(), 'quoted');
  assert.ok((await words.textContent()).startsWith('👩‍🎨 bold, under'));
});

test('nested entities keep both styles, and markup in plain text stays text', async () => {
  const { chat, page } = await stage.talk();
  await bot.call('sendMessage', {
    chat_id: chat,
    text: 'one two <b>three</b>',
    entities: [
      { type: 'bold', offset: 0, length: 7 },
      { type: 'italic', offset: 4, length: 3 },
    ],
  });
  await last(page).locator('strong em', { hasText: /^two$/ }).waitFor();
  assert.equal(await last(page).locator('.words').textContent(), 'one two <b>three</b>');
});

test('a spoiler opens at a press, a long quote unfolds', async () => {
  const { chat, page } = await stage.talk();
  const quote = 'word '.repeat(120).trim();
  await bot.call('sendMessage', {
    chat_id: chat,
    text: `secret\n${quote}`,
    entities: [
      { type: 'spoiler', offset: 0, length: 6 },
      { type: 'expandable_blockquote', offset: 7, length: quote.length },
    ],
  });
  await page.getByRole('button', { name: 'Show the hidden text' }).click();
  await last(page).locator('.spoiler.open', { hasText: 'secret' }).waitFor();
  const folded = (await last(page).locator('.fold').boundingBox()).height;
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByRole('button', { name: 'Show less' }).waitFor();
  assert.ok((await last(page).locator('.fold').boundingBox()).height > folded * 2);
});

test('buttons of a row are equally wide, a long label ends in an ellipsis, styles have colours', async () => {
  const { chat, page } = await stage.talk();
  const long = 'A label that is far too long to fit into the row of a narrow telephone';
  await bot.call('sendMessage', {
    chat_id: chat,
    text: 'Choose',
    reply_markup: keys(
      [callback('1'), callback('Two words'), callback('3')],
      [callback('Go', { style: 'primary' }), callback('Yes', { style: 'success' }), callback('No', { style: 'danger' })],
      [callback(long)],
    ),
  });
  await page.locator('.key').nth(6).waitFor();
  const boxes = await page.locator('.key-row').first().locator('.key').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
  assert.ok(Math.max(...boxes) - Math.min(...boxes) < 1, `widths ${boxes}`);
  assert.deepEqual(await cutLabels(page), [long]);
  const colours = await page.locator('.key-row').nth(1).locator('.key').evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
  assert.equal(new Set(colours).size, 3);
});

test('a pressed button spins until the bot answers, then the toast is shown', async () => {
  const { chat, page } = await stage.talk();
  await bot.call('sendMessage', { chat_id: chat, text: 'Choose', reply_markup: keys([callback('Like')]) });
  await page.getByRole('button', { name: 'Like' }).click();
  const query = await bot.next('callback_query', chat);
  assert.equal(query.data, 't:Like');
  await page.locator('.key[aria-busy=true] .spinner').waitFor();
  await bot.call('answerCallbackQuery', { callback_query_id: query.id, text: 'Added to favourites' });
  await page.getByRole('status').getByText('Added to favourites').waitFor();
  await page.locator('.key[aria-busy=false]').waitFor();
});

test('an alert is a modal window and Escape closes it', async () => {
  const { chat, page } = await stage.talk();
  await bot.call('sendMessage', { chat_id: chat, text: 'Choose', reply_markup: keys([callback('Warn')]) });
  await page.getByRole('button', { name: 'Warn' }).press('Enter');
  const query = await bot.next('callback_query', chat);
  await bot.call('answerCallbackQuery', { callback_query_id: query.id, text: 'Not enough coins', show_alert: true });
  await page.getByRole('dialog').getByText('Not enough coins').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('a button without an answer warns after ten seconds', async () => {
  const { chat, page } = await stage.talk({}, { before: (fresh) => fresh.clock.install() });
  await bot.call('sendMessage', { chat_id: chat, text: 'Choose', reply_markup: keys([callback('Deaf')]) });
  await page.getByRole('button', { name: 'Deaf' }).click();
  await bot.next('callback_query', chat);
  await page.clock.fastForward(9_000);
  assert.equal(await page.locator('.key-warning').count(), 0);
  await page.clock.fastForward(1_500);
  await page.getByRole('img', { name: 'The bot has not answered this tap' }).waitFor();
});

test('an edit changes the message where it stands and keeps it one message', async () => {
  const { chat, page } = await stage.talk();
  const sent = await bot.call('sendPhoto', { chat_id: chat, photo: picture(300, 400, [200, 60, 60]), caption: 'Before', reply_markup: keys([callback('One')]) });
  await bot.call('sendMessage', { chat_id: chat, text: 'Below' });
  await page.getByText('Below').waitFor();
  const old = await page.locator(`#message-${sent.message_id} img.over.ready`).getAttribute('src');
  const media = { type: 'photo', media: 'attach://fresh', caption: 'After' };
  await bot.call('editMessageMedia', { chat_id: chat, message_id: sent.message_id, media, fresh: picture(400, 300, [60, 60, 200]), reply_markup: keys([callback('Two')]) });
  const message = page.locator(`#message-${sent.message_id}`);
  await message.getByText('After').waitFor();
  await message.getByRole('button', { name: 'Two' }).waitFor();
  await page.waitForFunction(([id, before]) => document.querySelector(`#message-${id} img.over.ready`)?.getAttribute('src') !== before, [sent.message_id, old]);
  const ids = await page.locator('.message').evaluateAll((all) => all.map((one) => Number(one.dataset.message)));
  assert.deepEqual(ids, [...ids].sort((a, b) => a - b));
  assert.equal(ids.filter((id) => id === sent.message_id).length, 1);
  await bot.call('editMessageCaption', { chat_id: chat, message_id: sent.message_id, caption: 'Bare' });
  await message.getByText('Bare').waitFor();
  assert.equal(await message.locator('.key').count(), 0);
});

test('a photo keeps its ratio, is at most 430 px wide and opens in a viewer that Escape closes', async () => {
  const { chat, page } = await stage.talk({}, { width: 1000 });
  await bot.call('sendPhoto', { chat_id: chat, photo: picture(800, 600, [30, 120, 90]), caption: 'Wide' });
  await page.locator('img.over.ready').waitFor();
  const box = await page.locator('.photo').boundingBox();
  assert.ok(box.width <= 430 && box.width > 300, `width ${box.width}`);
  assert.ok(Math.abs(box.width / box.height - 4 / 3) < 0.02, `${box.width} × ${box.height}`);
  await page.getByRole('button', { name: 'Open the photo' }).click();
  const viewer = page.getByRole('dialog', { name: 'Photo' });
  await viewer.getByRole('button', { name: 'Zoom in' }).click();
  assert.match(await viewer.locator('img').getAttribute('style'), /scale\(1\.5\)/);
  await page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
});

test('a document shows name and size and downloads its bytes', async () => {
  const { chat, page } = await stage.talk();
  const bytes = png(40, 40, [9, 9, 9]);
  await bot.call('sendDocument', { chat_id: chat, document: upload(bytes, 'aisha_business.png', 'image/png') });
  const link = page.getByRole('link', { name: /aisha_business\.png/ });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const chunks = [];
  for await (const piece of await download.createReadStream()) chunks.push(piece);
  assert.deepEqual(Buffer.concat(chunks), bytes);
});

test('a deleted message disappears, a reply quotes what it answers', async () => {
  const { chat, page } = await stage.talk();
  const first = await bot.call('sendMessage', { chat_id: chat, text: 'Question' });
  await bot.call('sendMessage', { chat_id: chat, text: 'Answer', reply_parameters: { message_id: first.message_id } });
  await last(page).locator('.quote', { hasText: 'Question' }).waitFor();
  await bot.call('deleteMessage', { chat_id: chat, message_id: first.message_id });
  await page.locator(`#message-${first.message_id}`).waitFor({ state: 'detached' });
});
