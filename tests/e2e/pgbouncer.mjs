// SPDX-License-Identifier: Apache-2.0
// PgBouncer in transaction mode before a test's PostgreSQL.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { freePort, until } from "./world.mjs";

const program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].find((file) => fs.existsSync(file));
export const noPooler = !program && "pgbouncer is not installed (tools/setup test)";

const reaches = (port) => new Promise((resolve) => {
  const socket = net.connect(port, "127.0.0.1", () => { socket.destroy(); resolve(true); });
  socket.on("error", () => resolve(false));
});

export class Pooler {
  /** before: "127.0.0.1:5432". users: who may come in. lines: further settings. */
  static async start(folder, before, users, lines = "") {
    const pooler = new Pooler();
    const [host, port] = before.split(":");
    pooler.port = await freePort();
    const here = path.join(folder, `pgbouncer-${pooler.port}`);
    fs.mkdirSync(here, { mode: 0o777 });
    fs.chmodSync(here, 0o777);
    fs.chmodSync(folder, 0o755);
    pooler.config = path.join(here, "pgbouncer.ini");
    fs.writeFileSync(path.join(here, "users"), users.map((user) => `"${user}" ""\n`).join(""));
    fs.writeFileSync(pooler.config, `[databases]\n* = host=${host} port=${port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${pooler.port}\nunix_socket_dir =\n` +
      `auth_type = trust\nauth_file = ${here}/users\npool_mode = transaction\ndefault_pool_size = 4\nlogfile = ${here}/log\npidfile = ${here}/pid\n${lines}`);
    await pooler.up();
    return pooler;
  }

  get address() {
    return `127.0.0.1:${this.port}`;
  }

  async up() {
    // It does not run as root.
    const words = process.getuid() === 0 ? ["-u", "postgres"] : [];
    this.child = spawn(program, [...words, "-q", this.config], { stdio: "ignore" });
    this.ended = new Promise((resolve) => this.child.once("exit", resolve));
    await until("pgbouncer", () => reaches(this.port));
  }

  async down() {
    this.child.kill("SIGTERM");
    this.child.kill("SIGKILL");
    await this.ended;
  }
}
