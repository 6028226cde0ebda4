// Runs dependency-cruiser on the layers (.dependency-cruiser.mjs). Its swc parser reads no JSX, and its TypeScript parser no TypeScript 7:
// so it looks at a mirror below dist/, where each .tsx file has lost its JSX and kept its imports.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const mirror = path.join(root, "dist/architecture");
const folders = ["app", "components", "lib", "labs", "drizzle"];

/** Imports for types alone count, too: they would be dropped with the types. */
function withoutJsx(source) {
  const plain = source.replace(/^import type /gm, "import ").replace(/([{,]\s*)type (?=[A-Za-z_$])(?=[^;]*\} from ")/g, "$1");
  return transformSync(plain, { loader: "tsx", jsx: "automatic", tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } }).code;
}

rmSync(mirror, { recursive: true, force: true });
mkdirSync(mirror, { recursive: true });
for (const folder of folders) {
  for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })) {
    if (!/\.(ts|tsx|mjs|json)$/.test(name)) continue;
    const source = path.join(root, folder, name);
    const target = path.join(mirror, folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    if (name.endsWith(".tsx")) writeFileSync(target, withoutJsx(readFileSync(source, "utf8")));
    else cpSync(source, target);
  }
}
for (const file of [".dependency-cruiser.mjs", "tsconfig.base.json", "package.json"]) cpSync(path.join(root, file), path.join(mirror, file));
symlinkSync(path.join(root, "node_modules"), path.join(mirror, "node_modules"));
const { status } = spawnSync(path.join(root, "node_modules/.bin/depcruise"), ["--config", ".dependency-cruiser.mjs", ...folders], { cwd: mirror, stdio: "inherit" });
process.exit(status ?? 1);
