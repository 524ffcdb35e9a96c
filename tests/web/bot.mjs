// SPDX-License-Identifier: Apache-2.0
// The test itself as the bot: plain Bot API calls, and updates taken one at a time.
import assert from 'node:assert/strict';

/** Bytes to upload under a name of their own. */
export const upload = (bytes, fileName, type) => Object.assign(new Blob([bytes], { type }), { fileName });

export class Bot {
  constructor(url, token) {
    this.root = `${url}/bot${token}`;
    this.offset = 0;
    this.kept = [];
  }

  /** The result of a successful call; a refusal fails the test. */
  async call(method, params = {}) {
    const answer = await this.raw(method, params);
    assert.ok(answer.ok, `${method}: ${answer.description}`);
    return answer.result;
  }

  async raw(method, params = {}) {
    const form = Object.values(params).some((value) => value instanceof Blob);
    const body = form ? this.form(params) : JSON.stringify(params);
    const headers = form ? {} : { 'content-type': 'application/json' };
    return (await fetch(`${this.root}/${method}`, { method: 'POST', headers, body })).json();
  }

  form(params) {
    const form = new FormData();
    for (const [name, value] of Object.entries(params)) {
      if (value instanceof Blob) form.append(name, value, value.fileName ?? name);
      else form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
    }
    return form;
  }

  /** The next update that has the field `kind` (message, callback_query, ...) and is about `chat`; waits for it. */
  async next(kind, chat) {
    for (;;) {
      const index = this.kept.findIndex((update) => chatOf(update[kind]) === chat);
      if (index >= 0) return this.kept.splice(index, 1)[0][kind];
      const fresh = await this.call('getUpdates', { offset: this.offset, timeout: 20, allowed_updates: kAllowed });
      for (const update of fresh) {
        this.offset = update.update_id + 1;
        this.kept.push(update);
      }
    }
  }
}

const kAllowed = ['message', 'callback_query', 'message_reaction', 'my_chat_member'];
const chatOf = (body) => body?.chat?.id ?? body?.message?.chat?.id;
