// SPDX-License-Identifier: Apache-2.0
// The judge itself: what Telegram's documentation allows passes, what it does not is named.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerProblems, methodNames, requestProblems, updateProblems } from "./botapi_rules.mjs";

const user = { id: 1, is_bot: false, first_name: "A" };
const message = { message_id: 3, date: 1_700_000_000, chat: { id: 1, type: "private", first_name: "A" }, text: "hi" };
const keyboard = (button) => ({ inline_keyboard: [[{ text: "a", callback_data: "x", ...button }]] });

test("the facts hold the whole Bot API", () => {
  assert.ok(methodNames.length > 150);
  for (const name of ["sendPhoto", "editMessageMedia", "answerCallbackQuery", "getUpdates", "setWebhook"]) assert.ok(methodNames.includes(name));
});

test("a good call passes, as JSON and as form text", () => {
  const parameters = { chat_id: 1, text: "hi", reply_markup: keyboard({ style: "primary" }) };
  assert.deepEqual(requestProblems("sendMessage", parameters), []);
  assert.deepEqual(requestProblems("sendMessage", { ...parameters, chat_id: "1", reply_markup: JSON.stringify(parameters.reply_markup) }), []);
  assert.deepEqual(requestProblems("editMessageMedia", { chat_id: 1, message_id: 5, media: { type: "photo", media: "attach://f0" } }), []);
  assert.deepEqual(requestProblems("editMessageMedia", { chat_id: "1", message_id: "5", media: '{"type":"photo","media":"attach://f0"}' }), []);
});

test("a missing, an unknown and a wrong parameter are named", () => {
  assert.match(requestProblems("sendMessage", { chat_id: 1 }).join(), /'text'/);
  assert.match(requestProblems("sendMessage", { chat_id: 1, text: "a", disable_web_page_previw: true }).join(), /disable_web_page_previw/);
  assert.notDeepEqual(requestProblems("sendMessage", { chat_id: 1, text: "a", reply_markup: keyboard({ style: "purple" }) }), []);
  assert.deepEqual(requestProblems("sendMesage", {}), ["there is no method sendMesage"]);
});

test("answers are judged by the method's result, refusals by their common form", () => {
  const size = { file_id: "a", file_unique_id: "b", width: 90, height: 90 };
  const sent = { ...message, text: undefined, photo: [size] };
  delete sent.text;
  assert.deepEqual(answerProblems("sendPhoto", { ok: true, result: sent }), []);
  assert.notDeepEqual(answerProblems("sendPhoto", { ok: true, result: { ...sent, photo: [{ ...size, width: "90" }] } }), []);
  assert.deepEqual(answerProblems("editMessageText", { ok: true, result: true }), []);
  assert.deepEqual(answerProblems("sendPhoto", { ok: false, error_code: 400, description: "Bad Request: chat not found" }), []);
  assert.notDeepEqual(answerProblems("sendPhoto", { ok: false }), []);
});

test("updates are judged to the depth", () => {
  const query = { id: "1", from: user, chat_instance: "9", data: "x", message };
  assert.deepEqual(updateProblems({ update_id: 7, callback_query: query }), []);
  assert.match(updateProblems({ update_id: 7, callback_query: { ...query, chat_instance: undefined } }).join(), /chat_instance/);
  assert.notDeepEqual(updateProblems({ update_id: 7, message: { ...message, chat: { id: 1, type: "room" } } }), []);
});
