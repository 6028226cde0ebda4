// debugfs as that of e2fsprogs 1.47.0 answered.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 }).stdout);
const debugfs = (request: string): string => output(`debugfs -R '${request}' e.img 2>/dev/null`);

test("an image is filled and looked into", () => {
  expect(output(`truncate -s 20M e.img; mke2fs -q -t ext4 -L data e.img; echo hello > f; head -c 5000 /dev/zero > big; for c in "write f f" "mkdir dir" "symlink l f" "ln f h" "write big dir/big"; do debugfs -w -R "$c" e.img 2>/dev/null; done`)).toBe("Allocated inode: 12\nAllocated inode: 15\n");
  expect(debugfs("ls")).toBe(" 2  (12) .    2  (12) ..    11  (20) lost+found    12  (12) f    12  (12) h   \n 13  (12) dir    14  (932) l   \n");
  expect(debugfs("ls -l dir").replace(/\d+-Nov-2026 \d\d:\d\d/g, "DATE")).toBe("     13   40755 (2)      0      0    1024 DATE .\n      2   40755 (2)      0      0    1024 DATE ..\n     15  100644 (1)      0      0    5000 DATE big\n\n");
  expect(debugfs("stat dir/big").replace(/0x\w+:\w+ -- .*/g, "TIME")).toBe(
    "Inode: 15   Type: regular    Mode:  0644   Flags: 0x80000\nGeneration: 0    Version: 0x00000000:00000000\nUser:     0   Group:     0   Project:     0   Size: 5000\nFile ACL: 0\nLinks: 1   Blockcount: 10\nFragment:  Address: 0    Number: 0    Size: 0\n ctime: TIME\n atime: TIME\n mtime: TIME\ncrtime: TIME\nSize of extra inode fields: 32\nEXTENTS:\n(0-4):1462-1466\n",
  );
  expect(debugfs("stat l").split("\n").slice(-3)).toEqual(["Size of extra inode fields: 32", 'Fast link dest: "f"', ""]);
  expect(["cat f", "blocks dir/big", "bmap dir/big 2", "icheck 1463 20000", "ncheck 15", "testi f", "testb 100", "features", "lsdel"].map(debugfs).join("")).toBe(
    "hello\n1462 1463 1464 1465 1466 \n1464\nBlock\tInode number\n1463\t15\n20000\t<block not found>\nInode\tPathname\n15\t/dir/big\nInode 12 is marked in use\nBlock 100 marked in use\nFilesystem features: has_journal ext_attr resize_inode dir_index filetype extent 64bit flex_bg sparse_super large_file huge_file dir_nlink extra_isize metadata_csum\n Inode  Owner  Mode    Size      Blocks   Time deleted\n0 deleted inodes found.\n",
  );
  expect(output("debugfs -R 'dump f out' e.img; cat out; for c in 'stat nosuch' 'rm f' 'undelete <12>' foo cat; do debugfs -R \"$c\" e.img 2>&1 | tail -n +2; done; debugfs -R ls /nosuch; debugfs -R ls big; dumpe2fs -h e.img 2>/dev/null | grep -E 'Mount count|Last mounted'; losetup -a")).toBe(
    "debugfs 1.47.0 (5-Feb-2023)\nhello\nnosuch: File not found by ext2_lookup \nrm: Filesystem opened read/only\nundelete: Filesystem opened read/only\ndebugfs: Command not found foo\ncat: Usage: cat <file>\ndebugfs 1.47.0 (5-Feb-2023)\ndebugfs: No such file or directory while trying to open /nosuch\nls: Filesystem not open\n" +
      "debugfs 1.47.0 (5-Feb-2023)\ndebugfs: Bad magic number in super-block while trying to open big\nls: Filesystem not open\nLast mounted on:          <not available>\nMount count:              0\n",
  );
});

test("requests from a pipe; what was removed is gone when the image is mounted", () => {
  expect(output("printf 'cd dir\\nls\\npwd\\nquit\\n' | debugfs e.img; printf 'open e.img\\nparams\\nclose\\nls\\n' | debugfs")).toBe(
    "debugfs 1.47.0 (5-Feb-2023)\ndebugfs:  cd dir\ndebugfs:  ls\n 13  (12) .    2  (12) ..    15  (988) big   \ndebugfs:  pwd\n[pwd]   INODE:     13  PATH: /dir\n[root]  INODE:      2  PATH: /\ndebugfs:  quit\n" +
      "debugfs 1.47.0 (5-Feb-2023)\ndebugfs:  open e.img\ndebugfs:  params\nOpen mode: read-only\nFilesystem in use: e.img\ndebugfs:  close\ndebugfs:  ls\nls: Filesystem not open\ndebugfs:  ",
  );
  expect(output("for c in 'rm h' 'rmdir dir' 'sif f mode 0100600'; do debugfs -w -R \"$c\" e.img 2>&1 | tail -n +2; done; mount e.img /mnt; ls /mnt; stat -c %a /mnt/f; debugfs -R 'ls -p' $(findmnt -n -o SOURCE /mnt) 2>/dev/null | head -2; umount /mnt")).toBe("rmdir: directory not empty\ndir\nf\nl\nlost+found\n600\n/2/040755/0/0/.//\n/2/040755/0/0/..//\n");
});
