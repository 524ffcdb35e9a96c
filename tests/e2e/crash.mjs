// SPDX-License-Identifier: Apache-2.0
import { hasLeft, isBatchEnd, isOwnResult, isReceipt, kBatch, kPhoto, kPictures, kindOf, tend, visit } from "./crash_visits.mjs";
import { aisha } from "./programs.mjs";
import { Servers } from "./servers.mjs";
import { World, pause, until } from "./world.mjs";

/** SplitMix32: the moments of the kills repeat with the seed. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad) >>> 0;
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97) >>> 0;
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** Visitors come `lanes` at a time until all were there or nobody is wanted any more. */
function feed(world, visitors, lanes) {
  const people = [];
  const state = { people, open: true, begun: 0, tending: [] };
  const lane = async () => {
    while (state.open && state.begun < visitors) {
      const number = state.begun++;
      const person = await visit(world, number);
      people.push(person);
      person.number = number;
      state.tending.push(tend(person, number).catch((error) => { person.untended = error.message; }));
    }
  };
  state.done = Promise.all(Array.from({ length: lanes }, lane)).finally(() => { state.open = false; });
  state.done.catch(() => {}); // awaited after the last kill
  return state;
}

const kTiming = { lease_ms: 1500, shutdown_grace_ms: 1000, unconfirmed_wait_ms: 1500, upload_timeout_ms: 10_000, download_timeout_ms: 10_000, submit_timeout_ms: 5000 };
const kSharedLeaseMs = 8000;

async function freeze(product) {
  product.kill("SIGSTOP");
  await pause(kSharedLeaseMs * 1.5);
  product.kill("SIGCONT");
}

/**
 * kills: SIGKILLs, each of one process. restarts: immediate restarts of PostgreSQL between them; with `postgres` three
 * processes of the product share one database. Both are spread over the visitors, so that a slow machine is not killed
 * before it has done anything. freezes: how many times a process sleeps through its leases and wakes up to work that others
 * have done. webhooks: updates and results are brought, not asked for.
 */
export async function crashLoop({ kills = 50, seed = 1, visitors = Math.ceil(kills * 0.8), restarts = 0, freezes = 0, postgres = false, webhooks = false, lanes = postgres ? 6 : 1, say = () => {} } = {}) {
  const servers = postgres ? await Servers.start("postgres") : undefined;
  // Alone on its database a process takes over at its start; among others it must outlast the lease of the dead, which in
  // turn must outlast a slow machine's handling of an update.
  const roles = Array(postgres ? 3 : 1).fill("all");
  let world;
  try {
    world = await World.start({ servers, roles, webhooks, settings: { timing: { ...kTiming, ...(postgres ? { lease_ms: kSharedLeaseMs } : {}) } } });
    await world.sim("POST", "/sim/fal/settings", { max_side: 256, concurrency: 8, queue_ms: 20, run_ms: 60 });
    const next = random(seed);
    const feeder = feed(world, visitors, lanes);
    const frozen = new Map();
    for (let n = 0; n < kills; ++n) {
      while (feeder.open && feeder.begun < (n * visitors) / kills) await pause(10);
      await pause(40 + next() * 400);
      if (restarts && n % Math.floor(kills / restarts) === 0) {
        await servers.kill("postgres");
        await pause(next() * 500);
        await servers.restart("postgres");
      }
      const slot = Math.floor(next() * roles.length);
      if (freezes && n % Math.floor(kills / freezes) === 1 && frozen.size === 0) {
        frozen.set(slot, freeze(world.products[slot]).then(() => frozen.delete(slot)));
      } else if (!frozen.has(slot)) {
        await world.killProduct(slot);
        await world.startProduct({ wait: false, slot });
      }
      if (n % 50 === 49) say(`${n + 1} kills, ${feeder.people.length} requests`);
    }
    await feeder.done;
    await Promise.all(frozen.values());
    await Promise.all(feeder.tending);
    say(`crash loop: ${kills} kills over ${feeder.people.length} requests; waiting for what is open`);
    return { ...(await judge(world, feeder.people)), kills, restarts, freezes };
  } finally {
    await world?.stop();
    await servers?.stop();
  }
}

const kSubmits = 3;

/**
 * Orders whose every submit was cut off by a kill. Nobody can know what became of those, so the request ends and its coins
 * return; on a slow machine, where a process lives for no longer than one submit, that happens once in some thousand kills.
 * By chat: how many there were, and whether the first picture was one of them, after which nothing else was done.
 */
function cutOff(world) {
  const rows = world.sql(`SELECT r.chat_id, CASE WHEN r.parent_id IS NULL AND r.batch_id IS NULL THEN 1 ELSE 0 END AS first,
    (SELECT count(*) FROM provider_attempt a WHERE a.job_id = r.id AND a.state = 'ambiguous') AS cut
    FROM generation_requests r WHERE r.status = 'failed' AND r.error_code = 'provider.timeout'`);
  const lost = new Map();
  for (const row of rows.filter((one) => Number(one.cut) === kSubmits)) {
    const before = lost.get(Number(row.chat_id)) ?? { count: 0, first: false };
    lost.set(Number(row.chat_id), { count: before.count + 1, first: before.first || Number(row.first) === 1 });
  }
  return lost;
}

/** How many pictures this person has and has paid for. */
function due(person, lost) {
  const { count, first } = lost.get(person.id) ?? { count: 0, first: false };
  return first ? 0 : kPictures[kindOf(person)] - count;
}

/**
 * What they did with their pictures last is what the tables say. How often a link was opened is not asked: a friend's look whose
 * commit died with the server is looked at again, and by then the link may be closed.
 */
function judgeTending(world, people) {
  const rows = world.sql(`SELECT r.chat_id, CASE WHEN r.deleted_at IS NULL THEN 1 ELSE 0 END AS live, coalesce(s.custom_name, '') AS name,
    CASE WHEN s.is_favorite THEN 1 ELSE 0 END AS heart,
    (SELECT count(*) FROM share_links l WHERE l.generation_id = r.id AND l.revoked_at IS NOT NULL) AS shared,
    (SELECT count(*) FROM share_links l WHERE l.generation_id = r.id AND l.revoked_at IS NULL) AS open, coalesce((SELECT c.state FROM gallery_clears c WHERE c.user_id = r.user_id), '') AS cleared
    FROM generation_requests r LEFT JOIN user_saved_images s ON s.generation_request_id = r.id
    WHERE r.id = (SELECT f.id FROM generation_requests f WHERE f.chat_id = r.chat_id ORDER BY f.id LIMIT 1)`);
  const found = new Map(rows.map((row) => [Number(row.chat_id), row]));
  return people.flatMap((person) => {
    const row = found.get(person.id);
    const kind = kindOf(person);
    const right = Number(row.live) === 1 && Number(row.heart) === (kind === 0 ? 1 : 0)
      && Number(row.open) === 0 && Number(row.shared) >= (kind === 4 ? 1 : 0)
      && row.name === (kind === 2 ? `Picture ${person.number}` : "") && row.cleared === (kind === 3 ? "restored" : "");
    return right ? [] : [`chat ${person.id} (${kind}): what it did with its picture left ${JSON.stringify(row)}`];
  });
}

/** The messages of one who ordered four at once: they were told of it in one card, and shown them in albums of four. */
function judgeBatch(person, messages) {
  const ends = messages.filter(isBatchEnd).length;
  const albums = new Map();
  for (const message of messages.filter((one) => one.media_group_id)) albums.set(message.media_group_id, (albums.get(message.media_group_id) ?? 0) + 1);
  // An album whose answer was lost with a process is sent once more.
  const whole = [...albums.values()].every((count) => count === 4) && albums.size >= 1;
  return ends === 1 && whole ? [] : [`chat ${person.id}: ${ends} cards of four, albums of ${[...albums.values()]}`];
}

/** What one person sees: the picture that was asked for first, whatever they had made of it. */
async function judgePerson(person, lost) {
  const messages = await person.fromBot();
  const wrong = [];
  const isLost = lost.get(person.id)?.first ?? false;
  const pictures = messages.filter(isOwnResult).length;
  const expected = isLost ? 0 : kindOf(person) === kPhoto ? 2 : 1;
  if (pictures !== expected && !lost.has(person.id)) wrong.push(`chat ${person.id}: ${pictures} pictures`);
  if (isLost && !messages.some((message) => /верну|return/i.test(message.caption ?? message.text ?? ""))) {
    wrong.push(`chat ${person.id} was not told that the coins are back`);
  }
  if (kindOf(person) === kBatch && !lost.has(person.id)) wrong.push(...judgeBatch(person, messages));
  return wrong;
}

/** What people see and what fal was asked for decides; the product's own rows must agree with it. */
async function judge(world, people) {
  const wrong = [];
  const lost = cutOff(world);
  const isServed = (person) => !(lost.get(person.id)?.first ?? false);
  const served = people.filter((person) => isServed(person) && !hasLeft(person));
  const gone = people.filter((person) => isServed(person) && hasLeft(person));
  for (const person of gone) {
    await until(`the receipt of ${person.id}`, async () => (await person.fromBot()).some(isReceipt), 60_000)
      .catch((error) => wrong.push(error.message));
  }
  for (const person of served) {
    await until(`the picture of ${person.id}`, async () => (await person.fromBot()).some(isOwnResult), 60_000)
      .catch((error) => wrong.push(error.message));
  }
  for (const person of people.filter((one) => !isServed(one) || !hasLeft(one))) wrong.push(...(await judgePerson(person, lost)));
  const asked = (await world.sim("GET", "/sim/fal/requests")).requests;
  const made = served.reduce((sum, person) => sum + due(person, lost), 0);
  const paid = made + gone.length;
  const rows = world.sql("SELECT status AS state, error_code AS code, count(*) AS n FROM generation_requests GROUP BY status, error_code");
  const ready = rows.find((row) => row.state === "ready")?.n ?? 0;
  if (Number(ready) !== made || rows.length > (lost.size ? 2 : 1)) wrong.push(`requests: ${JSON.stringify(rows)} for ${made} pictures`);
  const captures = world.sql("SELECT count(*) AS n, count(DISTINCT job_id) AS jobs FROM ledger_transfer WHERE kind = 'capture'")[0];
  if (Number(captures.n) !== paid || Number(captures.jobs) !== paid) wrong.push(`charges: ${JSON.stringify(captures)} for ${paid} pictures`);
  const open = world.sql("SELECT coalesce(sum(balance), 0) AS held FROM ledger_account WHERE kind = 'held'")[0];
  if (Number(open.held) !== 0) wrong.push(`${open.held} coins are still held`);
  const photos = world.sql("SELECT count(*) AS n FROM training_photos WHERE state <> 'kept'")[0];
  if (Number(photos.n) !== 0) wrong.push(`${photos.n} photos are still looked at, or were refused`);
  wrong.push(...people.filter((person) => isServed(person) && person.untended && !lost.has(person.id)).map((person) => `chat ${person.id}: ${person.untended}`));
  wrong.push(...judgeTending(world, served));
  const erased = world.sql("SELECT count(*) AS n FROM users WHERE telegram_id LIKE 'erased:%'")[0];
  if (Number(erased.n) !== gone.length) wrong.push(`${erased.n} erased of ${gone.length}`);
  const checked = aisha("check", "--config", world.config);
  if (checked.status !== 0) wrong.push(`aisha check: ${checked.stdout}${checked.stderr}`);
  return { wrong, requests: people.length, returned: lost.size, surplus: asked.length - paid };
}
