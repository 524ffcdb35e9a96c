// SPDX-License-Identifier: Apache-2.0
// Bundles every web surface into OUT/<surface>/{index.html,app.js,app.css,...}.
// usage: node build.mjs [--out DIR] [--watch] [--check]
//   --out DIR  where the bundles go (default: dist beside this file)
//   --watch    keep bundling as files change
//   --check    also type-check with tsc; a type error fails the build
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const outRoot = resolve(args.includes('--out') ? args[args.indexOf('--out') + 1] : join(here, 'dist'));

/** Each surface: its folder, and how many gzipped bytes of script a visitor may have to wait for. */
const surfaces = [{ name: 'sandbox-chat', scriptBudget: 60 * 1024 }];

function options(name) {
  return {
    entryPoints: [{ in: join(here, name, 'main.tsx'), out: 'app' }],
    outdir: join(outRoot, name),
    bundle: true,
    format: 'esm',
    target: ['es2022'],
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'warning',
  };
}

function copyStatic(name) {
  const out = join(outRoot, name);
  mkdirSync(out, { recursive: true });
  for (const file of readdirSync(join(here, name))) {
    if (['.html', '.svg'].includes(extname(file))) copyFileSync(join(here, name, file), join(out, file));
  }
}

function checkBudget({ name, scriptBudget }) {
  const size = gzipSync(readFileSync(join(outRoot, name, 'app.js')), { level: 9 }).length;
  console.log(`${name}: app.js ${(size / 1024).toFixed(1)} kB gzipped`);
  if (size > scriptBudget) throw new Error(`${name}: app.js is over its budget of ${scriptBudget / 1024} kB`);
}

if (args.includes('--check')) {
  const tsc = join(here, 'node_modules', 'typescript', 'bin', 'tsc');
  const run = spawnSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.json')], { stdio: 'inherit' });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
for (const surface of surfaces) {
  copyStatic(surface.name);
  if (args.includes('--watch')) {
    const context = await esbuild.context(options(surface.name));
    await context.watch();
  } else {
    await esbuild.build(options(surface.name));
    checkBudget(surface);
  }
}
