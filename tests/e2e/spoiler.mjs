// SPDX-License-Identifier: Apache-2.0
// An HTTP server in a road's way: it answers some requests itself and passes the others on.
import http from "node:http";

/**
 * decide(request, response): true when it has answered. Leads `road` through it to 127.0.0.1:port until the function
 * that it returns is called.
 */
export async function spoil(road, port, decide) {
  const server = http.createServer((request, response) => {
    if (decide(request, response)) return request.resume();
    const options = { port, host: "127.0.0.1", path: request.url, method: request.method, headers: request.headers };
    const onward = http.request(options, (from) => { response.writeHead(from.statusCode, from.headers); from.pipe(response); });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const lead = async (to) => {
    await road.lead(`127.0.0.1:${to}`);
    await road.down(); // connections that are kept lead to where they led
    await road.up();
  };
  await lead(server.address().port);
  return async () => {
    await lead(port);
    server.closeAllConnections();
    server.close();
  };
}
