/**
 * Adds to package-lock.json the optional binaries of other platforms that the lock names as dependencies and does not
 * list. npm leaves them out when the registry it asked does not carry them, and `npm ci` then refuses the whole lock.
 *
 * Usage: node lib/dev/complete-lock.mjs [--check]
 * With --check nothing is written: the missing names are printed and the exit code is 1 when there are any.
 */
import { readFileSync, writeFileSync } from "node:fs";

const OPERATING_SYSTEMS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "aix", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** What a binary's name says of its platform, in the fields of a lock entry: `x-linux-arm64-musl` → os, cpu, libc. */
export function platformOfName(name) {
  const words = name.slice(name.lastIndexOf("/") + 1).split("-");
  const platform = {};
  const os = words.find((word) => OPERATING_SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (cpu !== undefined) platform.cpu = [cpu];
  if (os === "linux" && words.some((word) => word.startsWith("musl"))) platform.libc = ["musl"];
  else if (os === "linux" && words.some((word) => word.startsWith("gnu"))) platform.libc = ["glibc"];
  if (os !== undefined) platform.os = [os];
  return platform;
}

/** The entries that `npm ci` would miss: lock key → entry. `packages` is the lock's own table. */
export function missingOptionalEntries(packages) {
  const missing = new Map();
  for (const entry of Object.values(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const key = `node_modules/${name}`;
      if (packages[key] !== undefined || missing.has(key)) continue;
      const added = { version };
      if (entry.dev) added.dev = true;
      missing.set(key, { ...added, optional: true, ...platformOfName(name) });
    }
  }
  return missing;
}

function main() {
  const path = new URL("../../package-lock.json", import.meta.url);
  const lock = JSON.parse(readFileSync(path, "utf8"));
  const missing = missingOptionalEntries(lock.packages);
  for (const key of missing.keys()) console.log(`missing: ${key.slice("node_modules/".length)}`);
  if (missing.size === 0) return;
  if (process.argv.includes("--check")) {
    console.error("package-lock.json is not complete: run `node lib/dev/complete-lock.mjs` and commit it");
    process.exitCode = 1;
    return;
  }
  const entries = [...Object.entries(lock.packages), ...missing];
  entries.sort(([left], [right]) => (left < right ? -1 : 1));
  lock.packages = Object.fromEntries(entries);
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${missing.size} entries added`);
}

main();
