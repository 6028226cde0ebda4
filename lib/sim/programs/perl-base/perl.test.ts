import { describe, expect, test } from "vitest";
import libperl from "../libperl5.36/package.ts";
import perlModules from "../perl-modules-5.36/package.ts";
import recorded from "./recorded/programs.json" with { type: "json" };
import perlBase from "./package.ts";
import perl from "./perl.ts";
import { TestSys } from "./recorded/test-sys.ts";

interface Recorded {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
  /** files that the program left or changed */
  readonly after?: Readonly<Record<string, string>>;
}

const library = Object.fromEntries([perlBase, perlModules, libperl].flatMap((one) => one.files ?? []).filter((file) => file.text !== undefined).map((file) => [file.path.replace("/5.36.0/", "/5.36/"), file.text ?? ""]));

function run({ argv, stdin = "", files = {} }: Pick<Recorded, "argv" | "stdin" | "files">, limit?: number) {
  const box = new TestSys(stdin, { ...library, ...files }, limit);
  const running = perl.program(box.sys, ["perl", ...argv]);
  let step = running.next();
  for (let i = 0; !step.done && i < 10_000; i++) step = running.next();
  return { stdout: box.text(1), stderr: box.text(2), status: step.done ? step.value : undefined, box };
}

// recorded from perl 5.36.0 (Debian 12)
describe("perl as the real one", () => {
  const programs: readonly Recorded[] = recorded;
  test.each(programs.map((one) => [one.argv.join(" ").slice(0, 120), one] as const))("%s", (_, one) => {
    const { stdout, stderr, status, box } = run(one);
    expect({ stdout, stderr, status }).toEqual({ stdout: one.stdout, stderr: one.stderr, status: one.status });
    for (const [name, text] of Object.entries(one.after ?? {})) expect(Array.from(box.files.get(`/work/${name}`)?.bytes ?? [], (byte) => String.fromCharCode(byte)).join("")).toBe(text);
  });
});

describe("limits", () => {
  test("endless work is paid for", () => {
    expect(() => run({ argv: ["-e", "1 while 1"] }, 2000)).toThrow("too many steps");
    expect(run({ argv: ["-e", 'print "a" x 40 . "c" =~ /(a|aa|a*)*b/; ("a" x 40) . "c" =~ /(a|aa|a*)*b/'] }).status).not.toBe(undefined);
  });

  test("subs nest as deep as memory lasts", () => {
    expect(run({ argv: ["-e", "sub f { my $n = shift; $n ? 1 + f($n - 1) : 0 } print f(20000)"] }).stdout).toBe("20000");
    expect(run({ argv: ["-e", "sub f { f() } f()"] }).status).not.toBe(0);
  });

  test("memory ends", () => {
    expect(run({ argv: ["-e", 'my $x = "a" x 1e10'] }).stderr).toContain("Out of memory");
    expect(run({ argv: ["-e", "my @a = (1 .. 1e9)"] }).stderr).toContain("Out of memory");
  });
});
