// SPDX-License-Identifier: Apache-2.0
// A forward proxy that alone knows the names of the outside world: "http://telegram.outside.test" and "fal.outside.test"
// lead to the sandbox, everything else nowhere.
import http from "node:http";

export class OutsideProxy {
  static async start(port) {
    const proxy = new OutsideProxy();
    proxy.asked = new Map();
    proxy.port = port;
    await proxy.up();
    return proxy;
  }

  async up() {
    this.server = http.createServer((request, response) => {
      const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
      if (!url?.hostname.endsWith(".outside.test")) return response.writeHead(403).end();
      this.asked.set(url.hostname, (this.asked.get(url.hostname) ?? 0) + 1);
      const headers = { ...request.headers, host: `127.0.0.1:${this.port}` };
      const onward = http.request({ host: "127.0.0.1", port: this.port, method: request.method, path: url.pathname + url.search, headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.destroy());
      response.on("close", () => onward.destroy());
      request.pipe(onward);
    });
    await new Promise((resolve) => this.server.listen(this.listen ?? 0, "127.0.0.1", resolve));
    this.listen = this.server.address().port;
    this.url = `http://127.0.0.1:${this.listen}`;
  }

  down() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
