// The list of cfdisk 2.38.1 as the real one drew it on a screen of 80 columns, and a table made with keys.
import { expect, test } from "vitest";
import { decode, encode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const EPOCH_US = 1_795_295_340_000_000;

test("partitions made with the keys are on the disk after the write", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: EPOCH_US });
  world.step(10_000_000, 50_000_000);
  let shown = "";
  const terminal = world.openTerminal({
    rows: 24, cols: 80, user: "root", login: false, argv: ["bash", "-c", "truncate -s 1G cf.img; cfdisk cf.img; sfdisk -d cf.img | tail -2"], environment: new Map([["TERM", "xterm"], ["LC_ALL", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]),
    onEvent: (event) => {
      if (event.kind === "output") shown += decode(event.bytes);
    },
  });
  const type = (...keys: readonly string[]): string => {
    shown = "";
    for (const key of keys) {
      terminal.input(encode(key));
      world.step(world.nowUs + 1_000_000, 50_000_000);
    }
    return shown;
  };
  world.step(13_000_000, 50_000_000);
  expect(shown).toContain("┌ Select label type ───┐");
  // DOS, 300 MiB as a primary partition, bootable
  expect(type("\u001b[B", "\r")).toContain(">>  Free space                2048    2097151    2095104    1023M              ");
  expect(type("\r")).toContain(" Partition size: ");
  expect(type("\u007f\u007f\u007f\u007f\u007f", "99G", "\r")).toContain("Maximum size is 1072693248 bytes.");
  expect(type("\u007f\u007f\u007f", "300M", "\r")).toContain("[ primary]\u001b[m  [extended]");
  expect(type("\r", "b")).toContain("│    Attributes: 80 ");
  // the rest is an extended one, 100 MiB of it a logical one
  expect(type("\u001b[B", "\r", "\r", "\u001b[C", "\r")).toContain("    └─Free space              618496   2097151   1478656    722M");
  expect(type("\u001b[B", "\r", "\u007f\u007f\u007f\u007f", "100M", "\r")).toContain("├─cf.img5");
  expect(type("W", "no", "\r")).toContain("Did not write partition table to disk.");
  expect(type("W", "yes", "\r")).toContain("The partition table has been altered.");
  type("q");
  world.step(world.nowUs + 2_000_000, 50_000_000);
  expect(shown.slice(shown.lastIndexOf("\u001b[?1049l") + 8)).toBe("Syncing disks.\r\ncf.img2 : start=      616448, size=     1480704, type=5\r\ncf.img5 : start=      618496, size=      204800, type=83\r\n");
});
