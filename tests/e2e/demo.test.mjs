// SPDX-License-Identifier: Apache-2.0
// `aisha demo` as a stranger starts it: what it prints, that a first picture comes, that coins never end, by every way in which
// the bot may hear of things.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { build } from "./programs.mjs";
import { psqlDo } from "./servers.mjs";
import { Person, freePort, until, isResult, wordsOf } from "./world.mjs";

class Demo {
  static async start(...args) {
    const demo = new Demo();
    demo.folder = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-demo-"));
    demo.url = `http://127.0.0.1:${await freePort()}`;
    demo.child = spawn(path.join(build, "aisha"), ["demo", "--no-open", "--port", new URL(demo.url).port, "--data", demo.folder, ...args]);
    demo.said = "";
    demo.child.stdout.on("data", (piece) => (demo.said += piece));
    demo.child.stderr.on("data", (piece) => (demo.said += piece));
    demo.ended = new Promise((resolve) => demo.child.once("exit", resolve));
    await until("the demo", async () => {
      assert.equal(demo.child.exitCode, null, demo.said);
      return demo.said.includes("Chat page:");
    });
    return demo;
  }

  async sim(method, where, body) {
    const answer = await fetch(this.url + where, { method, headers: body ? { "content-type": "application/json" } : {}, body: body ? JSON.stringify(body) : undefined });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${where}: ${answer.status} ${text}`);
    return text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
  }

  productLog() {
    return fs.readFileSync(path.join(this.folder, "aisha.log"), "utf8").slice(-4000);
  }

  async person() {
    const user = await this.sim("POST", "/sim/users", { first_name: "Vera", language_code: "en" });
    return new Person(this, user.id);
  }

  async stop() {
    this.child.kill("SIGTERM");
    await this.ended;
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** From Start to the picture; returns it. */
async function firstPicture(person) {
  const create = await person.openCreate();
  await person.press(create, "1");
  return person.sees("the picture", isResult);
}

test("the demo is ready when it says so, makes a picture, and its sandbox gives coins until there are enough", async () => {
  const demo = await Demo.start();
  try {
    assert.match(demo.said.trimEnd().split("\n").at(-1), new RegExp(`^Chat page: ${demo.url}/`));
    const health = await demo.sim("GET", "/sim/health");
    assert.deepEqual([health.bot.ready, health.top_up], [true, true]);
    const person = await demo.person();
    const strange = await fetch(`${demo.url}/sim/chats/${person.id}/top_up`, { method: "POST" });
    assert.equal((await strange.json()).code, "top_up.stranger", "who has not pressed Start has no purse");
    const result = await firstPicture(person);
    assert.match(wordsOf(result), /💎 20/);
    assert.deepEqual(await demo.sim("POST", `/sim/chats/${person.id}/top_up`), { coins: 100, balance: 120 });
    assert.deepEqual(await demo.sim("POST", `/sim/chats/${person.id}/top_up`), { coins: 100, balance: 220 });
    await person.send("/start");
    await person.sees("the menu with the coins", (m) => wordsOf(m).includes("220 coins"));
  } finally {
    await demo.stop();
  }
});

test("before its bot is there the sandbox says that it is not, and gives nothing", async () => {
  const demo = await Demo.start();
  try {
    const pid = Number(fs.readFileSync(path.join(demo.folder, "aisha.pid"), "utf8"));
    process.kill(pid, "SIGSTOP");
    const person = await demo.person();
    await person.send("/start");
    await until("an update nobody takes", async () => (await demo.sim("GET", "/sim/health")).bot.ready === false, 90_000);
    process.kill(pid, "SIGCONT");
    await until("the bot again", async () => (await demo.sim("GET", "/sim/health")).bot.ready === true);
  } finally {
    await demo.stop();
  }
});

test("with --updates webhook Telegram and fal call the bot, and nobody is asked", async () => {
  const demo = await Demo.start("--updates", "webhook");
  try {
    await firstPicture(await demo.person());
    assert.deepEqual((await demo.sim("GET", "/sim/calls?method=getUpdates")).calls, []);
    const { requests } = await demo.sim("GET", "/sim/fal/requests");
    assert.ok(requests.every((one) => one.webhook_url), "each request named its webhook");
  } finally {
    await demo.stop();
  }
});

test("several replicas on one SQLite file are refused in a sentence", async () => {
  const child = spawn(path.join(build, "aisha"), ["demo", "--no-open", "--replicas", "2"]);
  let said = "";
  child.stderr.on("data", (piece) => (said += piece));
  const code = await new Promise((resolve) => child.once("exit", resolve));
  assert.equal(code, 2);
  assert.match(said, /--replicas: a SQLite file admits one process/);
});

const given = process.env.AISHA_TEST_POSTGRES && process.env.AISHA_TEST_REDIS;

test("three replicas on PostgreSQL and Redis share the work", { skip: given ? false : "run by tools/servers postgres redis -- ..." }, async () => {
  // Of its own: other tests want the server's as it was.
  const server = process.env.AISHA_TEST_POSTGRES;
  psqlDo(server, "CREATE DATABASE demo");
  const demo = await Demo.start("--replicas", "3", "--updates", "webhook", "--database", server.replace(/postgres$/, "demo"), "--cache", process.env.AISHA_TEST_REDIS);
  try {
    for (const name of ["aisha.pid", "aisha-2.pid", "aisha-3.pid"]) assert.ok(fs.existsSync(path.join(demo.folder, name)), name);
    await firstPicture(await demo.person());
  } finally {
    await demo.stop();
    psqlDo(server, "DROP DATABASE demo WITH (FORCE)");
  }
});
