// SPDX-License-Identifier: Apache-2.0
// A picture on its way to a friend, in Chromium: the share card, the choice of a chat, what the friend gets and meets.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World, until } from '../e2e/world.mjs';
import { launch } from './browser.mjs';
import { Walk } from './walk.mjs';

/** A name each: the people of one sandbox are on one list. */
const kFriends = { ru: { 360: 'Оля', 390: 'Вера' }, en: { 360: 'Olive', 390: 'Vera' } };

let world;
let browser;

before(async () => {
  world = await World.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.stop();
});

for (const lang of ['ru', 'en']) {
  for (const width of [360, 390]) {
    test(`a picture reaches a friend, ${lang} at ${width} px`, { timeout: 120_000 }, async () => {
      const friend = await world.sim('POST', '/sim/users', { first_name: kFriends[lang][width], language_code: lang });
      const walk = await Walk.start({ world, browser }, lang, width);
      await walk.press('🎨');
      await walk.sees('6');
      await walk.press('1');
      await walk.sees('📤');
      await walk.go(() => walk.press('📤'), '🚫', '60-share');
      await walk.press('📤');
      const dialog = walk.page.locator('dialog.share');
      await dialog.locator('.offer img').first().waitFor();
      await dialog.getByRole('button', { name: friend.first_name }).click();
      await until('the photo of the result', () => dialog.locator('.offer img').first().evaluate((image) => image.naturalWidth > 0));
      await walk.shot('61-choose-a-chat');
      await dialog.locator('.offer').first().click();
      await dialog.waitFor({ state: 'detached' });

      const other = await Walk.open({ world, browser }, lang, width, friend);
      await other.page.locator('.from-friends').click();
      const got = other.page.locator('dialog.share');
      await until('the photo that came', () => got.locator('.via-photo').evaluate((image) => image.naturalWidth > 0));
      await other.shot('62-from-a-friend');
      await got.locator('.key').click();
      await other.sees('🎨');
      await other.check('63-shared');
      await walk.go(() => walk.press('🚫'), '📤', '64-share-closed');
      await until('the end of the link', () => world.sql(`SELECT count(*) AS n FROM share_links l JOIN users u ON u.id = l.user_id WHERE u.telegram_id = '${walk.person.id}' AND l.revoked_at IS NULL`)[0].n === 0);
      await other.page.locator('.from-friends').click();
      await other.page.locator('dialog.share .key').click();
      await until('the answer', async () => /🔗/.test(await other.page.locator('.message.theirs').last().innerText()));
      await other.check('65-shared-gone');
      assert.deepEqual(walk.complaints, []);
      assert.deepEqual(other.complaints, []);
      await walk.page.close();
      await other.page.close();
    });
  }
}
