// fdisk and sfdisk answer as the real ones do, on image files: one machine, a new directory for each script.
import { expect, test } from "vitest";
import { decode, encode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { RECORDED } from "./_recorded.ts";

/** Random ones of both sides become the same word; GUIDs of types stay. */
const named = (text: string): string => text
  .replace(/\b[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{2}4[0-9A-F]-[89AB][0-9A-F]{3}-[0-9A-F]{12}\b/g, "GUID")
  .replace(/(identifier|label-id:|identifier:|changed from) 0x[0-9a-f]{8}/g, "$1 0xID")
  .replace(/^000001b0 .*$/gm, "000001b0 id");

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);

test.each(RECORDED.map(([name, script, output], index) => ({ name, script, output, index })))("$name", ({ script, output, index }) => {
  const { stdout } = world.runProgram({ argv: ["bash", "-c", `exec 2>&1; mkdir /tmp/${index}; cd /tmp/${index}; ${script}`], directory: "/tmp", environment: new Map([["LANG", "C.UTF-8"], ["TERM", "xterm"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 });
  expect(named(decode(stdout))).toBe(named(output));
});

test("at a terminal: colours, Ctrl-C and Ctrl-D, and the question before changes are lost", () => {
  world.runProgram({ argv: ["truncate", "-s", "1G", "/tmp/t.img"], directory: "/tmp", environment: new Map([["PATH", "/usr/bin"]]), limitUs: 1_000_000, maxSteps: 1_000_000 });
  let shown = "";
  const terminal = world.openTerminal({
    rows: 24, cols: 80, user: "root", login: false, argv: ["fdisk", "/tmp/t.img"], environment: new Map([["TERM", "xterm"], ["LC_ALL", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]),
    onEvent: (event) => {
      if (event.kind === "output") shown += decode(event.bytes);
    },
  });
  const type = (keys: string): string => {
    shown = "";
    terminal.input(encode(keys));
    world.step(world.nowUs + 500_000, 50_000_000);
    return shown.replaceAll("\r\n", "\n");
  };
  world.step(world.nowUs + 2_000_000, 50_000_000);
  expect(shown.replaceAll("\r\n", "\n")).toMatch(/^\u001b\[32m\nWelcome to fdisk \(util-linux 2\.38\.1\)\.\n\u001b\[0mChanges will remain in memory only, until you decide to write them\.\nBe careful before using the write command\.\n\nDevice does not contain a recognized partition table\.\nCreated a new DOS \(MBR\) disklabel with disk identifier 0x[0-9a-f]{8}\.\n\n\u001b\[\?2004hCommand \(m for help\): $/);
  expect(type("n\r")).toBe("n\n\u001b[?2004l\rPartition type\n   p   primary (0 primary, 0 extended, 4 free)\n   e   extended (container for logical partitions)\n\u001b[?2004hSelect (default p): ");
  expect(type("\u0003")).toBe("\u001b[?2004l\r\n\u001b[?2004hCommand (m for help): ");
  expect(type("zz\r")).toBe("zz\n\u001b[?2004l\r\u001b[31mz: unknown command\u001b[0m\n\n\u001b[?2004hCommand (m for help): ");
  type("n\r\r\r\r+100M\r");
  expect(type("p\r")).toContain("\u001b[1mDevice     \u001b[0m \u001b[1mBoot\u001b[0m \u001b[1mStart\u001b[0m \u001b[1m   End\u001b[0m \u001b[1mSectors\u001b[0m \u001b[1m Size\u001b[0m \u001b[1mId\u001b[0m \u001b[1mType\u001b[0m\n/tmp/t.img1       2048 206847  204800  100M 83 Linux\n");
  expect(type("\u0004")).toContain("All unwritten changes will be lost, do you really want to quit? ");
  expect(type("n\r")).toContain("Command (m for help): ");
  type("\u0004");
  expect(type("y\r")).toBe("y\n\u001b[?2004l\r\n");
});
