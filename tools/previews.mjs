#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Paints data/previews anew with the sandbox's studio, as people would get them: the portrait avatar's face for a style's
// prompt, the cat for its style_prompt. usage: tools/previews.mjs BUILD STYLE... (tests/web/node_modules must be there)
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { launch } = await import(path.join(root, "tests/web/browser.mjs"));
const { freePort, pause } = await import(path.join(root, "tests/e2e/world.mjs"));
const kSide = 512;
const kMostBytes = 40_000;
const [build, ...wanted] = process.argv.slice(2);

/** "id" -> its table of data/templates, the three fields that are wanted here. */
function templates() {
  const out = {};
  for (const file of fs.readdirSync(path.join(root, "data/templates")).filter((name) => name.endsWith(".toml"))) {
    for (const table of fs.readFileSync(path.join(root, "data/templates", file), "utf8").split("[[template]]").slice(1)) {
      const field = (name) => table.match(new RegExp(`^${name} = "(.*)"$`, "m"))?.[1];
      out[field("id")] = { portrait: field("prompt"), style: field("style_prompt") };
    }
  }
  return out;
}

const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const data = fs.mkdtempSync(path.join(os.tmpdir(), "aisha-previews-"));
const sandbox = spawn(path.join(build, "aisha-sandbox"), ["--host", "127.0.0.1", "--port", String(port), "--data", data], { stdio: "ignore" });
const browser = await launch();
try {
  const ask = async (method, address, body) => {
    const answer = await fetch(address, { method, headers: { authorization: "Key sandbox:previews", "content-type": "application/json" }, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  for (let tries = 0; tries < 100 && !(await fetch(`${url}/sim/health`).catch(() => undefined)); ++tries) await pause(100);
  const page = await browser.newPage();
  await page.goto(`${url}/sim/health`);
  const styles = templates();
  for (const id of wanted) {
    for (const [kind, face, trigger] of [["portrait", "anna", "AISHA_ANNA woman"], ["style", "chelsea", "AISHA_CHELSEA"]]) {
      const taken = await ask("POST", `${url}/fal/fal-ai/flux-lora`, {
        // The studio says on a picture what it has no shapes for; a preview says nothing.
        prompt: `${trigger}, ${styles[id][kind].replaceAll(/\b\w+ coat( and scarf)?, /g, "")}`, seed: 7, image_size: { width: 2 * kSide, height: 2 * kSide },
        loras: [{ path: `${url}/fal-files/demo-${face}.safetensors` }],
      });
      let state;
      do {
        await pause(100);
        state = await ask("GET", taken.status_url);
      } while (state.status !== "COMPLETED");
      const { images: [image] } = await ask("GET", taken.response_url);
      const jpeg = await page.evaluate(async ({ address, side, most }) => {
        const bitmap = await createImageBitmap(await (await fetch(address)).blob(), { resizeWidth: side, resizeHeight: side, resizeQuality: "high" });
        const canvas = new OffscreenCanvas(side, side);
        canvas.getContext("2d").drawImage(bitmap, 0, 0);
        for (let quality = 0.92; ; quality -= 0.02) {
          const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
          if (blob.size <= most) return [...new Uint8Array(await blob.arrayBuffer())];
        }
      }, { address: image.url, side: kSide, most: kMostBytes });
      fs.writeFileSync(path.join(root, "data/previews", `${id}.${kind}.jpg`), Buffer.from(jpeg));
    }
  }
} finally {
  await browser.close();
  sandbox.kill();
}
