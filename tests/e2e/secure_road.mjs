// SPDX-License-Identifier: Apache-2.0
// TLS with HTTP/2 before the sandbox, as Telegram and fal have it, on a road whose open connections can be frozen: the
// bytes stop while every socket stays open and acknowledges. A process trusts it through a name space of its own.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import path from "node:path";

const listening = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

/** Whether this machine lets a test change what one process trusts. */
export const mayTrust = (() => {
  try {
    execFileSync("unshare", ["-m", "--", "sh", "-c", "mount --bind /dev/null /etc/ssl/certs/ca-certificates.crt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

export class SecureRoad {
  /** folder: for key and certificate; port: of the sandbox. */
  static async start(folder, port) {
    const road = new SecureRoad();
    road.authority = path.join(folder, "authority.pem");
    const key = path.join(folder, "road.key");
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
      "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", road.authority], { stdio: "ignore" });
    road.versions = new Set();
    road.tls = http2.createSecureServer({ key: fs.readFileSync(key), cert: fs.readFileSync(road.authority), allowHTTP1: true }, (request, response) => road.lead(port, request, response));
    const inner = await listening(road.tls);
    road.connections = new Set();
    road.accepted = 0;
    road.outer = net.createServer((near) => road.join(near, inner));
    road.url = `https://localhost:${await listening(road.outer)}`;
    return road;
  }

  lead(port, request, response) {
    this.versions.add(request.httpVersion);
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !name.startsWith(":") && name !== "host"));
    const onward = http.request({ host: "127.0.0.1", port, method: request.method, path: request.url, headers: { ...headers, host: `127.0.0.1:${port}` } }, (answer) => {
      const { connection, "keep-alive": alive, "transfer-encoding": coding, ...kept } = answer.headers;
      if (response.stream?.destroyed) return answer.destroy();
      response.writeHead(answer.statusCode, kept);
      answer.pipe(response);
    });
    onward.on("error", () => response.stream?.close?.());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  }

  join(near, inner) {
    ++this.accepted;
    const far = net.connect(inner, "127.0.0.1");
    const pair = { near, far };
    this.connections.add(pair);
    near.pipe(far);
    far.pipe(near);
    for (const end of [near, far]) {
      end.on("error", () => {});
      end.on("close", () => {
        near.destroy();
        far.destroy();
        this.connections.delete(pair);
      });
    }
  }

  /** What is open now carries nothing any more; new connections are fine. Returns how many. */
  freeze() {
    for (const { near, far } of this.connections) {
      near.unpipe(far);
      far.unpipe(near);
      near.on("data", () => {}); // taken in and lost, so that the sender's kernel sees no trouble
      far.on("data", () => {});
    }
    return this.connections.size;
  }

  stop() {
    for (const { near, far } of this.connections) near.destroy(), far.destroy();
    this.outer.close();
    this.tls.close();
  }
}
