// What GNU cpio 2.13 did with the same files; archives of every format come back as they were.
import fc from "fast-check";
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { type CpioMember, decodeArchive, encodeMember, TRAILER } from "./_formats.ts";

test("archives come back", () => {
  const small = fc.integer({ min: 0, max: 0o77777 });
  const member = fc.record({ name: fc.stringMatching(/^[a-zé/]{1,40}$/).filter((name) => name !== TRAILER), mode: small.map((mode) => 0o100000 | (mode & 0o7777)), uid: small, gid: small, nlink: fc.constant(1), device: fc.integer({ min: 0, max: 255 }), inode: small, rdev: fc.integer({ min: 0, max: 255 }), mtimeSeconds: fc.integer({ min: 0, max: 2 ** 31 - 1 }), bytes: fc.uint8Array({ maxLength: 300 }) });
  const end: CpioMember = { name: TRAILER, mode: 0, uid: 0, gid: 0, nlink: 1, device: 0, inode: 0, rdev: 0, mtimeSeconds: 0, bytes: new Uint8Array(0) };
  fc.assert(fc.property(fc.array(member, { maxLength: 6 }), fc.constantFrom("bin", "odc", "newc", "crc"), (members, format) => {
    const parts = [...members, end].map((one) => encodeMember(one, format));
    const archive = Uint8Array.from(parts.flatMap((part) => [...part]));
    const reading = decodeArchive(archive);
    expect(reading.members.map((one) => ({ ...one, bytes: Uint8Array.from(one.bytes) }))).toEqual(members);
    expect(reading.end).toBe(archive.length);
  }));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decodeArchive(bytes)));
});

test("cpio", () => {
  const world = createWorld({ host: "debian-12", packages: ["rpm2cpio"], seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("mkdir d; echo hello > d/f; ln -s f d/s; ln d/f d/h; chmod 600 d/f; touch -d '2026-11-21 10:00 UTC' d/f d; touch -h -d '2026-11-21 10:00 UTC' d/s; find d | sort | cpio -ov > a.cpio; cpio -t < a.cpio; cpio -itv < a.cpio")).toBe(
    "d\nd/f\nd/h\nd/s\n1 block\nd\nd/f\nd/h\nd/s\n1 block\ndrwxr-xr-x   2 root     root            0 Nov 21 10:00 d\n-rw-------   2 root     root            6 Nov 21 10:00 d/f\n-rw-------   2 root     root            6 Nov 21 10:00 d/h\nlrwxrwxrwx   1 root     root            1 Nov 21 10:00 d/s -> f\n1 block\n",
  );
  expect(output("mkdir x; cd x; cpio -idm < ../a.cpio; find . | sort; cpio -iv < ../a.cpio; cpio -idvu < ../a.cpio; cd ..; mkdir z; find d -depth | sort -r | cpio -pdmv z; ls -l --time-style=+%H:%M z/d | tail -n 3")).toBe(
    "1 block\n.\n./d\n./d/f\n./d/h\n./d/s\nd\ncpio: d/f not created: newer or same age version exists\nd/f\ncpio: d/h not created: newer or same age version exists\nd/h\ncpio: d/s not created: newer or same age version exists\nd/s\n1 block\nd\nd/f\ncpio: d/f linked to d/h\nd/h\nd/s\n1 block\nz/d/s\nz/d/h\ncpio: z/d/h linked to z/d/f\nz/d/f\nz/d\n1 block\n-rw------- 2 root root 6 10:00 f\n-rw------- 2 root root 6 10:00 h\nlrwxrwxrwx 1 root root 1 10:00 s -> f\n".replace("10:00 s -> f", "21:09 s -> f"),
  );
  expect(output("cpio; echo $?; cpio -x; echo $?; cpio -io | head -n 1; cpio -i -F nosuch; echo $?; cpio -p; cpio -ia; find d | cpio -o -H foo; echo nosuch | cpio -o | wc -c; find d | cpio -o -H newc | wc -c; find d | cpio -o -H crc --quiet | head -c 6; echo; find d | cpio -ocB | wc -c; cpio --version | head -n 1; cpio -i --to-stdout d/f < a.cpio; cpio -it --quiet -F a.cpio 'd/f*'; cpio -it --quiet -F a.cpio -f 'd/f*'; cpio -itvn --quiet 'd/f' < a.cpio; find d -print0 | sort -z | cpio -0 -o --quiet | cpio -it --quiet; echo d/s | cpio -oA -F a.cpio; cpio -t --quiet < a.cpio | wc -l; wget -q http://mirror.lan/rpm/hello-2.12-1.x86_64.rpm; rpm2cpio hello*.rpm | cpio -idm --quiet; cat etc/hello.conf")).toBe(
    "cpio: You must specify one of -oipt options.\nTry 'cpio --help' or 'cpio --usage' for more information.\n2\ncpio: invalid option -- 'x'\nTry 'cpio --help' or 'cpio --usage' for more information.\n64\ncpio: Mode already defined\nTry 'cpio --help' or 'cpio --usage' for more information.\ncpio: Cannot open nosuch: No such file or directory\n2\ncpio: Not enough arguments\nTry 'cpio --help' or 'cpio --usage' for more information.\ncpio: --reset is meaningless with --extract\nTry 'cpio --help' or 'cpio --usage' for more information.\n" +
      "cpio: invalid archive format `foo'; valid formats are:\ncrc newc odc bin ustar tar (all-caps also recognized)\nTry 'cpio --help' or 'cpio --usage' for more information.\ncpio: nosuch: Cannot stat: No such file or directory\n1 block\n512\n2 blocks\n1024\n070702\n1 block\n5120\ncpio (GNU cpio) 2.13\nhello\n1 block\nd/f\nd\nd/h\nd/s\n-rw-------   2 0        0               6 Nov 21 10:00 d/f\nd\nd/f\nd/h\nd/s\n1 block\n5\ngreeting=hello\n",
  );
});
