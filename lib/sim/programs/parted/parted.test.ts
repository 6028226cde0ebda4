// The dialogue of parted 3.5 (Debian 12) as the real one answers on an image file, word by word.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const SCRIPT = `cd /tmp; rm -f pk; truncate -s 100M pk; printf 'print\\nmklabel gpt\\nmkpart\\nfoo\\next4\\n1MiB\\n20MiB\\nprint\\nmkpart\\n\\nzzz\\n\\n30MiB\\n40MiB\\nunit s\\nprint free\\nrm\\n9\\nname\\n2\\nbar\\nset\\n1\\nboot\\n\\nunit\\nMiB\\nresizepart\\n2\\n45MiB\\nprint\\nq\\n' | parted pk; echo $?; printf 'mklabel msdos\\n' | parted pk; echo $?; parted -s pk mklabel msdos; printf 'mkpart\\n\\nprimary\\n\\n1MiB\\n20MiB\\nmkpart\\nextended\\n20MiB\\n100%%\\nmkpart\\nlogical\\nfat32\\n21MiB\\n30MiB\\nprint\\nmkpart primary 5MiB\\n' | parted pk; echo $?; parted -s pk; echo $?; parted -s -a min pk mkpart logical 70001s 80000s; parted -s pk unit s print; for f in diag irst prep; do parted -s pk mklabel gpt mkpart a 1MiB 9MiB set 1 $f on; parted -ms pk print | tail -1; done`;

/** Recorded from the real one; lines of what it starts besides are left out. */
const RECORDED = `GNU Parted 3.5
Using /tmp/pk
Welcome to GNU Parted! Type 'help' to view a list of commands.
\r                                                                          \r(parted) print
Error: /tmp/pk: unrecognised disk label
\r                                                                          \rModel:  (file)
Disk /tmp/pk: 105MB
Sector size (logical/physical): 512B/512B
Partition Table: unknown
Disk Flags: 
\r                                                                          \r(parted) mklabel gpt
\r                                                                          \r(parted) mkpart
\r                                                                          \rPartition name?  []? foo
\r                                                                          \rFile system type?  [ext2]? ext4
\r                                                                          \rStart? 1MiB
\r                                                                          \rEnd? 20MiB
\r                                                                          \r(parted) print
Model:  (file)
Disk /tmp/pk: 105MB
Sector size (logical/physical): 512B/512B
Partition Table: gpt
Disk Flags: 

Number  Start   End     Size    File system  Name  Flags
 1      1049kB  21.0MB  19.9MB  ext4         foo

\r                                                                          \r(parted) mkpart
\r                                                                          \rPartition name?  []? 
\r                                                                          \rFile system type?  [ext2]? zzz
parted: invalid token: zzz
\r                                                                          \rFile system type?  [ext2]? 
\r                                                                          \rStart? 30MiB
\r                                                                          \rEnd? 40MiB
\r                                                                          \r(parted) unit s
\r                                                                          \r(parted) print free
Model:  (file)
Disk /tmp/pk: 204800s
Sector size (logical/physical): 512B/512B
Partition Table: gpt
Disk Flags: 

Number  Start   End      Size     File system  Name  Flags
        34s     2047s    2014s    Free Space
 1      2048s   40959s   38912s   ext4         foo
        40960s  61439s   20480s   Free Space
 2      61440s  81919s   20480s   ext2
        81920s  204766s  122847s  Free Space

\r                                                                          \r(parted) rm
\r                                                                          \rPartition number? 9
Error: Partition doesn't exist.
\r                                                                          \r\r                                                                          \r(parted) name
\r                                                                          \rPartition number? 2
\r                                                                          \rPartition name?  []? bar
\r                                                                          \r(parted) set
\r                                                                          \rPartition number? 1
\r                                                                          \rFlag to Invert? boot
\r                                                                          \rNew state?  [on]/off? 
\r                                                                          \r(parted) unit
\r                                                                          \rUnit?  [s]? MiB
\r                                                                          \r(parted) resizepart
\r                                                                          \rPartition number? 2
\r                                                                          \rEnd?  [40.0MiB]? 45MiB
\r                                                                          \r(parted) print
Model:  (file)
Disk /tmp/pk: 100MiB
Sector size (logical/physical): 512B/512B
Partition Table: gpt
Disk Flags: 

Number  Start    End      Size     File system  Name  Flags
 1      1.00MiB  20.0MiB  19.0MiB               foo   boot, esp
 2      30.0MiB  45.0MiB  15.0MiB               bar

\r                                                                          \r(parted) q
0
GNU Parted 3.5
Using /tmp/pk
Welcome to GNU Parted! Type 'help' to view a list of commands.
\r                                                                          \r(parted) mklabel msdos
Warning: The existing disk label on /tmp/pk will be destroyed and all data on
this disk will be lost. Do you want to continue?
\r                                                                          \r\r                                                                          \r(parted) 
0
GNU Parted 3.5
Using /tmp/pk
Welcome to GNU Parted! Type 'help' to view a list of commands.
\r                                                                          \r(parted) mkpart
\r                                                                          \rPartition type?  primary/extended? 
\r                                                                          \rPartition type?  primary/extended? primary
\r                                                                          \rFile system type?  [ext2]? 
\r                                                                          \rStart? 1MiB
\r                                                                          \rEnd? 20MiB
\r                                                                          \r(parted) mkpart
\r                                                                          \rPartition type?  primary/extended? extended
\r                                                                          \rStart? 20MiB
\r                                                                          \rEnd? 100%
\r                                                                          \r(parted) mkpart
\r                                                                          \rPartition type?  primary/logical? logical
\r                                                                          \rFile system type?  [ext2]? fat32
\r                                                                          \rStart? 21MiB
\r                                                                          \rEnd? 30MiB
\r                                                                          \r(parted) print
Model:  (file)
Disk /tmp/pk: 105MB
Sector size (logical/physical): 512B/512B
Partition Table: msdos
Disk Flags: 

Number  Start   End     Size    Type      File system  Flags
 1      1049kB  21.0MB  19.9MB  primary   ext2         lba
 2      21.0MB  105MB   83.9MB  extended               lba
 5      22.0MB  31.5MB  9437kB  logical   fat32        lba

\r                                                                          \r(parted) mkpart primary 5MiB
\r                                                                          \rEnd? \r                                                                          \r(parted) 
0
0
Model:  (file)
Disk /tmp/pk: 204800s
Sector size (logical/physical): 512B/512B
Partition Table: msdos
Disk Flags: 

Number  Start   End      Size     Type      File system  Flags
 1      2048s   40959s   38912s   primary
 2      40960s  204799s  163840s  extended               lba
 5      43008s  61439s   18432s   logical                lba
 6      70001s  80000s   10000s   logical

1:1049kB:9437kB:8389kB::a:diag;
1:1049kB:9437kB:8389kB::a:irst;
1:1049kB:9437kB:8389kB::a:prep;
`;

test("words that are missing are asked for, mistakes are told, a table is made", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const { stdout } = world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${SCRIPT}`], directory: "/tmp", environment: new Map([["LANG", "C.UTF-8"], ["TERM", "xterm"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 });
  expect(decode(stdout)).toBe(RECORDED);
});
