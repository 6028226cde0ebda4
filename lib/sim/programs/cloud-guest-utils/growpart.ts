// growpart: makes a partition as large as the space behind it allows (growpart(1), cloud-utils 0.33). Sectors for a backup GPT stay free, on MBR disks too.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { type DiskLabel, OpenDisk, partitionPath } from "../kit/disk-label.ts";
import { type Io, flag, program, text } from "../kit/program.ts";

const USAGE = `growpart disk partition
   make a partition take all the room that is behind it
   options:
    -h | --help            show this text
         --free-percent F  leave F percent of the disk without partitions
         --fudge F         leave the partition as it is when it would grow by
                           less than F bytes (default: 1048576)
    -N | --dry-run         only say what would be done
    -v | --verbose         say more
    -u | --update  R       tell the kernel: auto, force, off or on

   Example:
    - growpart /dev/sda 1
`;
const BACKUP_GPT_SECTORS = 33;

const describe = (disk: OpenDisk, label: DiskLabel): string =>
  `label: ${label.kind}\nlabel-id: ${label.kind === "dos" ? `0x${label.id}` : label.id}\ndevice: ${disk.path}\nunit: sectors\n\n${label.partitions.map((one) => `${partitionPath(disk.path, one.number)} : start=${String(one.start).padStart(12)}, size=${String(one.sectors).padStart(12)}, type=${one.type}${one.bootable ? ", bootable" : ""}\n`).join("")}`;

export default program(
  { name: "growpart", summary: "let a partition grow into the free space behind it", synopsis: ["[options] disk partition"], options: [flag(["-h", "--help"], "show help"), flag(["-N", "--dry-run"], "only say what would be done"), text(["--free-percent"], "F", "leave F percent of the disk"), text(["--fudge"], "F", "least growth in bytes"), flag(["-v", "--verbose"], "say more"), text(["-u", "--update"], "R", "tell the kernel")], operands: "files" },
  function* (sys, argv, io: Io) {
    let dryRun = false;
    let fudgeSectors = 2048;
    let freePercent = 0;
    let update = "auto";
    const operands: string[] = [];
    const wrong = function* (message: string): Blocking<number> {
      yield* io.stderr(`${USAGE}${message}\n`);
      return 2;
    };
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      const [name, joined] = word.startsWith("--") && word.includes("=") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word, undefined];
      if (name === "-h" || name === "--help") {
        io.out.put(USAGE);
        return 0;
      }
      if (name === "-N" || name === "--dry-run") dryRun = true;
      else if (name === "-v" || name === "--verbose") continue;
      else if (name === "--fudge") fudgeSectors = Math.floor(Number(joined ?? argv[++at]) / 512);
      else if (name === "--free-percent") freePercent = Number(joined ?? argv[++at]);
      else if (name === "-u" || name === "--update") update = joined ?? argv[++at] ?? "";
      else if (word.startsWith("-")) return yield* wrong(`unknown option ${word}`);
      else operands.push(word);
    }
    const [path, partition, ...rest] = operands;
    if (path === undefined) return yield* wrong("must supply disk and partition-number");
    if (partition === undefined) return yield* wrong("must supply partition-number");
    if (rest.length > 0) return yield* wrong(`confused by args ${rest.join(" ")}`);
    if (!/^\d+$/.test(partition)) {
      yield* io.stderr("FAILED: partition-number must be a number\n");
      return 2;
    }
    const failed = function* (message: string): Blocking<number> {
      yield* io.stderr(`FAILED: ${message}\n`);
      return 2;
    };
    let disk: OpenDisk;
    try {
      sys.stat(path);
      disk = yield* OpenDisk.open(sys, path, !dryRun);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* failed(error.errno === "ENOENT" ? `${path}: does not exist` : "unable to determine partition type");
    }
    try {
      const label = yield* disk.readLabel();
      const name = partitionPath(path, Number(partition));
      if (label === undefined) return yield* failed("unable to determine partition type");
      const one = label.partitions.find((each) => each.number === Number(partition));
      if (one === undefined) return yield* failed(`failed to get start and end for ${name} in ${path}`);
      const before = describe(disk, label);
      const behind = label.partitions.filter((each) => each.start > one.start && !(one.number <= 4 && each.number > 4)).map((each) => each.start);
      const reserved = Math.floor((disk.totalSectors * freePercent) / 100);
      const end = Math.min(disk.totalSectors - Math.max(BACKUP_GPT_SECTORS, reserved), ...behind);
      const growth = end - (one.start + one.sectors);
      if (growth < fudgeSectors) {
        io.out.put(growth === 0 ? `NOCHANGE: partition ${partition} is size ${one.sectors}. it cannot be grown\n` : `NOCHANGE: partition ${partition} could only be grown by ${growth} [fudge=${fudgeSectors}]\n`);
        return 1;
      }
      const old = one.sectors;
      one.sectors += growth;
      const change = `partition=${partition} start=${one.start} old: size=${old} end=${one.start + old - 1} new: size=${one.sectors} end=${one.start + one.sectors - 1}\n`;
      if (dryRun) {
        io.out.put(`CHANGE: ${change}# === old sfdisk -d ===\n${before}# === new sfdisk -d ===\n${describe(disk, label)}`);
        return 0;
      }
      yield* disk.writeLabel(label);
      if (update !== "off") {
        const refused = disk.reread();
        if (refused !== undefined) return yield* failed(`disk=${path} partition=${partition}: failed to repartition`);
      }
      io.out.put(`CHANGED: ${change}`);
      return 0;
    } finally {
      disk.close();
    }
  },
);
