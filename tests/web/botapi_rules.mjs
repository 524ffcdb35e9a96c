// SPDX-License-Identifier: Apache-2.0
// Judges Bot API calls, answers and updates by botapi.facts.json (made by tools/botapi_schema.mjs from Telegram's documentation).
import fs from "node:fs";
import { Ajv } from "ajv";

const facts = JSON.parse(fs.readFileSync(new URL("botapi.facts.json", import.meta.url), "utf8"));

/** A type's expression -> JSON Schema. Grammar: union = item ("|" item)*, item = [union] | 'text' | number | word. */
function schemaOf(text) {
  let at = 0;
  const union = () => {
    const items = [item()];
    while (text[at] === "|") {
      at += 1;
      items.push(item());
    }
    return items.length === 1 ? items[0] : { anyOf: items };
  };
  const item = () => {
    if (text[at] === "[") {
      at += 1;
      const items = union();
      at += 1;
      return { type: "array", items };
    }
    if (text[at] === "'") {
      const end = text.indexOf("'", at + 1);
      const value = text.slice(at + 1, end);
      at = end + 1;
      return { const: value };
    }
    const [word] = /^[^|\]]+/.exec(text.slice(at));
    at += word.length;
    return atom(word);
  };
  const schema = union();
  if (at !== text.length) throw new Error(`cannot read the type ${text}`);
  return schema;
}

function atom(word) {
  if (["string", "number", "boolean"].includes(word)) return { type: word };
  if (word === "true" || word === "false") return { const: word === "true" };
  if (word === "file") return { type: "string" };
  if (/^-?\d/.test(word)) return { const: Number(word) };
  if (!facts.types[word]) throw new Error(`the facts have no type ${word}`);
  return { $ref: `#/definitions/${word}` };
}

function objectSchema(fields) {
  const names = Object.keys(fields);
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ""), schemaOf(fields[name])])),
    required: names.filter((name) => !name.endsWith("?")),
    additionalProperties: false,
  };
}

const definitions = Object.fromEntries(
  Object.entries(facts.types).map(([name, type]) => [name, typeof type === "string" ? schemaOf(type) : objectSchema(type)]),
);
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: "botapi", definitions });
const compiled = new Map();

/** Sentences about what is wrong with `value` as a `type`; empty when it is right. */
function problems(type, value) {
  if (!compiled.has(type)) {
    const schema = JSON.parse(JSON.stringify(schemaOf(type)).replaceAll('"#/definitions/', '"botapi#/definitions/'));
    compiled.set(type, ajv.compile(schema));
  }
  const check = compiled.get(type);
  if (check(value)) return [];
  return check.errors.map((error) => `${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
}

export const version = facts.version;
export const methodNames = Object.keys(facts.methods);

/** A parameter sent in a form is text: JSON text stands for its value wherever text is not allowed. */
function asSent(method, parameters) {
  const fields = facts.types[facts.methods[method][0]] ?? {};
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => {
    const type = fields[name] ?? fields[`${name}?`];
    if (typeof value !== "string" || type === undefined || problems(type, value).length === 0) return [name, value];
    try {
      return [name, JSON.parse(value)];
    } catch {
      return [name, value];
    }
  }));
}

export function requestProblems(method, parameters) {
  if (!facts.methods[method]) return [`there is no method ${method}`];
  return problems(facts.methods[method][0], asSent(method, parameters));
}

/** `answer` is the whole body: {"ok":true,"result":...} or a refusal, whose form is the same for all methods. */
export function answerProblems(method, answer) {
  if (!facts.methods[method]) return [`there is no method ${method}`];
  if (answer.ok === true) return problems(facts.methods[method][1], answer.result);
  const sound = answer.ok === false && Number.isInteger(answer.error_code) && typeof answer.description === "string";
  return sound ? [] : [`not a refusal as the Bot API makes them: ${JSON.stringify(answer)}`];
}

export const updateProblems = (update) => problems("Update", update);
