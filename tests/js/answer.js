// @ts-check
/** Answers to pytest: of each line that names a script, a function of it and arguments, what that gives, or what it threw. */
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';

import { catalog } from './given.js';

const ROOT = new URL('../../', import.meta.url);

/** @param {{path: string, name: string, args: unknown[]}} call */
async function answer({ path, name, args }) {
  const before = JSON.stringify(args);
  const script = await import(new URL(path, ROOT).href);
  const result = await script[name](...args.map((each) => (each === 'CATALOG' ? catalog() : each)));
  if (JSON.stringify(args) !== before) throw new Error('an argument was changed');
  return { result };
}

for await (const line of createInterface({ input: stdin })) {
  const said = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.message ?? error) }));
  stdout.write(`${JSON.stringify(said)}\n`);
}
