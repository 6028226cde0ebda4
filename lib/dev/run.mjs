// Bundles a TypeScript entry and runs it: node lib/dev/run.mjs lib/dev/bench.ts [ARG...]
import "./compile-early.mjs";
import { bundle } from "./bundle.mjs";
import { generate } from "./generate.mjs";
import { pathToFileURL } from "node:url";

const [entry, ...rest] = process.argv.slice(2);
if (!entry) {
  console.error("usage: node lib/dev/run.mjs ENTRY.ts [ARG...]");
  process.exit(2);
}
generate();
const file = await bundle(entry);
process.argv = [process.argv[0], file, ...rest];
await import(pathToFileURL(file).href);
