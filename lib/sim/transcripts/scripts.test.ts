// scripts/*.json: small scripts with both outputs and the status that the real programs of Debian 12 gave, run as `bash -c CODE` (or as
// the ARGV that is recorded) in an empty directory.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decode, encode } from "../kernel/sys.ts";
import { createWorld } from "../world/world.ts";

const folder = path.join(import.meta.dirname, "scripts");
const cases = z.array(z.object({ code: z.string(), argv: z.array(z.string()).optional(), stdin: z.string().optional(), stdout: z.string(), stderr: z.string(), status: z.number() }));
type Case = z.infer<typeof cases>[number];

function run({ code, argv, stdin }: Case): { readonly stdout: string; readonly stderr: string; readonly status: number | undefined } {
  const world = createWorld({ host: "debian-12", packages: ["dc", "patch"], seed: 1, epochUs: 1_790_000_000_000_000, user: "root" });
  const done = world.runProgram({
    argv: argv ?? ["bash", "-c", code], user: "root", directory: "/srv", stdin: encode(stdin ?? ""), environment: new Map([["LC_ALL", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]),
    limitUs: 10_000_000, maxSteps: 200_000_000,
  });
  return { stdout: decode(done.stdout), stderr: decode(done.stderr), status: done.status };
}

for (const file of readdirSync(folder).sort()) {
  describe(file, () => {
    it.each(cases.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8"))).map((item) => [item.code, item] as const))("%s", (_code, item) => {
      const { stdout, stderr, status } = item;
      expect(run(item)).toEqual({ stdout, stderr, status });
    });
  });
}
