// npm start: everything from a fresh clone to an address in the browser. Checks, installs, builds what is stale, then becomes the server.
// npm run dev (--dev): the same with Next in development and the server's bundles made anew. --build-only: stops before serving.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants as zlib } from "node:zlib";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const dev = process.argv.includes("--dev");
const buildOnly = process.argv.includes("--build-only");
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = "1";

function giveUp(line) {
  console.error(`hote: ${line}`);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 9)) giveUp(`Node.js ${process.versions.node} is too old: version 20.9 or newer is needed.`);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), "utf8"));
  } catch {
    return undefined;
  }
}

/** Every package of the lock that this machine needs is installed in that version. */
function isInstalled() {
  const wanted = readJson("package-lock.json")?.packages;
  const present = readJson("node_modules/.package-lock.json")?.packages;
  if (!wanted || !present) return false;
  for (const [name, { version, optional }] of Object.entries(wanted)) {
    if (name === "" || optional) continue;
    if (present[name]?.version !== version) return false;
  }
  return existsSync(path.join(root, "node_modules/better-sqlite3/build/Release/better_sqlite3.node"));
}

function has(tool) {
  return spawnSync(tool, ["--version"], { stdio: "ignore" }).error === undefined;
}

function run(command, args, what, env = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (error || status !== 0) giveUp(`${what} failed${error ? `: ${error.message}` : "; what went wrong stands above."}`);
}

function install() {
  if (isInstalled()) return;
  for (const tool of ["python3", "make", "g++"]) {
    if (!has(tool)) giveUp(`${tool} is missing: it compiles the database driver. On Debian: apt-get install python3 make g++`);
  }
  if (!has("npm")) giveUp("npm is missing. On Debian: apt-get install npm");
  try {
    accessSync(root, constants.W_OK);
  } catch {
    giveUp(`The program's folder ${root} cannot be written, so nothing can be installed or built there.`);
  }
  console.log("Installing packages (about a minute and a half, once)…");
  run("npm", ["ci", "--no-audit", "--no-fund"], "npm ci");
}

/** A digest of the files below these places, by content. */
function digest(places, skip) {
  const hash = createHash("sha256");
  const visit = (place) => {
    const file = path.join(root, place);
    if (!existsSync(file)) return;
    let entries;
    try {
      entries = readdirSync(file, { withFileTypes: true });
    } catch {
      hash.update(place).update(readFileSync(file));
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = `${place}/${entry.name}`;
      if (skip.test(inner)) continue;
      if (entry.isDirectory()) visit(inner);
      else hash.update(inner).update(readFileSync(path.join(root, inner)));
    }
  };
  for (const place of places) visit(place);
  return hash.digest("hex");
}

/** Scripts and styles once and for all in their smallest form, for lib/server/static-files.ts. */
function compressStatic() {
  const folder = path.join(root, ".next/static");
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.(js|css)$/.test(name)) continue;
    const bytes = readFileSync(path.join(folder, name));
    writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  }
}

const stampFile = path.join(root, "dist/built.json");

async function build() {
  const stamp = readJson("dist/built.json") ?? {};
  const tests = /\.test\.tsx?$|\.generated\.ts$/;
  const next = digest(["app", "components", "lib/school", "lib/quiz", "lib/i18n", "lib/lab", "lib/session", "drizzle/schema", "next.config.mjs", "package-lock.json", "tsconfig.base.json"], tests);
  const bundles = digest(["lib", "labs", "drizzle/schema", "package-lock.json"], tests);
  const { generate } = await import("./generate.mjs");
  if (dev || stamp.bundles !== bundles || !existsSync("dist/server.mjs")) generate();
  if (!dev && (stamp.next !== next || !existsSync(".next/BUILD_ID"))) {
    console.log("Building the pages (about a minute)…");
    rmSync(path.join(root, ".next"), { recursive: true, force: true });
    run(process.execPath, ["node_modules/next/dist/bin/next", "build"], "The build of the pages", { NODE_ENV: "production" });
    compressStatic();
  }
  if (dev || stamp.bundles !== bundles || !existsSync("dist/server.mjs") || !existsSync("dist/session-worker.mjs")) {
    const { bundle } = await import("./bundle.mjs");
    await bundle("lib/server/main.ts", "server");
    await bundle("lib/session/worker.ts", "session-worker");
  }
  mkdirSync(path.dirname(stampFile), { recursive: true });
  if (!dev) writeFileSync(stampFile, JSON.stringify({ next, bundles }));
}

checkNode();
install();
await build();
if (!buildOnly) {
  process.env.NODE_ENV = dev ? "development" : "production";
  process.env.HOTE_ROOT = root;
  if (dev) process.env.HOTE_DEV = "1";
  await import("./compile-early.mjs");
  await import(pathToFileURL(path.join(root, "dist/server.mjs")).href);
}
