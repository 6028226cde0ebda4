import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("the lock file lists every optional binary it names, so that npm ci accepts it on any registry", () => {
  expect(execFileSync(process.execPath, ["lib/dev/complete-lock.mjs", "--check"], { encoding: "utf8" })).toBe("");
});
