// SPDX-License-Identifier: Apache-2.0
// A person who walks through the product's screens in Chromium and holds each to what every screen must be: each label fits its
// button, nothing is left untranslated, the console is silent. Screenshots go to <build>/screens.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { build } from '../e2e/programs.mjs';
import { cutLabels } from './browser.mjs';

const kScreens = path.join(build, 'screens');
fs.mkdirSync(kScreens, { recursive: true });
/** Names that stay as they are in every language: the languages' own. */
const kNames = /Русский/g;
/** A telephone that many people have, and a small desk. */
const kHeights = { 360: 800, 390: 844, 1280: 900 };

/** True when every photo of the page is shown whole in a box of its own ratio, or as high as the window allows. */
function whole() {
  const talk = document.querySelector('.log-wrap').clientHeight;
  return [...document.querySelectorAll('.message.theirs .photo')].every((box) => {
    const image = box.querySelector('img.over');
    const height = Math.min((box.clientWidth * image.naturalHeight) / image.naturalWidth, talk * 0.68);
    return Math.abs(box.clientHeight - height) < 3;
  });
}

/** True when the talk is scrolled to its end. */
function atEnd() {
  const talk = document.querySelector('.log-wrap').getBoundingClientRect();
  return [...document.querySelectorAll('.message')].at(-1).getBoundingClientRect().bottom <= talk.bottom + 1;
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

/** What is told in passing covers what is looked at. */
function toasts(visibility) {
  for (const one of document.querySelectorAll('.toasts')) one.style.visibility = visibility;
}

export class Walk {
  constructor(page, lang, width) {
    Object.assign(this, { page, lang, width, complaints: [] });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** The page of somebody who has not pressed Start. scene: {world, browser}. */
  static async open({ world, browser }, lang, width, person) {
    const page = await browser.newPage({ viewport: { width, height: kHeights[width] }, reducedMotion: 'reduce' });
    const walk = new Walk(page, lang, width);
    walk.person = person;
    await page.goto(`${world.url}/?user=${person.id}&lang=${lang}&theme=${width < 600 ? 'light' : 'dark'}`);
    return walk;
  }

  static async start(scene, lang, width) {
    const person = await scene.world.sim('POST', '/sim/users', { first_name: lang === 'ru' ? 'Марина' : 'Mary', language_code: lang });
    const walk = await Walk.open(scene, lang, width, person);
    await walk.page.locator('.start').click();
    await walk.sees('🎨');
    return walk;
  }

  /** Writes into the chat. */
  async write(text) {
    await this.page.getByRole('textbox').fill(text);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.message.mine', { hasText: text }).last().waitFor();
  }

  /** The newest button whose label begins so; a number is a whole label. */
  key(prefix) {
    const matches = /^\d+$/.test(prefix) ? '=' : '^=';
    return this.page.locator(`.key[data-button${matches}${JSON.stringify(prefix)}]`).last();
  }

  sees(prefix) {
    return this.key(prefix).waitFor();
  }

  /** The newest message of the bot has it, not one further up. */
  comes(prefix) {
    return this.page.locator('.message.theirs').last().locator(`.key[data-button^=${JSON.stringify(prefix)}]`).waitFor();
  }

  /** What the newest message of the bot shows. */
  newest() {
    return this.page.evaluate(() => [...document.querySelectorAll('.message.theirs')].at(-1)?.innerText ?? '');
  }

  /** Does something that changes the newest card, waits for the new one, of which `seen` begins a label, and checks it when it has a name. */
  async go(act, seen, name) {
    const before = await this.newest();
    await act();
    await this.page.waitForFunction((old) => [...document.querySelectorAll('.message.theirs')].at(-1)?.innerText !== old, before);
    await this.sees(seen);
    if (name) await this.check(name);
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

  /** Keeps what is in view as a picture. */
  shot(name) {
    return this.page.screenshot({ path: path.join(kScreens, `${this.lang}-${this.width}-${name}.png`) });
  }

  /** Holds the screen in view to what every screen must be, and keeps its picture. */
  async check(name) {
    const where = `${name}, ${this.lang}, ${this.width} px`;
    await this.page.waitForFunction(() => [...document.querySelectorAll('.message img.over')].every((one) => one.classList.contains('ready')));
    await this.page.waitForFunction(whole);
    await this.page.waitForFunction(atEnd);
    assert.deepEqual(await cutLabels(this.page), [], `labels that do not fit: ${where}`);
    assert.ok(await this.page.evaluate(() => [...document.querySelectorAll('.who h1, .status')].every((one) => one.scrollWidth <= one.clientWidth)), `the header is cut off: ${where}`);
    if (this.lang === 'en') {
      const foreign = (await this.page.locator('body').innerText()).replace(kNames, '').match(/[^\n]*[а-яё][^\n]*/gi);
      assert.equal(foreign, null, `Russian words: ${where}`);
    }
    assert.deepEqual(this.complaints, [], where);
    await this.page.evaluate(toasts, 'hidden');
    await this.shot(name);
    await this.page.evaluate(toasts, 'visible');
  }
}
