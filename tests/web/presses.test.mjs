// SPDX-License-Identifier: Apache-2.0
// A thousand presses: what the server has, the page shows. Other people's events keep the stream busy meanwhile, so that many a
// change is published while the one before it is being written.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage, callback, keys } from './stage.mjs';

const kPresses = 1000;
const kLatestMs = 300;

let stage;

before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** Notes when each text was first on the page, in ms since the epoch. */
const watchTexts = () => {
  window.seenAt = {};
  new MutationObserver(() => {
    for (const words of document.querySelectorAll('.message .words')) window.seenAt[words.textContent] ??= Date.now();
  }).observe(document, { childList: true, subtree: true, characterData: true });
};

test(`of ${kPresses} presses none is shown later than ${kLatestMs} ms after the server had it`, async () => {
  const { bot } = stage;
  const { chat, page } = await stage.talk({}, { before: (fresh) => fresh.addInitScript(watchTexts) });
  const { message_id } = await bot.call('sendMessage', { chat_id: chat, text: 'n 0', reply_markup: keys([callback('Next')]) });
  await page.getByRole('button', { name: 'Next' }).waitFor();
  const hadAt = [];
  for (let n = 1; n <= kPresses; n += 1) {
    await page.evaluate(() => document.querySelector('.key').click());
    const query = await bot.next('callback_query', chat);
    // A chat action and an answer beside the edit: three events at about the same moment.
    const beside = bot.call('sendChatAction', { chat_id: chat, action: 'typing' });
    await bot.call('editMessageText', { chat_id: chat, message_id, text: `n ${n}`, reply_markup: keys([callback('Next')]) });
    hadAt[n] = Date.now();
    await bot.call('answerCallbackQuery', { callback_query_id: query.id });
    await beside;
    await page.waitForFunction((words) => window.seenAt[words] !== undefined, `n ${n}`);
    await page.waitForFunction(() => !document.querySelector('.key[aria-busy=true]'));
  }
  const seenAt = await page.evaluate(() => window.seenAt);
  const late = [...Array(kPresses).keys()].map((n) => seenAt[`n ${n + 1}`] - hadAt[n + 1]).sort((a, b) => a - b);
  console.log(`# shown after: median ${late[kPresses / 2]} ms, worst ${late.at(-1)} ms`);
  assert.ok(late.at(-1) <= kLatestMs, `worst: ${late.slice(-5)} ms`);
  await stage.quiet();
});
