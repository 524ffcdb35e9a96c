// SPDX-License-Identifier: Apache-2.0
// A person walks through the product's screens in Chromium: both languages, telephone and desktop. At every screen each label
// fits its button, nothing is left untranslated, the console is silent. Screenshots go to <build>/screens.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build } from '../e2e/programs.mjs';
import { World } from '../e2e/world.mjs';
import { cutLabels, launch, violations } from './browser.mjs';

const kScreens = path.join(build, 'screens');
/** Names that stay as they are in every language: the languages' own. */
const kNames = /Русский/g;
/** A telephone that many people have, and a small desk. */
const kHeights = { 360: 800, 1280: 900 };

let world;
let browser;

before(async () => {
  fs.mkdirSync(kScreens, { recursive: true });
  world = await World.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.stop();
});

/** True when every photo of the page is shown whole in a box of its own ratio, or as high as the window allows. */
function whole() {
  const talk = document.querySelector('.log-wrap').clientHeight;
  return [...document.querySelectorAll('.message.theirs .photo')].every((box) => {
    const image = box.querySelector('img.over');
    const height = Math.min((box.clientWidth * image.naturalHeight) / image.naturalWidth, talk * 0.68);
    return Math.abs(box.clientHeight - height) < 3;
  });
}

/** True when the newest sheet, its words and every number below it are in view together. */
function sheetAndNumbers() {
  const message = [...document.querySelectorAll('.message.theirs')].at(-1);
  const talk = document.querySelector('.log-wrap').getBoundingClientRect();
  const guide = document.querySelector('.guide')?.getBoundingClientRect().bottom ?? talk.top;
  const top = message.querySelector('.photo').getBoundingClientRect().top;
  const numbers = [...message.querySelectorAll('.key')].filter((key) => /^\d$/.test(key.dataset.button));
  const bottom = Math.max(...numbers.map((key) => key.getBoundingClientRect().bottom));
  return numbers.length > 0 && top >= Math.max(talk.top, guide) - 1 && bottom <= talk.bottom + 1;
}

class Walk {
  constructor(page, lang, width) {
    Object.assign(this, { page, lang, width, complaints: [] });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async start(lang, width) {
    const person = await world.sim('POST', '/sim/users', { first_name: lang === 'ru' ? 'Марина' : 'Mary', language_code: lang });
    const page = await browser.newPage({ viewport: { width, height: kHeights[width] }, reducedMotion: 'reduce' });
    const walk = new Walk(page, lang, width);
    await page.goto(`${world.url}/?user=${person.id}&lang=${lang}&theme=${width < 600 ? 'light' : 'dark'}`);
    await page.locator('.start').click();
    await walk.sees('🎨');
    return walk;
  }

  key(prefix) {
    return this.page.locator(`.key[data-button^=${JSON.stringify(prefix)}]`).last();
  }

  sees(prefix) {
    return this.key(prefix).waitFor();
  }

  /** Presses the newest button whose label begins so, and waits until its answer has come. */
  async press(prefix) {
    await this.key(prefix).click();
    await this.page.waitForFunction(() => !document.querySelector('.key[aria-busy=true]'));
  }

  /** The words of the newest card. */
  words() {
    return this.page.locator('.message.theirs .words').last().innerText();
  }

  /** The sheet and its numbers are seen together, however tall the rest is. */
  async seesAllNumbers(name) {
    await this.page.waitForFunction(sheetAndNumbers, undefined, { timeout: 5_000 }).catch(() => assert.fail(`not in one view: ${name}, ${this.lang}, ${this.width} px`));
  }

  /** Holds the screen in view to what every screen must be, and keeps its picture. */
  async check(name) {
    const where = `${name}, ${this.lang}, ${this.width} px`;
    await this.page.waitForFunction(() => [...document.querySelectorAll('.message img.over')].every((one) => one.classList.contains('ready')));
    await this.page.waitForFunction(whole);
    assert.deepEqual(await cutLabels(this.page), [], `labels that do not fit: ${where}`);
    assert.ok(await this.page.evaluate(() => [...document.querySelectorAll('.who h1, .status')].every((one) => one.scrollWidth <= one.clientWidth)), `the header is cut off: ${where}`);
    if (this.lang === 'en') {
      const foreign = (await this.page.locator('body').innerText()).replace(kNames, '').match(/[^\n]*[а-яё][^\n]*/gi);
      assert.equal(foreign, null, `Russian words: ${where}`);
    }
    assert.deepEqual(this.complaints, [], where);
    await this.page.screenshot({ path: path.join(kScreens, `${this.lang}-${this.width}-${name}.png`) });
  }
}

for (const lang of ['ru', 'en']) {
  for (const width of [360, 1280]) {
    test(`the way to the first picture, ${lang} at ${width} px`, async () => {
      const walk = await Walk.start(lang, width);
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
      const walk = await Walk.start(lang, width);
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
      const walk = await Walk.start(lang, width);
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
      const walk = await Walk.start(lang, width);
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
