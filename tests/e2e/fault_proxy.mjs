// SPDX-License-Identifier: Apache-2.0
// tools/faultproxy as a process, and a proxy in it as an object.
import { spawn } from "node:child_process";
import path from "node:path";
import { build } from "./programs.mjs";


async function call(method, url, body) {
  const answer = await fetch(url, { method, headers: body ? { "content-type": "application/json" } : {}, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

export class FaultProxy {
  static async start() {
    const child = spawn(path.join(build, "aisha-faultproxy"), [], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const url = await new Promise((resolve, reject) => {
      child.stdout.once("data", (line) => resolve(String(line).trim()));
      child.once("error", reject);
      ended.then((code) => reject(new Error(`aisha-faultproxy ended with ${code}`)));
    });
    return Object.assign(new FaultProxy(), { child, ended, url });
  }

  /** A proxy before `upstream` ("127.0.0.1:5432") on a free port. */
  async before(name, upstream) {
    const made = await call("POST", `${this.url}/proxies`, { name, upstream });
    return Object.assign(new Road(), { url: `${this.url}/proxies/${name}`, address: made.listen, port: Number(made.listen.split(":").pop()) });
  }

  reset() {
    return call("POST", `${this.url}/reset`);
  }

  async stop() {
    this.child.kill("SIGTERM");
    await this.ended;
  }
}

/** The way to one server. */
class Road {
  /** Orders a toxic; returns its name. */
  async toxic(type, { name, stream = "downstream", toxicity = 1, ...attributes } = {}) {
    return (await call("POST", `${this.url}/toxics`, { name, type, stream, toxicity, attributes })).name;
  }

  /** Bytes vanish in both directions while every connection stays open: the peer's machine has lost its power. */
  async vanish() {
    await this.toxic("timeout", { stream: "upstream", timeout: 0 });
    await this.toxic("timeout", { stream: "downstream", timeout: 0 });
  }

  remove(toxic) {
    return call("DELETE", `${this.url}/toxics/${toxic}`);
  }

  async heal() {
    for (const { name } of await call("GET", `${this.url}/toxics`)) await this.remove(name);
    await this.up();
  }

  /** Connections that the toxics have struck so far. */
  async struck() {
    return (await call("GET", `${this.url}/toxics`)).reduce((sum, toxic) => sum + toxic.struck, 0);
  }

  down() {
    return call("POST", this.url, { enabled: false });
  }

  up() {
    return call("POST", this.url, { enabled: true });
  }

  lead(upstream) {
    return call("POST", this.url, { upstream });
  }
}
