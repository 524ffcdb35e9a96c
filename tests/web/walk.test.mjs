// SPDX-License-Identifier: Apache-2.0
// The product's first screens in Chromium: both languages, telephone and desktop (walk.mjs says what is looked at).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from '../e2e/world.mjs';
import { launch, violations } from './browser.mjs';
import { Walk } from './walk.mjs';

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
  for (const width of [360, 1280]) {
    test(`the way to the first picture, ${lang} at ${width} px`, async () => {
      const walk = await Walk.start({ world, browser }, lang, width);
      assert.match(await walk.words(), lang === 'ru' ? /демо-аватар «Анна»/ : /demo avatar “Anna”/);
      await walk.check('1-welcome');
      await walk.press('🎨');
      await walk.sees('1');
      await walk.check('2-create');
      await walk.seesAllNumbers('2-create');
      await walk.press('🎭');
      await walk.sees('ℹ️');
      await walk.check('3-category');
      await walk.seesAllNumbers('3-category');
      await walk.press('ℹ️');
      await walk.sees('⚡');
      await walk.press('1');
      await walk.sees('🎨');
      await walk.check('4-style');
      // Nothing leaves the queue until the status screen has been looked at.
      await world.sim('POST', '/sim/fal/settings', { concurrency: 0 });
      await walk.press('🎨');
      await walk.sees('✖️');
      await walk.page.locator('.guide-end', { hasText: lang === 'ru' ? 'появится' : 'on its way' }).waitFor();
      await walk.page.locator('.status.busy').waitFor();
      await walk.check('5-status');
      await world.sim('POST', '/sim/fal/settings', { concurrency: 2 });
      await walk.sees('💾');
      assert.doesNotMatch(await walk.words(), /AISHA_ANNA/, 'the trigger is not for people');
      await walk.page.locator('.guide-end', { hasText: lang === 'ru' ? 'Вот и' : 'There it is' }).waitFor();
      await walk.check('6-result');
      assert.deepEqual(await violations(walk.page), []);
      await walk.page.close();
    });

    test(`a cancelled picture is no longer said to be on its way, ${lang} at ${width} px`, async () => {
      await world.sim('POST', '/sim/fal/settings', { concurrency: 0 });
      const walk = await Walk.start({ world, browser }, lang, width);
      await walk.press('🎨');
      await walk.sees('1');
      await walk.press('1');
      await walk.page.locator('.guide-end').waitFor();
      await walk.press('✖️');
      await walk.sees('🔁');
      await walk.page.locator('.guide-end').waitFor({ state: 'detached' });
      await walk.check('5b-cancelled');
      await world.sim('POST', '/sim/fal/settings', { concurrency: 2 });
      await walk.page.close();
    });

    test(`every shelf shows its sheet and its numbers in one view, ${lang} at ${width} px`, async () => {
      const walk = await Walk.start({ world, browser }, lang, width);
      for (const shelf of ['🎭', '🌟', '🧙']) {
        await walk.press('🎨');
        await walk.sees(shelf);
        await walk.press(shelf);
        await walk.sees('ℹ️');
        await walk.check(`3-shelf-${shelf.codePointAt(0).toString(16)}`);
        await walk.seesAllNumbers(shelf);
        await walk.press('ℹ️');
        await walk.sees('⚡');
        await walk.press('1');
        await walk.sees('🎨 ');
        await walk.press('‹');
        await walk.sees('⚡');
        await walk.press('🏠');
        await walk.sees('⚙️');
      }
      await walk.page.close();
    });

    test(`own prompt, settings, language and help, ${lang} at ${width} px`, async () => {
      const walk = await Walk.start({ world, browser }, lang, width);
      await walk.press('🎨');
      await walk.sees('📝');
      await walk.press('📝');
      await walk.sees('✖️');
      await walk.page.getByRole('textbox').fill(lang === 'ru' ? 'на закате у моря, акварель' : 'at sunset by the sea, watercolour');
      await walk.page.keyboard.press('Enter');
      await walk.sees('✏️');
      await walk.check('7-own-prompt');
      for (const [command, sign, name] of [['/settings', '⚙️', '8-settings'], ['/help', '❓', '9-help']]) {
        await walk.page.getByRole('textbox').fill(command);
        await walk.page.keyboard.press('Enter');
        await walk.page.locator('.message.mine', { hasText: command }).waitFor();
        await walk.page.locator('.message.theirs .words', { hasText: sign }).last().waitFor();
        await walk.sees('🏠');
        await walk.check(name);
        if (command === '/settings') {
          await walk.press('🌐');
          await walk.sees('🇷🇺');
          await walk.check('8b-language');
        }
      }
      await walk.page.close();
    });
  }
}
