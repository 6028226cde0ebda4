// hardlink, setarch, lsmem, chmem as those of util-linux 2.38.1 on a Debian 12 answered; the machine there had 24 GiB and its kernel no algorithm sockets.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);

test("hardlink: what is alike is linked, and what it says of it", () => {
  const summary = (mode: string, files: number, linked: number, compared: number, saved: string): string => `Mode:                     ${mode}\nMethod:                   sha256\nFiles:                    ${files}\nLinked:                   ${linked} files\nCompared:                 0 xattrs\nCompared:                 ${compared} files\nSaved:                    ${saved}\n`;
  const run = (command: string): string => output(`${command} | grep -v Duration`);
  output("mkdir -p d/x d/y; for i in 1 2 3; do echo aaaa > d/x/f$i; echo bbbb >d/y/f$i; done; cp d/x/f1 d/y/f9; touch -d 2020-01-01 d/y/f2; chmod 600 d/x/f3; : >d/z; ln d/x/f1 d/x/f1l");
  expect(run("hardlink -nvv d")).toBe(
    `Skipped /root/d/z (smaller than configured size)\n[DryRun] Linking /root/d/x/f1l to /root/d/x/f2 (-5 B)\n[DryRun] Linking /root/d/x/f1l to /root/d/y/f9 (-5 B)\n[DryRun] Linking /root/d/y/f1 to /root/d/y/f3 (-5 B)\n${summary("dry-run", 9, 3, 5, "15 B")}`,
  );
  expect(run("hardlink -n -x 'f1$' -c d")).toBe(summary("dry-run", 7, 4, 6, "20 B"));
  expect(run("hardlink -n -S 3 d")).toBe(summary("dry-run", 9, 0, 0, "0 B"));
  expect(run("(hardlink -c -v d; stat -c '%h %n' d/*/*)")).toBe(
    `Linking /root/d/x/f1l to /root/d/x/f2 (-5 B)\nLinking /root/d/x/f1l to /root/d/x/f3 (-5 B)\nLinking /root/d/x/f1l to /root/d/y/f9 (-5 B)\nLinking /root/d/y/f1 to /root/d/y/f3 (-5 B)\nLinking /root/d/y/f1 to /root/d/y/f2 (-5 B)\n${summary("real", 9, 5, 8, "25 B")}5 d/x/f1\n5 d/x/f1l\n5 d/x/f2\n5 d/x/f3\n3 d/y/f1\n3 d/y/f2\n3 d/y/f3\n5 d/y/f9\n`,
  );
  expect(output("hardlink -q d; hardlink; hardlink nope; hardlink -s x d; hardlink -x '[' d; hardlink --reflink=foo d")).toBe(
    "hardlink: no directory or file specified\nhardlink: cannot get realpath: nope: No such file or directory\nhardlink: failed to parse minimum size: 'x': Invalid argument\nhardlink: could not compile regular expression [: Invalid regular expression\nhardlink: unsupported reflink mode; foo\n",
  );
});

test("setarch: uname and /proc/PID/personality", () => {
  expect(output("linux32 uname -m; linux32 sh -c 'uname -m; setarch x86_64 uname -m'; setarch -v --uname-2.6 uname -r; setarch -R cat /proc/self/personality; setarch i386 -3 -B -L cat /proc/self/personality; cat /proc/self/personality; setarch uname26 cat /proc/self/personality; echo 'uname -m' | linux32; setarch linux32 -v true; setarch; setarch ppc true; setarch i386 nope; echo $?")).toBe(
    "i686\ni686\nx86_64\nSwitching on UNAME26.\nExecute command `uname'.\n2.6.61-56-amd64\n00040000\n08a00008\n00000000\n00020000\ni686\nExecute command `true'.\nsetarch: no architecture argument or personality flags specified\nsetarch: ppc: Unrecognized architecture\nsetarch: failed to execute nope: No such file or directory\n127\n",
  );
});

test("lsmem and chmem", () => {
  expect(output("lsmem; lsmem -J; lsmem -n -b --summary=never -o RANGE,SIZE,NODE,ZONES; lsmem -r | tail -1; lsmem -P; lsmem -a -n --summary=never | wc -l; lsmem --summary=foo; lsmem -o foo; lsmem -S node -a; lsmem -J --summary; lsmem x")).toBe(
    'RANGE                                 SIZE  STATE REMOVABLE BLOCK\n0x0000000000000000-0x000000009fffffff 2.5G online       yes  0-19\n\nMemory block size:       128M\nTotal online memory:     2.5G\nTotal offline memory:      0B\n' +
      '{\n   "memory": [\n      {\n         "range": "0x0000000000000000-0x000000009fffffff",\n         "size": "2.5G",\n         "state": "online",\n         "removable": true,\n         "block": "0-19"\n      }\n   ]\n}\n' +
      '0x0000000000000000-0x0000000007ffffff  134217728    0  None\n0x0000000008000000-0x000000009fffffff 2550136832    0 DMA32\n0x0000000000000000-0x000000009fffffff 2.5G online yes 0-19\nRANGE="0x0000000000000000-0x000000009fffffff" SIZE="2.5G" STATE="online" REMOVABLE="yes" BLOCK="0-19"\n20\n' +
      "lsmem: unsupported --summary argument\nlsmem: unknown column: foo\nlsmem: mutually exclusive arguments: --split --all\nlsmem: options --{raw,json,pairs} and --summary=only are mutually exclusive\nlsmem: bad usage\nTry 'lsmem --help' for more information.\n",
  );
  expect(output("chmem -v -b -e 0; chmem -b -d 3-4; chmem -d 256M; echo $?; chmem -e 1-2; chmem -b -e 5-1; chmem -b -e x; chmem -b -e 1-x; chmem -e 0x1-0x2; chmem -e 0x0-2; chmem -d foo; chmem -d 1; chmem -z foo -e 0; chmem -e -d 1; chmem 0")).toBe(
    "Memory Block 0 (0x0000000000000000-0x0000000007ffffff) already enabled\nchmem: Memory Block 3 (0x0000000018000000-0x000000001fffffff) disable failed: Device or resource busy\nchmem: Memory Block 4 (0x0000000020000000-0x0000000027ffffff) disable failed: Device or resource busy\nchmem: Could only disable 0B of memory\n1\n" +
      "chmem: Invalid start address format: 1\nchmem: Invalid range: 5-1\nchmem: Failed to parse block number: 'x'\nchmem: Failed to parse end: 'x'\nchmem: Start address and (end address + 1) must be aligned to memory block size (128M)\nchmem: Invalid end address format: 2\nchmem: Failed to parse size: 'foo': Invalid argument\nchmem: Size must be aligned to memory block size (128M)\n" +
      "chmem: unknown memory zone: foo\nTry 'chmem --help' for more information.\nchmem: mutually exclusive arguments: --disable --enable\nchmem: bad usage\nTry 'chmem --help' for more information.\n",
  );
});
