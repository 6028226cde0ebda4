// Scripts whose every answer (both outputs and the status) was recorded from bash 5.2.15 of Debian 12 as `bash -c CODE` in an empty directory.
import { describe, expect, it } from "vitest";
import { decode } from "../kernel/sys.ts";
import { createWorld } from "../world/world.ts";
import { recorded } from "./bash.recorded.ts";

function runBash(code: string): { readonly stdout: string; readonly stderr: string; readonly status: number | undefined } {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000, user: "root" });
  const run = world.runProgram({
    argv: ["bash", "-c", code], user: "root", directory: "/srv", environment: new Map([["LC_ALL", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]),
    limitUs: 10_000_000, maxSteps: 50_000_000,
  });
  return { stdout: decode(run.stdout), stderr: decode(run.stderr), status: run.status };
}

describe("bash answers as the real one does", () => {
  it.each(recorded.map((item) => [item.code, item] as const))("%s", (code, { stdout, stderr, status }) => {
    expect(runBash(code)).toEqual({ stdout, stderr, status });
  });
});
