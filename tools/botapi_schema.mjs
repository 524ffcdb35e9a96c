#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Writes tests/web/botapi.facts.json: which parameters each Bot API method takes, which fields each object has, and their types.
// The facts are read from the types that npm's @gramio/types generates from Telegram's own documentation.
//
//   mkdir /tmp/botapi && cd /tmp/botapi && npm init -y
//   npm i --ignore-scripts @gramio/types@10.3 typescript@5 ts-json-schema-generator@2
//   node tools/botapi_schema.mjs /tmp/botapi
//
// Form of a type: number, string, boolean, true, 'literal', Name, [element], and any of them joined by "|". A key that ends in
// "?" is optional. An upload is a "file": the name of a form part or "attach://name".
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.resolve(process.argv[2] ?? ".");
const target = process.argv[3] ?? path.join(path.dirname(fileURLToPath(import.meta.url)), "../tests/web/botapi.facts.json");
const declarations = (name) => fs.readFileSync(path.join(folder, "node_modules/@gramio/types/out", name), "utf8");

/** The generator cannot look into the package's mapped types, so each method becomes two plain members of one interface. */
function readMethods() {
  const methods = new Map();
  const member = /^ {4}(\w+): (CallAPI\w*)<\s*([\s\S]*?)\s*>\n/gm;
  for (const [, name, kind, args] of declarations("methods.d.ts").matchAll(member)) {
    const comma = kind === "CallAPIWithoutParams" ? -1 : args.indexOf(",");
    const result = args.slice(comma + 1).trim().replace(/,$/, "");
    methods.set(name, { params: comma < 0 ? "{}" : args.slice(0, comma).trim(), result });
  }
  return methods;
}

async function generate(methods) {
  const entry = path.join(folder, "entry.ts");
  const lines = [...methods].map(([name, m]) => `  params_${name}: ${m.params};\n  result_${name}: ${m.result};\n`);
  fs.writeFileSync(entry, `import type * as Params from "@gramio/types/params";\nimport type * as Objects from "@gramio/types/objects";\n`
    + `export interface Api {\n  update: Objects.TelegramUpdate;\n${lines.join("")}}\n`);
  const tsconfig = path.join(folder, "tsconfig.entry.json");
  const compilerOptions = { strict: true, target: "es2022", module: "nodenext", moduleResolution: "nodenext", skipLibCheck: true, types: [], lib: ["es2022", "dom"] };
  fs.writeFileSync(tsconfig, JSON.stringify({ compilerOptions, include: ["entry.ts"] }));
  const { createGenerator } = await import(createRequire(path.join(folder, "x.js")).resolve("ts-json-schema-generator"));
  return createGenerator({ path: entry, tsconfig, type: "Api", skipTypeCheck: true, additionalProperties: false }).createSchema("Api");
}

const types = {};
const shortName = (name) => name.replace(/^Telegram/, "");

/** JavaScript's own objects ({toString()}, {toJSON()}) that the package also accepts; they never reach the wire. */
function isOfJavaScript(schema) {
  const names = Object.keys(schema.properties ?? {});
  return names.length === 1 && ["toString", "toJSON"].includes(names[0]);
}

function fieldsOf(schema, owner) {
  const required = new Set(schema.required ?? []);
  const fields = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    fields[required.has(name) ? name : `${name}?`] = expression(field, `${owner}.${name}`);
  }
  return fields;
}

function expression(schema, owner) {
  if (schema.$ref) return shortName(schema.$ref.split("/").at(-1));
  if (schema.anyOf) {
    const parts = schema.anyOf.filter((part) => !isOfJavaScript(part)).map((part) => expression(part, owner));
    return [...new Set(parts)].join("|");
  }
  if (schema.enum) return schema.enum.map((value) => (typeof value === "string" ? `'${value}'` : String(value))).join("|");
  if (schema.const !== undefined) return typeof schema.const === "string" ? `'${schema.const}'` : String(schema.const);
  if (Array.isArray(schema.type)) return schema.type.join("|");
  if (schema.type === "array") return `[${expression(schema.items, owner)}]`;
  if (schema.type === "object") {
    types[owner] = fieldsOf(schema, owner);
    return owner;
  }
  if (["string", "number", "boolean"].includes(schema.type)) return schema.type;
  throw new Error(`${owner}: no form for ${JSON.stringify(schema).slice(0, 200)}`);
}

const methods = readMethods();
const { definitions } = await generate(methods);
const api = definitions.Api.properties;
delete definitions.Api;
for (const [name, schema] of Object.entries(definitions)) {
  const short = shortName(name);
  if (short === "InputFile") types[short] = "file";
  else types[short] = schema.type === "object" && !schema.enum ? fieldsOf(schema, short) : expression(schema, short);
}
const version = /Bot API v([\d.]+)/.exec(declarations("index.d.ts"))?.[1] ?? "?";
const table = (entries) => entries.map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(",\n");
const rows = [...methods.keys()].sort().map((name) => [name, [expression(api[`params_${name}`], `${name}.params`), expression(api[`result_${name}`], `${name}.result`)]]);
const known = Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1));
fs.writeFileSync(target, `{\n  "version": "${version}",\n  "methods": {\n${table(rows)}\n  },\n  "types": {\n${table(known)}\n  }\n}\n`);
console.log(`Bot API ${version}: ${rows.length} methods, ${known.length} types, ${(fs.statSync(target).size / 1024).toFixed(0)} KB -> ${target}`);
