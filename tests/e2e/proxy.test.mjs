// SPDX-License-Identifier: Apache-2.0
// deploy/nginx/aisha.conf as it is, but for names of files and numbers of ports, in front of the real product and the
// real object storage.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { root } from "./programs.mjs";
import { World, until, freePort } from "./world.mjs";

const nginx = ["/usr/sbin/nginx", "/usr/bin/nginx"].find((file) => fs.existsSync(file));
const absent = !nginx && "nginx is not installed (tools/setup test)";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-proxy-"));
const running = [];
let world;
let strict;
let open;

/** nginx with the file's rules; `networks` in place of Telegram's when the test itself shall be let in. */
async function proxy(name, networks) {
  const port = await freePort();
  const here = path.join(folder, name);
  fs.mkdirSync(here);
  const s3 = new URL(process.env.AISHA_TEST_S3 ?? "http://127.0.0.1:9").host;
  const rules = fs.readFileSync(path.join(root, "deploy/nginx/aisha.conf"), "utf8")
    .replaceAll("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replaceAll(/ssl_certificate .*;/g, `ssl_certificate ${folder}/cert.pem;`)
    .replaceAll(/ssl_certificate_key .*;/g, `ssl_certificate_key ${folder}/key.pem;`)
    .replace("127.0.0.1:8080", `127.0.0.1:${world.listenPort}`)
    .replace("127.0.0.1:9000", s3)
    .replace(/allow 149[^;]*;/, (line) => (networks ? `allow ${networks};` : line));
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${here};`).join("\n");
  fs.writeFileSync(path.join(here, "nginx.conf"),
    `daemon off;\nmaster_process off;\npid ${here}/pid;\nerror_log ${here}/error.log;\nevents {}\nhttp {\n${paths}\n${rules}\n}\n`);
  running.push(spawn(nginx, ["-p", here, "-c", path.join(here, "nginx.conf")], { stdio: "ignore" }));
  await until("nginx", async () => (await ask(port, "bot.example.org", "GET", "/").catch(() => null))?.status === 404);
  return port;
}

function ask(port, host, method, where, { headers = {}, body = "" } = {}) {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path: where, servername: host, rejectUnauthorized: false, headers: { host, "content-length": Buffer.byteLength(body), ...headers } };
    const request = https.request(options, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => resolve({ status: answer.statusCode, code: answer.headers["x-aisha-code"], body: Buffer.concat(pieces).toString() }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

before(async () => {
  if (absent) return;
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=bot.example.org",
    "-keyout", path.join(folder, "key.pem"), "-out", path.join(folder, "cert.pem")], { stdio: "ignore" });
  world = await World.start({ webhooks: true });
  strict = await proxy("strict");
  open = await proxy("open", "127.0.0.1");
});
after(async () => {
  for (const child of running) child.kill("SIGTERM");
  await world?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

test("webhooks reach Aisha, which judges them itself; nothing else of it is seen from outside", { skip: absent }, async () => {
  const json = { "content-type": "application/json" };
  const update = await ask(open, "bot.example.org", "POST", "/telegram", { headers: json, body: "{}" });
  assert.deepEqual([update.status, update.code], [401, "webhook.bad_secret"]);
  const result = await ask(open, "bot.example.org", "POST", "/fal/0123456789abcdef", { headers: json, body: "{}" });
  assert.equal(result.status, 401);
  for (const where of ["/", "/metrics", "/healthz", "/readyz", "/telegram/x", "/fal"]) {
    const answer = await ask(open, "bot.example.org", "GET", where);
    assert.ok([301, 404].includes(answer.status), `${where}: ${answer.status}`);
    assert.ok(answer.body.includes("nginx"), `${where} is answered by the proxy`);
  }
});

test("an update of more than 1 MB, or from outside of Telegram's networks, ends at the proxy", { skip: absent }, async () => {
  const large = await ask(open, "bot.example.org", "POST", "/telegram", { body: "x".repeat(1_100_000) });
  assert.equal(large.status, 413);
  const stranger = await ask(strict, "bot.example.org", "POST", "/telegram", { body: "{}" });
  assert.equal(stranger.status, 403);
  assert.equal(stranger.code, undefined);
});

test("a link signed for the public name opens its picture through the proxy and nothing but reading is let through",
  { skip: absent || (!process.env.AISHA_TEST_S3 && "no S3 server: tools/servers minio") }, async () => {
    const script = `
import os, botocore.session
from botocore.config import Config
keys = dict(aws_access_key_id=os.environ["AISHA_TEST_S3_ACCESS_KEY"], aws_secret_access_key=os.environ["AISHA_TEST_S3_SECRET_KEY"],
            region_name="us-east-1", config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
session = botocore.session.get_session()
near = session.create_client("s3", endpoint_url=os.environ["AISHA_TEST_S3"], **keys)
near.create_bucket(Bucket="proxied")
near.put_object(Bucket="proxied", Key="2026/01/02/a b.jpg", Body=b"picture")
public = session.create_client("s3", endpoint_url="https://media.example.org", **keys)
print(public.generate_presigned_url("get_object", Params={"Bucket": "proxied", "Key": "2026/01/02/a b.jpg"}))`;
    const link = new URL(execFileSync("python3", ["-c", script], { encoding: "utf8" }).trim());
    const where = link.pathname + link.search;
    const good = await ask(open, "media.example.org", "GET", where);
    assert.deepEqual([good.status, good.body], [200, "picture"]);
    const forged = await ask(open, "media.example.org", "GET", where.replace("a%20b", "a%20c"));
    assert.equal(forged.status, 403, where + forged.body);
    for (const method of ["PUT", "DELETE", "POST"]) assert.equal((await ask(open, "media.example.org", method, where, { body: "x" })).status, 403);
  });
