// Bundles one entry for Node with esbuild (Node 20 runs no TypeScript by itself). Packages stay outside.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import path from "node:path";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Writes dist/NAME.mjs from `entry` (a path below the project) and returns its absolute path. */
export async function bundle(entry, name = path.basename(entry).replace(/\.[jt]s$/, "")) {
  const outfile = path.join(root, "dist", `${name}.mjs`);
  await build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
  return outfile;
}
