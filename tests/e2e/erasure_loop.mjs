#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Erases a person with many pictures while the product is killed with SIGKILL at random moments; prints how long the
// product ran until the receipt.
// usage: erasure_loop [--build DIR] [--pictures N] [--kills N] [--seed N]
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** So many pictures more like the one that is there, with their objects; and the wish for an erasure. */
const kFill = `
import os,shutil,sqlite3,sys,time,uuid
file,blobs,pictures,chat=sys.argv[1],sys.argv[2],int(sys.argv[3]),int(sys.argv[4])
c=sqlite3.connect(file)
c.row_factory=sqlite3.Row
one=dict(c.execute("SELECT * FROM generation_requests WHERE status='ready'").fetchone())
small=one['object_key'].rsplit('.',1)[0]+'.thumb.webp'
now=int(time.time()*1000)
for i in range(pictures):
    ident=uuid.UUID(int=(((now-pictures+i)<<80)|(7<<76)|(uuid.uuid4().int&((1<<76)-1)))&~(3<<62)|(2<<62))
    row=dict(one,id=ident.bytes,is_imported=1,price=0,object_key='2026/01/15/%s.jpg'%ident,custom_prompt='canary prompt %d'%i,prompt='canary prompt %d'%i,parent_id=None)
    stamp=time.strftime('%Y/%m/%d/',time.gmtime((now-pictures+i)/1000))
    row['object_key']=stamp+'%s.jpg'%ident
    row['created_at']=now-pictures+i
    os.makedirs(os.path.join(blobs,stamp),exist_ok=True)
    for source,target in ((one['object_key'],row['object_key']),(small,stamp+'%s.thumb.webp'%ident)):
        shutil.copyfile(os.path.join(blobs,source),os.path.join(blobs,target))
    c.execute('INSERT INTO generation_requests (%s) VALUES (%s)'%(','.join(row),','.join('?'*len(row))),list(row.values()))
    c.execute('INSERT INTO picture_messages VALUES (?,?,?,?,?)',(chat,1000000+i,ident.bytes,'result',now))
    c.execute('INSERT INTO picture_texts VALUES (?,?,?)',(row['user_id'],ident.bytes,' canary '))
    c.execute('INSERT INTO file_ids VALUES (1,?,?,?,?,?)',('result/%d'%i,'canary',row['user_id'],'picture',now))
c.execute("DELETE FROM user_days")
c.execute("INSERT INTO user_days (user_id,local_day,style,pictures,made,spent) SELECT user_id,local_day,coalesce(template_id,''),count(*),count(*),sum(price) FROM generation_requests WHERE status='ready' GROUP BY 1,2,3")
c.execute("INSERT INTO data_requests (id,user_id,kind,chat_id,language,step,next_at,created_at) VALUES (?,?,'erase',?,'en','mark',?,?)",(uuid.uuid4().bytes,one['user_id'],chat,now,now))
c.commit()
`;

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const filesBelow = (folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

/** Milliseconds that the product ran until nothing was left but the receipt; `at`: the steps at which it died. */
export async function eraseUnderKills({ pictures, kills, seed }) {
  const { World, isResult, pause, until, wordsOf } = await import("./world.mjs");
  const world = await World.start({ settings: { timing: { lease_ms: 1500 }, fal: { admin_key: "test:secret" } } });
  try {
    await world.sim("POST", "/sim/fal/settings", { max_side: 256, queue_ms: 20, run_ms: 50 });
    const person = await world.person({ language_code: "en" });
    const create = await person.openCreate();
    await person.press(create, "1");
    await person.sees("the picture", isResult);
    await world.stopProduct();
    const bucket = path.join(world.folder, "blobs", "aisha-v2-generated");
    execFileSync("python3", ["-c", kFill, path.join(world.folder, "aisha.db"), bucket, String(pictures - 1), String(person.id)]);
    const next = random(seed);
    const at = [];
    let ran = 0;
    const stepNow = () => world.sql("SELECT step, finished_at FROM data_requests")[0];
    for (let kill = 0; kill < kills; ++kill) {
      const begun = Date.now();
      await world.startProduct({ wait: false });
      await pause(40 + next() * 160);
      await world.killProduct();
      ran += Date.now() - begun;
      at.push(stepNow().finished_at ? "done" : stepNow().step);
    }
    const begun = Date.now();
    await world.startProduct({ wait: false });
    await person.sees("the receipt", (m) => wordsOf(m).includes("Your data are deleted"), 120_000);
    ran += Date.now() - begun;
    assert.equal(world.sql("SELECT count(*) AS n FROM generation_requests")[0].n, 0);
    assert.equal(world.sql("SELECT count(*) AS n FROM file_ids WHERE user_id IS NOT NULL")[0].n, 0);
    await until("the objects are gone", () => filesBelow(bucket) === 2);
    await world.stopProduct();
    const { aisha } = await import("./programs.mjs");
    const check = aisha("check", "--config", world.config);
    assert.equal(check.status, 0, check.stdout + check.stderr);
    return { ran, at };
  } finally {
    await world.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = (value) => ({ type: "string", default: value });
  const { values } = parseArgs({ options: { build: text("build/release"), pictures: text("1000"), kills: text("3"), seed: text("1") } });
  process.env.AISHA_BUILD ??= path.resolve(values.build);
  const { ran, at } = await eraseUnderKills({ pictures: Number(values.pictures), kills: Number(values.kills), seed: Number(values.seed) });
  console.log(`${values.pictures} pictures, killed at ${at.join(", ") || "no step"}: the receipt after ${(ran / 1000).toFixed(1)} s of running`);
}
