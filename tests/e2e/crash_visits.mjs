// SPDX-License-Identifier: Apache-2.0
// What the visitors of the crash loop do: each makes a picture and then one thing with it.
import { png, portrait, view } from "./photo_kit.mjs";
import { buttonsOf, isResult, until } from "./world.mjs";

const hasRoute = (message, route) => buttonsOf(message).some((button) => button.callback_data?.startsWith(route));
/** The picture itself, not a card of the gallery that shows it too. */
export const isOwnResult = (message) => isResult(message) && !hasRoute(message, "1nm:");

/** Presses the button of that route and waits for what it leads to. A card may change under the finger, or come once more in
 *  another message: they look again. What is no longer the chat's card is answered by a new one below it. */
async function go(person, message, route, what, wanted) {
  await until(`a press of ${route}`, async () => {
    const cards = (await person.fromBot()).filter((one) => hasRoute(one, route));
    const now = cards.find((one) => one.message_id === message.message_id) ?? cards.at(-1);
    const button = now && buttonsOf(now).find((one) => one.callback_data?.startsWith(route));
    return button && person.press(now, button.text).then(() => true, (error) => {
      if (!error.message.includes("button.gone")) throw error;
    });
  }, kPatienceMs);
  return person.sees(what, wanted, kPatienceMs);
}

async function day(person) {
  await person.send("/images");
  return person.sees("my images", (m) => hasRoute(m, "1mm:"), kPatienceMs);
}

const kPatienceMs = 180_000;

/** What visitors do with their picture, each one thing; what they did last holds, whoever died in between. */
const kTending = [
  async (person, result) => {
    await go(person, result, "1f:", "the heart", (m) => m.message_id === result.message_id && buttonsOf(m).some((b) => /^1f:[^:]+:0/.test(b.callback_data ?? "")));
  },
  async (person, result) => {
    const removed = await go(person, result, "1rm:", "the way back", (m) => m.message_id === result.message_id && hasRoute(m, "1un:"));
    await go(person, removed, "1un:", "the picture again", (m) => m.message_id === result.message_id && isOwnResult(m));
  },
  async (person, result, number) => {
    const card = await go(person, await day(person), "1i:", "one picture", (m) => hasRoute(m, "1nm:"));
    await go(person, card, "1nm:", "the question for a name", (m) => m.message_id >= card.message_id && /^✏️/.test(m.caption ?? m.text ?? ""));
    await person.send(`Picture ${number}`);
    await person.sees("the name", (m) => hasRoute(m, "1nm:") && (m.caption ?? m.text).includes(`Picture ${number}`), kPatienceMs);
  },
  async (person) => {
    const figures = await go(person, await day(person), "1st", "the statistics", (m) => hasRoute(m, "1cl"));
    const clear = await go(person, figures, "1cl", "what could be cleared", (m) => hasRoute(m, "1ck:"));
    const sure = await go(person, clear, "1ck:", "the question", (m) => hasRoute(m, "1cg:"));
    const done = await go(person, sure, "1cg:", "the end", (m) => hasRoute(m, "1cu:"));
    await go(person, done, "1cu:", "all of it again", (m) => m.message_id >= done.message_id && !hasRoute(m, "1cu:"));
  },
  async (person, result, number) => {
    const card = await go(person, result, "1sh:", "the link", (m) => hasRoute(m, "1sx:"));
    const link = buttonsOf(card).find((button) => button.copy_text).copy_text.text;
    const friend = await person.world.person({ first_name: `F${number}`, language_code: "ru" });
    // The card stands before its commit: whoever is quicker than a process that dies in between taps again.
    await until("the shared picture", async () => {
      await person.world.sim("POST", `/sim/chats/${friend.id}/send`, { start: new URL(link).searchParams.get("start") });
      return friend.sees("the shared picture", (m) => hasRoute(m, "1s:"), 10_000).catch(() => null);
    }, kPatienceMs);
    await go(person, card, "1sx:", "the closed link", (m) => /Ссылка закрыта|The link is closed/.test(m.caption ?? m.text ?? ""));
  },
  async (person) => {
    await person.send("/settings");
    const settings = await person.sees("the settings", (m) => hasRoute(m, "1md"), kPatienceMs);
    const data = await go(person, settings, "1md", "my data", (m) => hasRoute(m, "1er"));
    const sure = await go(person, data, "1er", "the question", (m) => hasRoute(m, "1ey:"));
    await go(person, sure, "1ey:", "the receipt", isReceipt);
  },
  async (person, result) => {
    const variants = await go(person, result, "1vm:", "the variants", (m) => hasRoute(m, "1vb:"));
    await go(person, variants, "1vb:", "the end of four", isBatchEnd);
  },
  async (person, result) => {
    await person.world.sim("POST", `/sim/chats/${person.id}/send`, { photo: kFace.toString("base64") });
    const consent = await person.sees("who it is", (m) => hasRoute(m, "1ag:"), kPatienceMs);
    const ready = await go(person, consent, "1ag:", "that the avatar is ready", (m) => hasRoute(m, "1g:") && m.message_id > result.message_id);
    await go(person, ready, "1g:", "the portrait", (m) => isOwnResult(m) && m.message_id > result.message_id);
  },
];
const kAnew = 1;
const kLeaving = 5;
export const kBatch = 6;
export const kPhoto = 7;
/** Pictures that a visitor of each kind has in the end. */
export const kPictures = [1, 1, 1, 1, 1, 1, 5, 2];
const kFace = png(view(portrait(), { scale: 2 }));
export const isBatchEnd = (message) => /(Готово|Done): 4 (из|of) 4/.test(message.caption ?? message.text ?? "");
export const isReceipt = (message) => /Ваши данные удалены|Your data are deleted/.test(message.text ?? "");
/** They had everything erased: nothing of theirs is left but what they paid. */
export const kindOf = (person) => person.number % kTending.length;
export const hasLeft = (person) => kindOf(person) === kLeaving;

/** Their picture comes, or the news that the coins are back. */
export async function tend(person, number) {
  const ended = await person.sees("an end", (m) => isOwnResult(m) || (!m.photo && /верну|return/i.test(m.caption ?? m.text ?? "")), kPatienceMs);
  if (isOwnResult(ended)) await kTending[number % kTending.length](person, ended, number);
}

/** Each visitor makes one picture, and looks after it when it has come. */
export async function visit(world, number) {
  const person = await world.person({ first_name: `P${number}`, language_code: number % 2 ? "ru" : "en" });
  const card = await person.openCreate();
  if (number % kTending.length === kAnew) {
    // What comes first is black, and made once more for nothing.
    const ask = await go(person, card, "1p", "the request for words", (m) => hasRoute(m, "1id"));
    await person.send(`lighthouse ${number}, sandbox:black`);
    const draft = await person.sees("the draft", (m) => m.message_id > ask.message_id && hasRoute(m, "1gc:"), kPatienceMs);
    await go(person, draft, "1gc:", "its status", (m) => m.message_id >= draft.message_id && !hasRoute(m, "1gc:"));
  } else {
    await person.press(card, String(1 + (number % 6)), { wait: 0 });
  }
  return person;
}
