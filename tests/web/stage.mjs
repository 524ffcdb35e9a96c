// SPDX-License-Identifier: Apache-2.0
// One sandbox and one browser for a file of tests; a person, a page and a clean console for each test.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { World } from '../e2e/world.mjs';
import { Bot } from './bot.mjs';
import { launch } from './browser.mjs';

export class Stage {
  static async open() {
    const stage = new Stage();
    stage.world = await World.start({ product: false });
    const token = fs.readFileSync(path.join(stage.world.folder, 'sandbox', 'bot.token'), 'utf8').trim();
    stage.bot = new Bot(stage.world.url, token);
    stage.browser = await launch();
    stage.complaints = [];
    return stage;
  }

  async close() {
    await this.browser?.close();
    await this.world?.stop();
  }

  sim(method, route, body) {
    return this.world.sim(method, `/sim${route}`, body);
  }

  person(fields = {}) {
    return this.sim('POST', '/users', { first_name: 'Vera', language_code: 'en', ...fields });
  }

  /** The chat of `id` in a window of its own. Whatever the console complains about fails the test at `quiet`. */
  async page(id, { width = 420, height = 800, query = 'lang=en&theme=light', before } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    await before?.(page);
    await page.goto(`${this.world.url}/?user=${id}&${query}`);
    await page.locator('.log article, .empty').first().waitFor();
    return page;
  }

  /** A person who has pressed Start, and the page. */
  async talk(fields = {}, options = {}) {
    const person = await this.person(fields);
    await this.sim('POST', `/chats/${person.id}/send`, { start: '' });
    await this.bot.next('message', person.id);
    return { chat: person.id, page: await this.page(person.id, options) };
  }

  /** Ends a test: its pages are closed, so that they do not go on behind the next one, and none has complained of more than `expected`. */
  async quiet(expected = /^$/) {
    for (const context of this.browser.contexts()) await context.close();
    assert.deepEqual(this.complaints.splice(0).filter((line) => !expected.test(line)), []);
  }
}

export const callback = (text, more = {}) => ({ text, callback_data: `t:${text}`.slice(0, 32), ...more });
export const keys = (...rows) => ({ inline_keyboard: rows });
