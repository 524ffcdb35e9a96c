// SPDX-License-Identifier: Apache-2.0
// One world a test: a sandbox and a product as separate processes on free ports, in a folder of its own.
import { spawn, execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { FaultProxy } from "./fault_proxy.mjs";
import { build } from "./programs.mjs";
import { furnish, psql } from "./servers.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function until(what, ask, limitMs = 60_000) {
  const end = Date.now() + limitMs;
  let last;
  while (Date.now() < end) {
    last = await ask();
    if (last) return last;
    await pause(25);
  }
  throw new Error(`waited ${limitMs} ms in vain for ${what}`);
}

/** trust: a certificate that the program takes for the machine's list of authorities (secure_road.mjs). */
function run(program, args, log, { env = {}, trust } = {}) {
  const out = fs.openSync(log, "a");
  const words = [path.join(build, program), ...args];
  if (trust) words.unshift("unshare", "-m", "--", "sh", "-c", 'mount --bind "$0" /etc/ssl/certs/ca-certificates.crt && exec "$@"', trust);
  const child = spawn(words[0], words.slice(1), { stdio: ["ignore", out, out], env: { ...process.env, ...env } });
  fs.closeSync(out);
  child.ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  return child;
}

export class World {
  /**
   * settings: lines of aisha.toml by table, e.g. {timing: {lease_ms: 1000}}. proxied: the product reaches Telegram and
   * fal by the roads `telegram` and `fal` of a fault proxy; the test itself does not. servers: real ones (servers.mjs),
   * reached by roads too. roles: a process of the product each. webhooks: Telegram and fal call instead of being asked.
   * env: of the product. prepare(world): before the configuration is written; returns further settings.
   */
  static async start({ settings = {}, sandboxArgs = [], product = true, servers, proxied = Boolean(servers), roles = ["all"], webhooks = false, env = {}, prepare } = {}) {
    const world = new World();
    world.env = env;
    world.folder = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-e2e-"));
    world.port = await freePort();
    world.url = `http://127.0.0.1:${world.port}`;
    world.sandboxArgs = sandboxArgs;
    world.settings = settings;
    world.roles = roles;
    world.products = [];
    await world.startSandbox();
    if (proxied) {
      world.proxy = await FaultProxy.start();
      world.telegram = await world.proxy.before("telegram", `127.0.0.1:${world.port}`);
      world.fal = await world.proxy.before("fal", `127.0.0.1:${world.port}`);
    }
    if (servers) world.engines = await furnish(world, servers);
    if (webhooks) world.listenPort = await freePort();
    for (const [name, table] of Object.entries((await prepare?.(world)) ?? {})) world.settings = { ...world.settings, [name]: { ...table, ...world.settings[name] } };
    world.writeConfig();
    for (let slot = 0; product && slot < roles.length; ++slot) await world.startProduct({ slot });
    return world;
  }

  async startSandbox() {
    this.sandbox = run("aisha-sandbox",
      ["--host", "127.0.0.1", "--port", String(this.port), "--data", path.join(this.folder, "sandbox"), "--seed", "7", "--quiet", ...this.sandboxArgs],
      path.join(this.folder, "sandbox.log"));
    await until("the sandbox", async () => (await fetch(`${this.url}/sim/health`).catch(() => null))?.ok);
  }

  writeConfig() {
    const [telegram, fal] = [this.telegram, this.fal].map((road) => (road ? `http://${road.address}` : this.url));
    const token = this.token();
    const tables = {
      database: { url: `sqlite:${this.folder}/aisha.db` },
      blobs: { url: `dir:${this.folder}/blobs` },
      telegram: { token, api_root: telegram },
      fal: { key: "test:secret", queue_url: `${fal}/fal`, rest_url: `${fal}/fal`, run_url: `${fal}/fal/run`, api_url: `${fal}/fal`, file_origins: [fal] },
      ...this.engines,
    };
    if (this.listenPort) {
      const listen = `127.0.0.1:${this.listenPort}`;
      tables.server = { listen };
      Object.assign(tables.telegram, { updates: "webhook", webhook_url: `http://${listen}/telegram` });
      tables.fal.webhook_url = `http://${listen}/fal`;
    }
    const timing = { poll_first_ms: 100, poll_slowest_ms: 300, retry_first_ms: 100, retry_slowest_ms: 500 };
    for (const [name, table] of Object.entries({ timing, ...this.settings })) {
      tables[name] = { ...(name === "timing" ? timing : tables[name]), ...table };
    }
    const text = Object.entries(tables).map(([name, table]) =>
      `[${name}]\n` + Object.entries(table).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join("")).join("\n");
    const avatar = `\n[[demo_avatar]]\nname = "Анна"\nname_en = "Anna"\nkind = "portrait"\ngender = "female"\nlora_url = "${this.url}/fal-files/demo-anna.safetensors"\ntrigger = "AISHA_ANNA woman"\nphoto = "demo-anna"\n`;
    this.config = path.join(this.folder, "aisha.toml");
    fs.writeFileSync(this.config, text + avatar, { mode: 0o600 });
  }

  /** Starts a process of the product; waits until it asks for updates, or for a webhook, unless told otherwise. */
  async startProduct({ wait = true, slot = 0 } = {}) {
    const asked = async () => (await this.sim("GET", `/sim/calls?method=${this.listenPort ? "setWebhook" : "getUpdates"}`)).calls.length;
    const before = wait ? await asked() : 0;
    const role = this.roles[slot];
    const product = run("aisha", ["serve", "--config", this.config, ...(role === "all" ? [] : ["--role", role])], path.join(this.folder, "aisha.log"), { env: this.env, trust: this.trust });
    this.products[slot] = product;
    if (wait) {
      await until("the product", async () => {
        if (product.exitCode !== null) throw new Error(`the product ended:\n${this.productLog()}`);
        return ["jobs", "web"].includes(role) || (await asked()) > before;
      });
    }
    return product;
  }

  get product() {
    return this.products[0];
  }

  processes() {
    return this.products;
  }

  productLog() {
    return fs.readFileSync(path.join(this.folder, "aisha.log"), "utf8").slice(-4000);
  }

  async killProduct(slot = 0) {
    this.products[slot].kill("SIGKILL");
    await this.products[slot].ended;
  }

  async stopProduct(slot = 0) {
    this.products[slot].kill("SIGTERM");
    return this.products[slot].ended;
  }

  async stop() {
    for (const child of [...this.products, this.sandbox]) {
      if (child && child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        const slow = setTimeout(() => child.kill("SIGKILL"), 15_000);
        await child.ended;
        clearTimeout(slow);
      }
    }
    await this.proxy?.stop();
    if (!process.env.AISHA_KEEP) fs.rmSync(this.folder, { recursive: true, force: true });
  }

  async sim(method, where, body) {
    const answer = await fetch(this.url + where, {
      method,
      headers: body ? { "content-type": "application/json" } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${text}`);
    return text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
  }

  /** The demo bot's. */
  token() {
    return fs.readFileSync(path.join(this.folder, "sandbox", "bot.token"), "utf8").trim();
  }

  fault(where, match, then, times = 1) {
    return this.sim("POST", "/sim/faults", { where, match, times, then });
  }

  async person(facts = {}) {
    const user = await this.sim("POST", "/sim/users", { first_name: "Вера", language_code: "ru", ...facts });
    return new Person(this, user.id);
  }

  /** Rows of the product's database, read beside it. */
  sql(query) {
    if (this.database) return psql(this.database, query);
    const script = "import json,sqlite3,sys\nc=sqlite3.connect('file:'+sys.argv[1]+'?mode=ro',uri=True)\nc.row_factory=sqlite3.Row\nprint(json.dumps([{k:(v.hex() if isinstance(v,bytes) else v) for k,v in dict(r).items()} for r in c.execute(sys.argv[2])]))";
    return JSON.parse(execFileSync("python3", ["-c", script, this.databaseFile ?? path.join(this.folder, "aisha.db"), query], { encoding: "utf8" }));
  }
}

export class Person {
  constructor(world, id) {
    this.world = world;
    this.id = id;
  }

  send(text) {
    return this.world.sim("POST", `/sim/chats/${this.id}/send`, { text });
  }

  async messages() {
    return (await this.world.sim("GET", `/sim/chats/${this.id}/messages`)).messages;
  }

  /** The bot's messages, newest last. */
  async fromBot() {
    return (await this.messages()).filter((message) => message.from?.is_bot);
  }

  /** Waits until a message of the bot satisfies `wanted` and returns it. */
  async sees(what, wanted, limitMs = 60_000) {
    return until(`"${what}" in chat ${this.id}`, async () => (await this.fromBot()).find(wanted), limitMs).catch(async (error) => {
      const shown = await this.world.sim("GET", `/sim/transcript/${this.id}`);
      throw new Error(`${error.message}\nthe chat shows:\n${shown}\nthe product says:\n${this.world.productLog()}`);
    });
  }

  press(message, button, more = {}) {
    const where = typeof button === "string" ? { button } : button;
    return this.world.sim("POST", `/sim/chats/${this.id}/press`, { message_id: message.message_id, ...where, ...more });
  }

  async photo(message) {
    const answer = await fetch(`${this.world.url}/sim/chats/${this.id}/photo/${message.message_id}?size=max`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** The way to the own prompt, and the words; returns the card that asks whether to create. */
  async describe(words) {
    const create = await this.openCreate();
    await this.press(create, "📝");
    await this.sees("the request for words", (m) => m.message_id === create.message_id && !hasButton(m, "6"));
    await this.send(words);
    return this.sees("the question", (m) => wordsOf(m).includes(words) && (hasButton(m, "Создать ·") || hasButton(m, "Create ·")));
  }

  /** /start and the way to the create screen; returns the card. */
  async openCreate() {
    await this.send("/start");
    const welcome = await this.sees("the welcome card", (m) => hasButton(m, "Создать изображение") || hasButton(m, "Create image"));
    await this.press(welcome, hasButton(welcome, "Создать изображение") ? "Создать изображение" : "Create image");
    return this.sees("the create card", (m) => hasButton(m, "1") && hasButton(m, "6"));
  }
}

export const buttonsOf = (message) => (message.reply_markup?.inline_keyboard ?? []).flat();
export const hasButton = (message, text) => buttonsOf(message).some((button) => (text.length < 2 ? button.text === text : button.text.includes(text)));
export const wordsOf = (message) => message.caption ?? message.text ?? "";
export const isResult = (message) => Boolean(message.photo) && (hasButton(message, "Скачать") || hasButton(message, "Download"));

/** Width and height of a JPEG from its frame header. */
export function jpegSize(bytes) {
  let at = 2;
  while (at < bytes.length) {
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new Error("not a JPEG");
}

export { freePort, pause, until };
