// `npm run sim`: the simulated host in this terminal, or (--jsonl) as JSON lines for the judges. The bundle in dist/ is made again only when a source is newer.
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const outfile = path.join(root, "dist/sim.mjs");
const stamp = path.join(root, "dist/sim.stamp");

/** Newest change below the folders that the bundle is made of: files for edits, folders for additions and removals. */
function newestChangeMs() {
  let newest = 0;
  const visit = (directory) => {
    newest = Math.max(newest, statSync(directory).mtimeMs);
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const file = path.join(directory, entry.name);
      if (entry.isDirectory()) visit(file);
      else if (/(?<!\.test|\.generated)\.(?:ts|mjs)$/.test(entry.name)) newest = Math.max(newest, statSync(file).mtimeMs);
    }
  };
  for (const folder of ["lib/sim", "lib/dev", "lib/session"]) if (existsSync(path.join(root, folder))) visit(path.join(root, folder));
  return newest;
}

/** Packages whose sources are in the middle of a change are left out, so that the rest of the host can still be used. */
async function build(bundle, generate) {
  const broken = new Set();
  for (let attempt = 0; attempt < 4; attempt++) {
    generate(broken);
    try {
      await bundle("lib/dev/sim-main.ts", "sim");
      if (broken.size === 0) writeFileSync(stamp, `${startedMs}\n`);
      else process.stderr.write(`sim: without ${[...broken].join(", ")}: the sources do not build\n`);
      return;
    } catch (error) {
      const before = broken.size;
      for (const { location } of error.errors ?? []) {
        const match = /^lib\/sim\/programs\/([^/]+)\//.exec(location?.file ?? "");
        if (match && match[1] !== "kit") broken.add(match[1]);
      }
      if (broken.size > before) continue;
      if (!existsSync(outfile)) throw error;
      process.stderr.write("sim: the sources do not build; this is the last build that did\n");
      return;
    }
  }
}

const startedMs = Date.now();
if (!existsSync(outfile) || !existsSync(stamp) || Number(readFileSync(stamp, "utf8")) <= newestChangeMs()) {
  const [{ bundle }, { generate }] = await Promise.all([import("./bundle.mjs"), import("./generate.mjs")]);
  await build(bundle, generate);
}
await import(pathToFileURL(outfile).href);
