// SPDX-License-Identifier: Apache-2.0
// Files that a person sends: chosen, dropped, more than an album holds, and the sandbox's own set of samples.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { png } from './browser.mjs';
import { Stage } from './stage.mjs';

let stage;
let bot;

before(async () => {
  stage = await Stage.open();
  bot = stage.bot;
});
after(() => stage?.close());
afterEach(() => stage.quiet());

const heard = async (chat, count) => {
  const out = [];
  while (out.length < count) out.push(await bot.next('message', chat));
  return out;
};
const groups = (messages) => [...new Set(messages.map((one) => one.media_group_id))];
const files = (count) => Array.from({ length: count }, (_, n) => ({ name: `me${n}.png`, mimeType: 'image/png', buffer: png(60, 60 + n, [9, 9, 9 * n]) }));

/** A small fingerprint of each picture: whether it grows brighter from left to right, at 64 places. */
const fingerprints = (page, urls) =>
  page.evaluate(async (all) => {
    const out = [];
    for (const url of all) {
      const picture = await createImageBitmap(await (await fetch(url)).blob(), { resizeWidth: 9, resizeHeight: 8, resizeQuality: 'high' });
      const canvas = new OffscreenCanvas(9, 8).getContext('2d');
      canvas.drawImage(picture, 0, 0);
      const { data } = canvas.getImageData(0, 0, 9, 8);
      const luma = (x, y) => 0.3 * data[4 * (9 * y + x)] + 0.6 * data[4 * (9 * y + x) + 1] + 0.1 * data[4 * (9 * y + x) + 2];
      out.push(Array.from({ length: 64 }, (_, n) => (luma(n % 8, n >> 3) < luma((n % 8) + 1, n >> 3) ? '1' : '0')).join(''));
    }
    return out;
  }, urls);

for (const [lang, attach, samples] of [['ru', 'Прикрепить', 'Набор примеров'], ['en', 'Attach', 'Sample set']]) {
  test(`the sample set is twelve photos in two albums (${lang})`, async () => {
    const { chat, page } = await stage.talk({}, { width: 360, query: `lang=${lang}&theme=light` });
    await page.getByRole('button', { name: attach, exact: true }).click();
    await page.getByRole('button', { name: samples }).click();
    const got = await heard(chat, 12);
    assert.equal(groups(got).length, 2);
    assert.deepEqual(got.map((one) => groups(got).indexOf(one.media_group_id)), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    assert.ok(got.every((one) => Math.max(one.photo.at(-1).width, one.photo.at(-1).height) === 1024));
    assert.equal(new Set(got.map((one) => one.photo.at(-1).file_unique_id)).size, 12);
    await page.locator('.message.mine .mosaic').nth(1).locator('img.over.ready').nth(1).waitFor();
    assert.equal(await page.locator('.message.mine .mosaic').first().locator('.photo').count(), 10);
    assert.equal(await page.locator('.attach-menu').count(), 0);
  });
}

test('no two samples are alike, and they are the same ones every time', async () => {
  const { chat, page } = await stage.talk();
  const first = (await stage.sim('POST', `/chats/${chat}/samples`)).messages;
  const again = (await stage.sim('POST', `/chats/${chat}/samples`)).messages;
  const unique = (messages) => messages.map((one) => one.photo.at(-1).file_unique_id);
  assert.deepEqual(unique(again), unique(first));
  const prints = await fingerprints(page, first.map((one) => `/sim/chats/${chat}/photo/${one.message_id}?size=max`));
  const distance = (a, b) => [...a].filter((bit, n) => bit !== b[n]).length;
  prints.forEach((a, n) => prints.slice(n + 1).forEach((b, m) => assert.ok(distance(a, b) >= 12, `${n} and ${n + 1 + m}: ${distance(a, b)}`)));
});

test('more files than an album holds become several, and the words stand under the first', async () => {
  const { chat, page } = await stage.talk();
  await page.locator('input[type=file]').setInputFiles(files(13));
  await page.locator('.attachment', { hasText: 'and 12 more' }).waitFor();
  await page.getByRole('textbox', { name: 'Caption' }).fill('All of me');
  await page.getByRole('button', { name: 'Send' }).click();
  const got = await heard(chat, 13);
  assert.deepEqual(groups(got).map((group) => got.filter((one) => one.media_group_id === group).length), [10, 3]);
  assert.deepEqual(got.map((one) => one.caption).filter(Boolean), ['All of me']);
});

test('what the bot thinks of each photo of an album stands on that photo', async () => {
  const { chat, page } = await stage.talk();
  const { messages } = await stage.sim('POST', `/chats/${chat}/samples`);
  for (const [place, emoji] of [[0, '👌'], [7, '🤔']]) {
    await bot.call('setMessageReaction', { chat_id: chat, message_id: messages[place].message_id, reaction: [{ type: 'emoji', emoji }] });
  }
  const cells = page.locator('.message.mine .mosaic').first().locator('.mosaic-cell');
  await cells.nth(7).locator('.reaction', { hasText: '🤔' }).waitFor();
  await cells.nth(0).locator('.reaction', { hasText: '👌' }).waitFor();
  assert.equal(await page.locator('.message.mine .reaction').count(), 2);
  const media = files(2).map(({ buffer, name }) => ({ document: buffer.toString('base64'), name }));
  const album = await stage.sim('POST', `/chats/${chat}/send`, { media });
  await bot.call('setMessageReaction', { chat_id: chat, message_id: album.messages[1].message_id, reaction: [{ type: 'emoji', emoji: '🤔' }] });
  await page.locator('.message.mine .foot .reaction', { hasText: '🤔' }).waitFor();
});

test('files that are dropped on the talk are attached', async () => {
  const { chat, page } = await stage.talk();
  const drop = async (type) => {
    const data = await page.evaluateHandle((bytes) => {
      const transfer = new DataTransfer();
      for (const name of ['a.png', 'b.png']) transfer.items.add(new File([Uint8Array.from(bytes)], name, { type: 'image/png' }));
      return transfer;
    }, [...png(80, 90, [9, 90, 9])]);
    await page.locator('main').dispatchEvent(type, { dataTransfer: data });
  };
  await drop('dragover');
  await page.locator('.drop-hint').waitFor();
  await drop('drop');
  await page.locator('.drop-hint').waitFor({ state: 'detached' });
  await page.locator('.attachment', { hasText: 'and 1 more' }).waitFor();
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  const got = await heard(chat, 2);
  assert.deepEqual(got.map((one) => one.document.file_name), ['a.png', 'b.png']);
  assert.equal(groups(got).length, 1);
  await page.locator('.message.mine .document').nth(1).waitFor();
});

test('the clip\'s menu closes by Escape and by a press elsewhere, and gives focus back', async () => {
  const { page } = await stage.talk();
  const clip = page.getByRole('button', { name: 'Attach', exact: true });
  await clip.click();
  await page.locator('.attach-menu').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.attach-menu').waitFor({ state: 'detached' });
  assert.ok(await clip.evaluate((button) => button === document.activeElement));
  await clip.click();
  await page.locator('h1').click();
  await page.locator('.attach-menu').waitFor({ state: 'detached' });
});

test('an album by its other name reaches the bot out of order when that is asked for', async () => {
  const { chat } = await stage.talk();
  const album = files(9).map(({ buffer, name }) => ({ photo: buffer.toString('base64'), name, caption: name }));
  const sent = await stage.sim('POST', `/chats/${chat}/send`, { album, order: 'shuffled' });
  assert.equal(sent.messages.length, 9);
  const got = await heard(chat, 9);
  const ids = got.map((one) => one.message_id);
  assert.notDeepEqual(ids, sent.messages.map((one) => one.message_id));
  assert.deepEqual([...ids].sort((a, b) => a - b), sent.messages.map((one) => one.message_id));
  assert.equal(groups(got).length, 1);
});

test('a file over 20 MB is sent, and the bot cannot have it', async () => {
  const { chat } = await stage.talk();
  const send = (bytes) => stage.sim('POST', `/chats/${chat}/send`, { document: Buffer.alloc(bytes, 7).toString('base64'), name: 'large.bin' });
  const small = await send(1000);
  assert.ok((await bot.call('getFile', { file_id: small.document.file_id })).file_path);
  const large = await send(20 * 1024 * 1024 + 1);
  assert.equal(large.document.file_size, 20 * 1024 * 1024 + 1);
  await assert.rejects(bot.call('getFile', { file_id: large.document.file_id }), /Bad Request: file is too big/);
});
