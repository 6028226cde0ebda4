// The table of layers (lib/README.md) as data, and the imports of the project read from its files: who may import whom. The scanner reads
// import and export statements; the project writes them in one form, at the start of a line (see lib/decisions/0001-architecture-test.md).

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Layer {
  readonly folder: RegExp;
  /** project files that it may import; itself always */
  readonly may: readonly RegExp[];
}

const waist = /^lib\/sim\/kernel\/(sys|sys-net)\.ts$/;
const readline = /^lib\/sim\/readline\//;
const daemonApi = /^lib\/sim\/daemons\/[^/]+\/api(\.ts$|\/)/;

export const layers: ReadonlyMap<string, Layer> = new Map([
  ["kernel", { folder: /^lib\/sim\/kernel\//, may: [] }],
  ["readline", { folder: /^lib\/sim\/readline\//, may: [waist] }],
  ["shell", { folder: /^lib\/sim\/shell\//, may: [waist, readline] }],
  ["programs", { folder: /^lib\/sim\/programs\//, may: [waist, daemonApi, readline] }],
  ["daemons", { folder: /^lib\/sim\/daemons\//, may: [waist] }],
  ["machine", { folder: /^lib\/sim\/machine\//, may: [/^lib\/sim\/(kernel|readline|shell|programs|daemons)\//] }],
  ["world", { folder: /^lib\/sim\/world\//, may: [/^lib\/sim\//] }],
  ["lab", { folder: /^lib\/lab\//, may: [/^lib\/quiz\//, /^lib\/sim\/machine\/view\.ts$/, /^lib\/sim\/world\//] }],
  ["quiz", { folder: /^lib\/quiz\//, may: [] }],
  ["session", { folder: /^lib\/session\//, may: [/^lib\/sim\/world\//, /^lib\/lab\//] }],
  ["school", { folder: /^lib\/school\//, may: [/^drizzle\/schema\//, /^lib\/lab\//, /^lib\/quiz\//, /^lib\/i18n\/french-spaces\.ts$/] }],
  ["server", { folder: /^lib\/server\//, may: [/^lib\/(session|school|lab|i18n)\//] }],
  ["i18n", { folder: /^lib\/i18n\//, may: [] }],
  ["components", { folder: /^components\//, may: [/^lib\/session\/protocol(-[a-z]+)?\.ts$/, /^lib\/(quiz|school|i18n)\//] }],
  ["app", { folder: /^app\//, may: [/^components\//, /^lib\/(session|school|lab|quiz|i18n)\//, /^lib\/server\/session-door\.ts$/] }],
  ["labs", { folder: /^labs\//, may: [/^lib\/lab\//, /^lib\/sim\/machine\/view\.ts$/] }],
  ["drizzle", { folder: /^drizzle\//, may: [] }],
]);

export interface Import {
  readonly from: string;
  /** a project path, or a package's name */
  readonly to: string;
  readonly external: boolean;
  readonly typeOnly: boolean;
}

const statement = /^(?:import|export)\s(?:(type)\s)?(?:[^"';]*?\sfrom\s*)?["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm;

export function importsOf(file: string, source: string): Import[] {
  return [...source.matchAll(statement)].map((match) => {
    const target = match[2] ?? match[3] ?? "";
    const names = /^import\s*\{([^}]*)\}/.exec(match[0])?.[1];
    const typeOnly = match[1] === "type" || (names !== undefined && names.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type ")));
    const external = !target.startsWith(".");
    return { from: file, to: external ? target : path.posix.normalize(path.posix.join(path.posix.dirname(file), target)), external, typeOnly };
  });
}

export function sourceFiles(root: string): string[] {
  const files: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const at = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(at);
      else if (/\.tsx?$/.test(entry.name) && !/\.(generated|d)\.ts$/.test(entry.name)) files.push(at);
    }
  };
  for (const folder of ["app", "components", "lib", "labs", "drizzle"]) if (existsSync(path.join(root, folder))) walk(folder);
  return files;
}

export function readImports(root: string): Import[] {
  return sourceFiles(root).flatMap((file) => importsOf(file, readFileSync(path.join(root, file), "utf8")));
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file) || /(^|\/)test-[^/]*\.ts$/.test(file);

/** Every import that the table forbids, as "FILE imports TARGET (layer LAYER)". */
export function forbiddenImports(imports: readonly Import[]): string[] {
  const found: string[] = [];
  for (const one of imports) {
    if (isTest(one.from)) continue;
    const layer = [...layers].find(([, { folder }]) => folder.test(one.from));
    if (!layer) continue;
    const [name, { folder, may }] = layer;
    if (one.external) {
      if (one.from.startsWith("lib/sim/")) found.push(`${one.from} imports the package ${one.to}: the simulation has no way out`);
      if (/^(drizzle-orm|better-sqlite3|pg)(\/|$)/.test(one.to) && !/^(lib\/school|drizzle)\//.test(one.from)) found.push(`${one.from} imports ${one.to}: SQL lives in lib/school`);
      continue;
    }
    if (one.to.endsWith(".generated.ts") || one.to.endsWith(".json")) continue;
    if (!folder.test(one.to) && !may.some((pattern) => pattern.test(one.to))) found.push(`${one.from} imports ${one.to} (layer ${name})`);
    const own = /^lib\/sim\/programs\/([^/]+)\//.exec(one.from)?.[1];
    const other = /^lib\/sim\/programs\/([^/]+)\//.exec(one.to)?.[1];
    if (own === "kit" && other !== undefined && other !== "kit") found.push(`${one.from} imports ${one.to}: the kit knows no package`);
  }
  return found;
}
