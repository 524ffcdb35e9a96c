// SPDX-License-Identifier: Apache-2.0
// The official client of fal, pointed at our fal. It has no setting for the address, so each request is rewritten on its way.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import http from "node:http";
import { after, before, test } from "node:test";
import { ApiError, ValidationError, createFalClient } from "@fal-ai/client";
import { openSandbox, sim } from "./sandbox_api.mjs";

const FINETUNED = "fal-ai/flux-pro/v1.1-ultra-finetuned";
const LORA = "fal-ai/flux-lora";
const portrait = { prompt: "business portrait", finetune_id: "demo-anna", finetune_strength: 1 };

let sandbox;
let settings;

before(async () => {
  sandbox = await openSandbox();
  settings = await sim(sandbox.url, "GET", "/sim/fal/settings");
  await sim(sandbox.url, "POST", "/sim/fal/settings", { queue_ms: 100, run_ms: 150, max_side: 320, webhook: "on", concurrency: 2 });
});

after(async () => {
  await sim(sandbox.url, "POST", "/sim/fal/settings", settings);
  await sandbox.close();
});

/** A client whose requests go to the sandbox; `seen` collects "METHOD path". */
function client({ credentials = "test:secret", seen = [], ...more } = {}) {
  return createFalClient({
    credentials,
    requestMiddleware: async (request) => {
      const url = request.url.replace(/^https:\/\/(queue\.|rest\.)?fal\.(run|ai)/, `${sandbox.url}/fal`);
      seen.push(`${request.method.toUpperCase()} ${new URL(url).pathname}`);
      return { ...request, url };
    },
    ...more,
  });
}

const recordOf = async (id) => (await sim(sandbox.url, "GET", "/sim/fal/requests")).requests.find((request) => request.id === id);

async function until(ask) {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Receives webhooks; answers each with the next of `statuses`, the last one for ever. */
async function receiver(statuses = [200]) {
  const received = [];
  const server = http.createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part)).on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(statuses[Math.min(received.length, statuses.length) - 1]).end();
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { received, url: `http://127.0.0.1:${server.address().port}/hook?job=1`, close: () => server.close() };
}

/** True when one of the published keys signed the webhook. */
async function isGenuine({ headers, body }) {
  const keys = (await sim(sandbox.url, "GET", "/fal/.well-known/jwks.json")).keys;
  const digest = crypto.createHash("sha256").update(body).digest("hex");
  const message = ["request-id", "user-id", "timestamp"].map((name) => headers[`x-fal-webhook-${name}`]).concat(digest).join("\n");
  const signature = Buffer.from(headers["x-fal-webhook-signature"], "hex");
  return keys.some((jwk) => crypto.verify(null, Buffer.from(message), crypto.createPublicKey({ key: jwk, format: "jwk" }), signature));
}

test("polling leads from the queue to a picture that can be fetched", async () => {
  // Long enough in the queue for a busy machine to look at it there.
  await sim(sandbox.url, "POST", "/sim/fal/settings", { queue_ms: 2_000 });
  const states = new Set();
  const { data, requestId } = await client().subscribe(FINETUNED, {
    input: { ...portrait, aspect_ratio: "3:4" }, logs: true, pollInterval: 20, onQueueUpdate: ({ status }) => states.add(status),
  });
  assert.deepEqual([...states], ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]);
  assert.ok(requestId);
  const [image] = data.images;
  assert.equal(Math.max(image.width, image.height), 2368);
  const bytes = Buffer.from(await (await fetch(image.url)).arrayBuffer());
  assert.equal(bytes.subarray(0, 3).toString("hex"), "ffd8ff");
  assert.deepEqual(data.has_nsfw_concepts, [false]);
  assert.equal(data.prompt, portrait.prompt);
  await sim(sandbox.url, "POST", "/sim/fal/settings", { queue_ms: 100 });
});

test("the event stream ends with COMPLETED", async () => {
  const states = [];
  const { data } = await client().subscribe(FINETUNED, {
    input: portrait, logs: true, mode: "streaming", onQueueUpdate: ({ status }) => states.push(status),
  });
  assert.equal(states.at(-1), "COMPLETED");
  assert.equal(data.images.length, 1);
});

test("what the client asks for arrives: webhook, priority, start timeout, retention", async () => {
  const queued = await client().queue.submit(FINETUNED, {
    input: portrait, webhookUrl: "http://127.0.0.1:9/hook?x=1", priority: "low", startTimeout: 30, storageSettings: { expiresIn: "1h" },
  });
  assert.equal(queued.status, "IN_QUEUE");
  assert.equal(new URL(queued.status_url).pathname, `/fal-ai/flux-pro/requests/${queued.request_id}/status`);
  const record = await recordOf(queued.request_id);
  assert.equal(record.endpoint, FINETUNED);
  assert.equal(record.webhook_url, "http://127.0.0.1:9/hook?x=1");
  assert.equal(record.headers["x-fal-queue-priority"], "low");
  assert.equal(record.headers["x-fal-request-timeout"], "30");
  assert.equal(JSON.parse(record.headers["x-fal-object-lifecycle-preference"]).expiration_duration_seconds, 3600);
  await client().queue.cancel(FINETUNED, { requestId: queued.request_id });
});

test("the addresses of the answer work as they stand", async () => {
  const queued = await client().queue.submit(LORA, { input: { prompt: "sunset" } });
  const headers = { authorization: "Key test:secret" };
  assert.equal((await fetch(queued.status_url, { headers })).status, 202);
  assert.equal((await fetch(queued.cancel_url, { method: "PUT", headers })).status, 200);
  assert.equal((await fetch(queued.response_url, { headers })).status, 499);
});

test("bad input shows when the result is fetched, field by field", async () => {
  const wrong = client().subscribe(FINETUNED, { input: { prompt: "x", finetune_strength: 1, safety_tolerance: 2 }, pollInterval: 10 });
  await assert.rejects(wrong, (error) => {
    assert.ok(error instanceof ValidationError);
    assert.equal(error.status, 422);
    assert.ok(error.requestId);
    assert.equal(error.getFieldErrors("finetune_id")[0].type, "missing");
    assert.equal(error.getFieldErrors("safety_tolerance")[0].type, "literal_error");
    return true;
  });
});

test("a wrong key is refused once and not tried again", async () => {
  const seen = [];
  await assert.rejects(client({ credentials: "bad", seen }).queue.submit(LORA, { input: { prompt: "a" } }), (error) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.status, 401);
    assert.deepEqual(error.body, { detail: "invalid key credentials" });
    return true;
  });
  assert.equal(seen.length, 1);
});

test("an unknown request is 404", async () => {
  const requestId = "00000000-0000-4000-8000-ffffffffffff";
  await assert.rejects(client().queue.status(LORA, { requestId }), (error) => error.status === 404);
});

test("an uploaded file comes back and can be an input", async () => {
  const bytes = Buffer.from("not a picture, only bytes");
  const url = await client().storage.upload(new Blob([bytes], { type: "application/zip" }));
  assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), bytes);
  const { data } = await client().subscribe(FINETUNED, { input: { ...portrait, image_url: new Blob([bytes], { type: "image/png" }) }, pollInterval: 10 });
  assert.equal(data.images.length, 1);
});

test("a proxying client is served by the address it names", async () => {
  const proxied = createFalClient({ credentials: "test:secret", proxyUrl: { url: `${sandbox.url}/fal/api/fal/proxy`, when: "always" } });
  const { data } = await proxied.subscribe(LORA, { input: { prompt: "library" }, pollInterval: 10 });
  assert.equal(data.images.length, 1);
});

test("a platform error on submit is retried by the client and then succeeds", async () => {
  await sim(sandbox.url, "POST", "/sim/faults", { where: "fal", match: { method: "POST", endpoint: LORA }, times: 1, then: { status: 503 } });
  const seen = [];
  const queued = await client({ seen }).queue.submit(LORA, { input: { prompt: "a" } });
  assert.ok(queued.request_id);
  assert.deepEqual(seen, [`POST /fal/${LORA}`, `POST /fal/${LORA}`]);
});

test("a client that gives up cancels, and the run ends as cancelled", async () => {
  const started = client().subscribe(LORA, { input: { prompt: "sandbox:hang please" }, pollInterval: 10, timeout: 400 });
  await assert.rejects(started, /timed out/);
  const record = await until(async () => {
    const { requests } = await sim(sandbox.url, "GET", "/sim/fal/requests");
    const last = requests.filter((request) => request.input.prompt === "sandbox:hang please").at(-1);
    return last.state === "COMPLETED" && last;
  });
  assert.equal(record.result.status, 499);
  assert.equal(record.billed, false);
});

test("webhooks are signed by the published key and repeated until accepted", async () => {
  const hook = await receiver([500, 200]);
  const { request_id: id } = await client().queue.submit(LORA, { input: { prompt: "office" }, webhookUrl: hook.url });
  await until(() => hook.received.length === 2);
  for (const delivery of hook.received) assert.ok(await isGenuine(delivery));
  const body = JSON.parse(hook.received[1].body);
  assert.equal(body.request_id, id);
  assert.equal(body.status, "OK");
  assert.equal(body.payload.images.length, 1);
  const record = await until(async () => {
    const found = await recordOf(id);
    return found.deliveries.length === 2 && found;
  });
  assert.deepEqual(record.deliveries.map(({ status }) => status), [500, 200]);
  hook.close();
});

test("a forged webhook does not verify", async () => {
  await sim(sandbox.url, "POST", "/sim/fal/settings", { webhook: "forged" });
  const hook = await receiver([401]);
  await client().queue.submit(LORA, { input: { prompt: "sandbox:empty" }, webhookUrl: hook.url });
  await until(() => hook.received.length === 1);
  assert.equal(await isGenuine(hook.received[0]), false);
  hook.close();
  await sim(sandbox.url, "POST", "/sim/fal/settings", { webhook: "on" });
});
