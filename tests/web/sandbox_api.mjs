// SPDX-License-Identifier: Apache-2.0
// The sandbox that a test talks to: the one named by AISHA_SANDBOX_URL, else one started for the test.

export async function openSandbox() {
  const named = process.env.AISHA_SANDBOX_URL;
  if (named) return { url: named.replace(/\/$/, ""), close: async () => {} };
  const { World } = await import("../e2e/world.mjs");
  const world = await World.start({ product: false });
  return { url: world.url, close: () => world.stop() };
}

/** JSON in, JSON out; fails on any other status. */
export async function sim(url, method, where, body) {
  const answer = await fetch(url + where, {
    method,
    headers: body ? { "content-type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}
