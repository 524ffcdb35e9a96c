// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import net from "node:net";
import { after, afterEach, before, test } from "node:test";
import { FaultProxy } from "./fault_proxy.mjs";

let proxy;
let road;
let server;
let received = "";
before(async () => {
  // Answers with what it gets and remembers it.
  let changed = () => {};
  server = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => { received += bytes.toString("latin1"); socket.write(bytes); changed(); });
  });
  server.until = async (ready) => { while (!ready()) await new Promise((resolve) => { changed = resolve; }); };
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy = await FaultProxy.start();
  road = await proxy.before("echo", `127.0.0.1:${server.address().port}`);
});
afterEach(async () => { await proxy.reset(); received = ""; });
after(async () => { await proxy?.stop(); server?.close(); });

/** A connection through the proxy: what has come, how it ended ("end" or an error's code), and waiting for either. */
async function connect() {
  const socket = net.connect(road.port, "127.0.0.1");
  const line = { socket, got: Buffer.alloc(0), over: null, chunks: 0 };
  let changed = () => {};
  socket.on("data", (bytes) => { line.got = Buffer.concat([line.got, bytes]); ++line.chunks; changed(); });
  socket.on("error", (error) => { line.over ??= error.code; });
  socket.on("close", () => { line.over ??= "end"; changed(); });
  line.until = async (ready) => { while (!ready()) await new Promise((resolve) => { changed = resolve; }); };
  line.bytes = (count) => line.until(() => line.got.length >= count || line.over);
  line.closed = () => line.until(() => line.over);
  await new Promise((resolve) => { socket.once("connect", resolve); socket.once("close", resolve); });
  return line;
}

async function exchange(text) {
  const line = await connect();
  const started = performance.now();
  line.socket.write(text);
  await line.bytes(text.length);
  return { line, text: line.got.toString("latin1"), ms: performance.now() - started };
}

const ask = (method, path, body) => fetch(proxy.url + path, { method, body: body && JSON.stringify(body) });

test("bytes pass both ways as they are, and an end is passed on", async () => {
  const { line, text } = await exchange("one\n".repeat(50_000));
  assert.equal(text, "one\n".repeat(50_000));
  line.socket.end();
  await line.closed();
  assert.equal(line.over, "end");
});

test("latency delays an answer, and one set while bytes wait counts for them", async () => {
  await road.toxic("latency", { latency: 300, jitter: 50 });
  assert.ok((await exchange("x")).ms >= 249);
  await road.heal();
  await road.toxic("latency", { name: "long", latency: 3_600_000 });
  const waiting = exchange("x");
  await server.until(() => received === "xx");
  await road.remove("long");
  assert.equal((await waiting).text, "x");
});

test("latency does not thin the flow: many chunks take it once", async () => {
  await road.toxic("latency", { latency: 400 });
  const { ms } = await exchange("z".repeat(1_000_000));
  assert.ok(ms >= 399 && ms < 400 * 20, `${ms} ms; each of 60 chunks alone would be 24,000`);
});

test("bandwidth limits the rate", async () => {
  await road.toxic("bandwidth", { rate: 100 });
  assert.ok((await exchange("b".repeat(60_000))).ms >= 490);
});

test("slicer cuts what is sent into pieces", async () => {
  await road.toxic("slicer", { average_size: 10, size_variation: 5, delay: 10_000 });
  const { line, text, ms } = await exchange("s".repeat(200));
  assert.equal(text.length, 200);
  assert.ok(ms >= 12 * 10, `${ms} ms for at least 13 pieces`);
  assert.ok(line.chunks > 1, "they come one by one");
});

test("slow_close delays the end", async () => {
  await road.toxic("slow_close", { delay: 300 });
  const { line } = await exchange("x");
  const started = performance.now();
  line.socket.end();
  await line.closed();
  assert.ok(performance.now() - started >= 299);
});

test("timeout swallows bytes and ends the connection when its time is over", async () => {
  await road.toxic("timeout", { timeout: 200 });
  const { text, line } = await exchange("x");
  assert.equal(text, "");
  assert.equal(line.over, "end");
  assert.equal(received, "x", "the other direction goes on");
});

test("a timeout of 0 swallows until it is removed, then the connection ends", async () => {
  const { line } = await exchange("before");
  await road.vanish();
  line.socket.write("lost");
  const other = await connect();
  other.socket.write("lost too");
  await road.heal();
  await line.closed();
  await other.closed();
  assert.equal(line.got.toString(), "before");
  assert.equal(received, "before");
  assert.equal((await exchange("again")).text, "again");
});

test("reset_peer resets the connection", async () => {
  await road.toxic("reset_peer", { timeout: 100 });
  const line = await connect();
  await line.closed();
  assert.equal(line.over, "ECONNRESET");
});

test("limit_data closes after so many bytes", async () => {
  await road.toxic("limit_data", { bytes: 7 });
  const { line, text } = await exchange("0123456789");
  assert.equal(text, "0123456");
  assert.equal(line.over, "end");
});

test("drop_response lets the server work and takes its answer away", async () => {
  await road.toxic("drop_response");
  const { text, line } = await exchange("do it");
  assert.equal(text, "");
  assert.equal(line.over, "end");
  assert.equal(received, "do it");
});

test("corrupt inverts one byte in so many", async () => {
  await road.toxic("corrupt", { every: 4 });
  assert.equal((await exchange("abcdefgh")).text, "\x9ebcd\x9afgh");
});

test("match wakes a toxic at a text of the client, also when a packet cuts it, and times counts connections", async () => {
  await road.toxic("reset_peer", { stream: "upstream", match: "COMMIT", times: 1 });
  const { line } = await exchange("BEGIN;");
  line.socket.setNoDelay(true);
  line.socket.write("COM");
  await line.bytes(9);
  line.socket.write("MIT;");
  await line.closed();
  assert.equal(line.over, "ECONNRESET");
  assert.equal(received, "BEGIN;COM", "the server never saw the end of it");
  assert.equal((await exchange("COMMIT;")).text, "COMMIT;");
  assert.equal(await road.struck(), 1);
});

test("toxicity 0 strikes nobody", async () => {
  await road.toxic("drop_response", { toxicity: 0 });
  assert.equal((await exchange("x")).text, "x");
});

test("a proxy that is down closes its connections and refuses new ones until it is up", async () => {
  const { line } = await exchange("x");
  await road.down();
  await line.closed();
  assert.equal((await connect()).over, "ECONNREFUSED");
  await road.up();
  assert.equal((await exchange("back")).text, "back");
});

test("the API refuses what it does not know with a sentence", async () => {
  const refused = async (method, path, body) => { const answer = await ask(method, path, body); return [answer.status, (await answer.json()).error]; };
  assert.deepEqual(await refused("POST", "/proxies", {}), [400, "missing required field: name"]);
  assert.deepEqual(await refused("POST", "/proxies", { name: "echo", upstream: "127.0.0.1:1" }), [409, "proxy already exists"]);
  assert.match((await refused("POST", "/proxies", { name: "a", upstream: "nowhere" }))[1], /no address/);
  assert.deepEqual(await refused("GET", "/proxies/none"), [404, "proxy not found"]);
  assert.deepEqual(await refused("DELETE", "/proxies/echo/toxics/none"), [404, "toxic not found"]);
  const toxics = "/proxies/echo/toxics";
  assert.match((await refused("POST", toxics, { type: "down" }))[1], /no toxic of type "down"/);
  assert.match((await refused("POST", toxics, { type: "latency", attributes: { rate: 1 } }))[1], /no attribute "rate"/);
  assert.match((await refused("POST", toxics, { type: "bandwidth", attributes: { rate: -1 } }))[1], /at least 1/);
  assert.match((await refused("POST", toxics, { type: "latency", toxicity: 2 }))[1], /between 0 and 1/);
  await road.toxic("latency", { name: "one" });
  assert.equal((await refused("POST", toxics, { type: "latency", name: "one" }))[0], 409);
});
