// SPDX-License-Identifier: Apache-2.0
// Everything at once as an operator runs it: PostgreSQL, Redis, S3, both webhooks; seen from the chat page.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { aisha } from '../e2e/programs.mjs';
import { World } from '../e2e/world.mjs';
import { s3Link } from '../e2e/s3_link.mjs';
import { launch } from './browser.mjs';

const given = ['AISHA_TEST_POSTGRES', 'AISHA_TEST_REDIS', 'AISHA_TEST_S3'].every((name) => process.env[name]);
const skip = given ? false : 'run by tools/servers postgres redis minio -- ...';

/** From Start to the picture, at most three taps after it. */
async function firstPicture(world, browser) {
  const person = await world.sim('POST', '/sim/users', { first_name: 'Mary', language_code: 'en' });
  const page = await browser.newPage({ viewport: { width: 420, height: 800 } });
  await page.goto(`${world.url}/?user=${person.id}&lang=en`);
  const key = (label) => page.locator(`.key[data-button^=${JSON.stringify(label)}]`).last();
  await page.locator('.start').click();
  await key('🎨').click();
  await key('1').click();
  await key('💾').waitFor();
  return page;
}

test('on PostgreSQL, Redis and S3 behind both webhooks the chat page shows the first picture', { skip }, async () => {
  const world = await World.start({ servers: { variables: process.env }, webhooks: true });
  const browser = await launch();
  try {
    const page = await firstPicture(world, browser);
    await page.locator('.message.theirs img.over.ready').last().waitFor();

    const [row] = world.sql("SELECT status, object_key, thumbhash, sha256 FROM aisha.generation_requests");
    assert.equal(row.status, 'ready');
    const bucket = `${world.own.replace('_', '-')}-generated`;
    assert.equal((await fetch(s3Link(row.object_key, bucket))).status, 200, row.object_key);
    const keys = execFileSync('redis-cli', ['-p', String(world.redisPort), '--scan', '--pattern', `${world.own}:*`], { encoding: 'utf8' });
    assert.match(keys, /generation:stats:/);

    const { calls } = await world.sim('GET', '/sim/calls?method=getUpdates');
    assert.deepEqual(calls, [], 'nothing was asked for, everything was brought');
    const doctor = aisha('doctor', '--config', world.config);
    assert.match(doctor.stdout, /PostgreSQL 1\d/);
    const ill = doctor.stdout.split('\n').filter((line) => line.startsWith('BAD'));
    assert.equal(ill.length, 1, doctor.stdout + doctor.stderr);
    assert.match(ill[0], /fsync/, 'tools/servers turns it off, for speed');
    const check = aisha('check', '--config', world.config);
    assert.equal(check.status, 0, check.stdout + check.stderr);
  } finally {
    await browser.close();
    await world.stop();
  }
});
