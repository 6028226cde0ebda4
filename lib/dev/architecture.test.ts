import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { forbiddenImports, importsOf, layers, readImports } from "./architecture.ts";

const imports = readImports(process.cwd());

describe("the layers", () => {
  it("are respected by every import", () => {
    expect(imports.length).toBeGreaterThan(1000);
    expect(forbiddenImports(imports)).toEqual([]);
  });

  it("are those of lib/README.md", () => {
    const readme = readFileSync("lib/README.md", "utf8");
    for (const [name, { folder }] of layers) if (folder.source.startsWith("^lib")) expect(readme, name).toContain(folder.source.replace(/^\^lib\\\//, "").replace(/\\\/$/, "").replaceAll("\\/", "/"));
  });

  it("notice what they forbid", () => {
    expect(forbiddenImports(importsOf("lib/sim/shell/a.ts", 'import { x } from "../kernel/kernel.ts";\nimport fs from "node:fs";\n'))).toEqual(["lib/sim/shell/a.ts imports lib/sim/kernel/kernel.ts (layer shell)", "lib/sim/shell/a.ts imports the package node:fs: the simulation has no way out"]);
    expect(forbiddenImports(importsOf("lib/sim/programs/kit/a.ts", 'import type { X } from "../sed/b.ts";\n'))).toEqual(["lib/sim/programs/kit/a.ts imports lib/sim/programs/sed/b.ts: the kit knows no package"]);
  });
});
