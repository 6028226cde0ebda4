import { expect, test } from "vitest";
import { type Fault, onFault } from "../machine/machine.ts";
import { createWorld } from "./world.ts";
import { decode, encode } from "../kernel/sys.ts";

function faultsOf(lines: readonly string[], size: { readonly rows: number; readonly cols: number }): { readonly faults: readonly Fault[]; readonly text: string } {
  const faults: Fault[] = [];
  onFault((fault) => faults.push(fault));
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_400_000_000, user: "root" });
  const terminal = world.openTerminal(size);
  for (const line of lines) {
    terminal.input(encode(`${line}\r`));
    world.step(world.nowUs + 1_000_000, 10_000_000);
  }
  const text = decode(terminal.takeOutput());
  onFault(() => undefined);
  return { faults, text };
}

// the line of the question was wiped with a negative count of blanks (fuzzer, seed 51, case 632)
test("parted asks at a terminal that is narrower than its margin", () => {
  const { faults, text } = faultsOf(["truncate -s 8M d", "parted d", "mklabel msdos", "quit", "echo on; clear; echo o''k"], { rows: 6, cols: 5 });
  expect(faults).toEqual([]);
  expect(text).toContain("ok");
});

// its child found the pseudo-terminal gone and threw (fuzzer, seed 51, case 120)
test("scriptlive that ends at once leaves no child that throws", () => {
  const { faults, text } = faultsOf(["echo 'I 1.0 5' > t; scriptlive --log-in=/ -cmirror.lan --maxdelay=9 t & wait; echo o''k"], { rows: 24, cols: 80 });
  expect(faults).toEqual([]);
  expect(text).toContain("ok");
});
