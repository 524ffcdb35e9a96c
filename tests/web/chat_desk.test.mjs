// SPDX-License-Identifier: Apache-2.0
// The page around the messages: header, composer, drawer, languages, accessibility.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { png, violations } from './browser.mjs';
import { Stage, callback, keys } from './stage.mjs';

let stage;
let bot;

before(async () => {
  stage = await Stage.open();
  bot = stage.bot;
});
after(() => stage?.close());
afterEach(() => stage.quiet());

const atEnd = () => {
  const log = document.querySelector('.log-scroll');
  return log.scrollHeight - log.scrollTop - log.clientHeight < 2;
};

test('the header says for at most five seconds what the bot is doing', async () => {
  const { chat, page } = await stage.talk({}, { query: 'lang=ru', before: (fresh) => fresh.clock.install() });
  await bot.call('sendChatAction', { chat_id: chat, action: 'upload_photo' });
  await page.locator('.status', { hasText: 'отправляет фото…' }).waitFor();
  await page.clock.fastForward(5_000);
  await page.locator('.status', { hasText: /^бот$/ }).waitFor();
});

test('new messages scroll into view and are counted in the title of a hidden page', async () => {
  const hide = () => Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.away === true });
  const { chat, page } = await stage.talk({}, { before: (fresh) => fresh.addInitScript(hide) });
  for (let n = 1; n <= 15; n += 1) await bot.call('sendMessage', { chat_id: chat, text: `Message ${n}` });
  await page.getByText('Message 15', { exact: true }).waitFor();
  await page.evaluate(() => (window.away = true));
  const name = await page.title();
  await bot.call('sendMessage', { chat_id: chat, text: 'The newest\nof all' });
  await page.waitForFunction((before) => document.title === `(1) ${before}`, name);
  await page.waitForFunction(atEnd);
  await page.evaluate(() => {
    window.away = false;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForFunction((before) => document.title === before, name);
});

test('whoever reads above is not pulled down but told what came', async () => {
  const { chat, page } = await stage.talk();
  for (let n = 1; n <= 30; n += 1) await bot.call('sendMessage', { chat_id: chat, text: `Message ${n}` });
  await page.getByText('Message 30', { exact: true }).waitFor();
  await page.waitForFunction(atEnd);
  const frames = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
  await page.evaluate(frames);
  await page.locator('.log-scroll').evaluate((log) => log.scrollTo(0, 0));
  await page.evaluate(frames);
  assert.equal(await page.locator('.log-scroll').evaluate((log) => log.scrollTop), 0);
  await bot.call('sendMessage', { chat_id: chat, text: 'Down here' });
  await page.getByRole('button', { name: /1 new message/ }).click();
  await page.getByText('Down here', { exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector('.log-scroll').scrollTop > 0);
});

test('the command list is in the language of the person', async () => {
  await bot.call('setMyCommands', { commands: [{ command: 'create', description: 'Create an image' }] });
  await bot.call('setMyCommands', { commands: [{ command: 'create', description: 'Создать изображение' }], language_code: 'ru' });
  const russian = await stage.talk({ language_code: 'ru' }, { query: 'lang=ru' });
  await russian.page.getByRole('button', { name: 'Команды бота' }).click();
  await russian.page.getByRole('button', { name: '/create Создать изображение' }).click();
  assert.equal((await bot.next('message', russian.chat)).text, '/create');
  const english = await stage.talk({ language_code: 'en' });
  await english.page.getByRole('textbox', { name: 'Message' }).fill('/cr');
  await english.page.getByRole('button', { name: '/create Create an image' }).waitFor();
});

test('text, a photo with its caption and a file reach the bot', async () => {
  const { chat, page } = await stage.talk();
  await page.getByRole('textbox', { name: 'Message' }).fill('In a red coat');
  await page.keyboard.press('Enter');
  assert.equal((await bot.next('message', chat)).text, 'In a red coat');
  const input = page.locator('input[type=file]');
  await input.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png(200, 100, [10, 90, 200]) });
  await page.getByRole('textbox', { name: 'Caption' }).fill('It is me');
  await page.getByRole('button', { name: 'Send' }).click();
  const photo = await bot.next('message', chat);
  assert.equal(photo.caption, 'It is me');
  assert.equal(photo.photo.at(-1).width, 200);
  await input.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
  await page.getByRole('button', { name: 'Send' }).click();
  assert.equal((await bot.next('message', chat)).document.file_name, 'notes.txt');
});

test('a copy button copies, and a link asks before it opens', async () => {
  const { chat, page } = await stage.talk();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const buttons = [{ text: 'Prompt', copy_text: { text: 'a red coat' } }, { text: 'Site', url: 'https://example.org/' }];
  await bot.call('sendMessage', { chat_id: chat, text: 'Choose', reply_markup: keys(buttons) });
  await page.getByRole('button', { name: 'Prompt' }).click();
  await page.getByRole('status').getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'a red coat');
  await page.getByRole('button', { name: 'Site' }).click();
  await page.getByRole('dialog').getByText('https://example.org/').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('reactions of both sides are shown, and the person can take theirs back', async () => {
  const { chat, page } = await stage.talk();
  const sent = await bot.call('sendMessage', { chat_id: chat, text: 'A picture' });
  const message = page.locator(`#message-${sent.message_id}`);
  await message.locator('.bubble').hover();
  await message.getByRole('button', { name: 'React' }).click();
  await message.getByRole('button', { name: '❤️' }).click();
  await message.locator('.reaction[aria-pressed=true]').click();
  await message.locator('.reaction').waitFor({ state: 'detached' });
  await bot.call('setMessageReaction', { chat_id: chat, message_id: sent.message_id, reaction: [{ type: 'emoji', emoji: '👀' }] });
  await message.locator('.reaction', { hasText: '👀' }).waitFor();
});

test('a fault ordered in the drawer hits the next call about this chat, and the call log shows it', async () => {
  const { chat, page } = await stage.talk({}, { width: 1280, query: 'lang=en&drawer' });
  await page.getByRole('tab', { name: 'Faults' }).click();
  await page.getByRole('button', { name: '429, wait 5 s' }).click();
  await page.locator('.faults li').waitFor();
  const refused = await bot.raw('sendMessage', { chat_id: chat, text: 'x' });
  assert.equal(refused.error_code, 429);
  assert.equal(refused.parameters.retry_after, 5);
  await page.getByRole('tab', { name: 'Calls' }).click();
  const row = page.locator('.journal details', { hasText: '429' }).first();
  await row.locator('summary').click();
  await row.getByText('retry_after').first().waitFor();
  assert.equal((await bot.raw('sendMessage', { chat_id: chat, text: 'y' })).ok, true);
});

test('a person who blocks the bot in the drawer cannot be written to until they unblock it', async () => {
  const { chat, page } = await stage.talk({}, { width: 1280, query: 'lang=en&drawer' });
  await page.getByRole('tab', { name: 'Stage' }).click();
  await page.getByRole('button', { name: 'Block the bot' }).click();
  await page.getByRole('button', { name: 'Unblock', exact: true }).waitFor();
  assert.equal((await bot.raw('sendMessage', { chat_id: chat, text: 'x' })).error_code, 403);
  await page.getByRole('button', { name: 'Unblock', exact: true }).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await bot.call('sendMessage', { chat_id: chat, text: 'Welcome back' });
  await page.getByText('Welcome back').waitFor();
});

test('the whole talk works from the keyboard', async () => {
  const { chat, page } = await stage.talk();
  await bot.call('sendMessage', { chat_id: chat, text: 'Choose', reply_markup: keys([callback('One'), callback('Two')]) });
  await page.getByRole('button', { name: 'Two' }).waitFor();
  await page.locator('.log-scroll').focus();
  for (let n = 0; n < 10; n += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement.textContent)) === 'Two') break;
  }
  await page.keyboard.press('Enter');
  assert.equal((await bot.next('callback_query', chat)).data, 't:Two');
});

for (const [lang, theme] of [['ru', 'light'], ['ru', 'dark'], ['en', 'light'], ['en', 'dark']]) {
  test(`nothing on the page bars anyone: ${lang}, ${theme}`, async () => {
    const { chat, page } = await stage.talk({ language_code: lang }, { width: 1280, query: `lang=${lang}&theme=${theme}&drawer` });
    const styles = ['primary', 'success', 'danger'].map((style) => callback(style, { style }));
    await bot.call('sendPhoto', { chat_id: chat, photo: new Blob([png(300, 400, [90, 90, 90])]), caption: 'A picture', reply_markup: keys(styles, [callback('plain')]) });
    await bot.call('sendMessage', { chat_id: chat, text: 'code https://example.org quote', entities: [{ type: 'code', offset: 0, length: 4 }, { type: 'blockquote', offset: 25, length: 5 }] });
    await page.locator('blockquote').waitFor();
    await page.locator('img.over.ready').waitFor();
    for (const tab of ['stage', 'faults', 'calls', 'updates']) {
      await page.locator(`#tab-${tab}`).click();
      assert.deepEqual(await violations(page), [], tab);
    }
    assert.equal(await page.getByRole('log').getAttribute('aria-live'), 'polite');
  });
}

test('the page comes back by itself when the sandbox does, with the whole talk', async () => {
  const { chat, page } = await stage.talk();
  await bot.call('sendMessage', { chat_id: chat, text: 'Before the break' });
  await page.getByText('Before the break', { exact: true }).waitFor();
  stage.world.sandbox.kill('SIGKILL');
  await stage.world.sandbox.ended;
  await page.locator('.status', { hasText: 'no connection' }).waitFor();
  await stage.world.startSandbox();
  await page.locator('.status', { hasText: /^bot$/ }).waitFor();
  await bot.call('sendMessage', { chat_id: chat, text: 'After the break' });
  await page.getByText('After the break', { exact: true }).waitFor();
  assert.equal(await page.getByText('Before the break', { exact: true }).count(), 1);
  // The browser notes each connection that failed meanwhile.
  await stage.quiet(/net::ERR_/);
});

test('a first visitor meets a person of their own language', async () => {
  for (const lang of ['ru', 'en']) {
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${stage.world.url}/?lang=${lang}&drawer`);
    await page.locator('.person[aria-pressed=true] small', { hasText: lang }).waitFor();
    await context.close();
  }
});

test('starting over, once confirmed, empties every chat and shows the page of a stranger', async () => {
  const { page } = await stage.talk({}, { width: 1280, query: 'lang=en&drawer' });
  await page.getByRole('tab', { name: 'Stage' }).click();
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('button', { name: 'Erase' }).click();
  await page.locator('.empty').waitFor();
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
});
