// How much script each page of the built product loads (design, section 12), read from Next's manifests in .next.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";

interface PageWeight {
  readonly page: string;
  /** what the HTML names, with Next and React, compressed with gzip */
  readonly gzipBytes: number;
  /** the same as the server sends it: Brotli, made at the build */
  readonly brotliBytes: number;
  /** the same without a line of ours: Next and React */
  readonly frameworkGzipBytes: number;
  /** the terminal's scripts, which the page asks for as soon as it runs */
  readonly terminalGzipBytes: number;
  readonly terminalBrotliBytes: number;
  /** scripts of panels, loaded when one is opened */
  readonly panelsGzipBytes: number;
}

/** What only xterm.js and its addons say. */
const ofTerminal = /allowProposedApi|proposeDimensions|registerLinkProvider|15-graphemes/;

function entriesOf(manifest: string): ReadonlyMap<string, readonly string[]> {
  const sandbox: { __RSC_MANIFEST?: Record<string, { entryJSFiles: Record<string, string[]> }> } = {};
  runInNewContext(`globalThis.__RSC_MANIFEST = {}; ${readFileSync(manifest, "utf8")}`, sandbox);
  return new Map(Object.values(sandbox.__RSC_MANIFEST ?? {}).flatMap((page) => Object.entries(page.entryJSFiles)));
}

/** Undefined when the pages have not been built. */
export function pageWeights(root: string): readonly PageWeight[] | undefined {
  const next = path.join(root, ".next");
  if (!existsSync(path.join(next, "build-manifest.json"))) return undefined;
  const { rootMainFiles }: { rootMainFiles: string[] } = JSON.parse(readFileSync(path.join(next, "build-manifest.json"), "utf8"));
  const sizes = new Map<string, { readonly gzip: number; readonly brotli: number }>();
  const sizeOf = (file: string) => {
    const known = sizes.get(file);
    if (known) return known;
    const bytes = readFileSync(path.join(next, file));
    const compressed = path.join(next, `${file}.br`);
    const size = { gzip: gzipSync(bytes).length, brotli: existsSync(compressed) ? readFileSync(compressed).length : gzipSync(bytes).length };
    sizes.set(file, size);
    return size;
  };
  const sum = (files: Iterable<string>) => [...files].reduce((total, file) => ({ gzip: total.gzip + sizeOf(file).gzip, brotli: total.brotli + sizeOf(file).brotli }), { gzip: 0, brotli: 0 });
  const askedFor = (file: string) => [...readFileSync(path.join(next, file), "utf8").matchAll(/static\/chunks\/[\w.~-]+\.js/g)].map(([name]) => name).filter((name) => existsSync(path.join(next, name)));

  const app = path.join(next, "server/app");
  const manifests = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("page_client-reference-manifest.js") && name.startsWith("[locale]"));
  return manifests
    .map((name) => {
      const now = new Set([...rootMainFiles, ...[...entriesOf(path.join(app, name)).values()].flat()]);
      const lazy = new Set([...now].filter((file) => !rootMainFiles.includes(file)).flatMap(askedFor));
      for (const file of lazy) for (const further of askedFor(file)) lazy.add(further);
      for (const file of now) lazy.delete(file);
      const first = sum(now);
      const terminal = new Set([...lazy].filter((file) => ofTerminal.test(readFileSync(path.join(next, file), "utf8"))));
      const { gzip: terminalGzipBytes, brotli: terminalBrotliBytes } = sum(terminal);
      return {
        page: `/${path.dirname(name).replace(/\/?\([a-z]+\)/g, "")}`, gzipBytes: first.gzip, brotliBytes: first.brotli, frameworkGzipBytes: sum(rootMainFiles).gzip,
        terminalGzipBytes, terminalBrotliBytes, panelsGzipBytes: sum([...lazy].filter((file) => !terminal.has(file))).gzip,
      };
    })
    .sort((a, b) => b.gzipBytes + b.terminalGzipBytes - a.gzipBytes - a.terminalGzipBytes);
}
