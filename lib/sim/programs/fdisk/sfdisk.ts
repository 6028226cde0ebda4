// sfdisk: partitions a disk by a script, and shows tables in a form that it reads again (sfdisk(8), util-linux 2.38).
import { dumpLabel } from "./_dump.ts";
import type { Blocking, SysError } from "../../kernel/sys.ts";
import { type DiskLabel, GRAIN, type LabelPartition, type OpenDisk, SECTOR_BYTES, defaultType, deviceSize, freeSpans, isExtended, newGuid, newLabel, parseType, partitionPath, typeName, usable } from "../kit/disk-label.ts";
import { type Io, flag, optionalText, text, texts, unsimulated, utilLinux } from "../kit/util-linux.ts";
import { columnNames, diskHead, freeList, labelHead, listDisk, mountedPart, partitionTable, wholeDisks, withDisk } from "./_listing.ts";
import { type Script, parseScript, scriptSectors } from "./_script.ts";

function json(disk: OpenDisk, label: DiskLabel): string {
  const bounds = usable(label, disk.totalSectors);
  const text = (value: string): string => JSON.stringify(value);
  const lines = [`"label":${text(label.kind)}`, `"id":${text(label.kind === "dos" ? `0x${label.id}` : label.id)}`, `"device":${text(disk.path)}`, `"unit":"sectors"`, ...(label.kind === "gpt" ? [`"firstlba":${bounds.first}`, `"lastlba":${bounds.last}`] : []), `"sectorsize":512`];
  const rows = label.partitions.toSorted((a, b) => a.number - b.number).map((one) => `         {\n            "node": ${text(partitionPath(disk.path, one.number))},\n            "start": ${one.start},\n            "size": ${one.sectors},\n            "type": ${text(one.type)}${label.kind === "gpt" ? `,\n            "uuid": ${text(one.uuid)}` : ""}${one.name === "" ? "" : `,\n            "name": ${text(one.name)}`}${one.bootable && label.kind === "dos" ? `,\n            "bootable": true` : ""}\n         }`);
  return `{\n   "partitiontable": {\n${lines.map((line) => `      ${line.replace(":", ": ")}`).join(",\n")}${rows.length === 0 ? "" : `,\n      "partitions": [\n${rows.join(",").replaceAll("},         {", "},{")}\n      ]`}\n   }\n}\n`;
}

export default utilLinux({
  name: "sfdisk", path: "/sbin/sfdisk", manSection: 8, summary: "show or change the partition table of a disk",
  synopsis: ["[options] <dev> [[-N] <part>]", "[options] <command>"],
  options: {
    activate: flag(["-A", "--activate"], "show or set which partitions are bootable (MBR)"), dump: flag(["-d", "--dump"], "write the table as a script that sfdisk reads again"), json: flag(["-J", "--json"], "the disk's table as JSON"), geometry: flag(["-g", "--show-geometry"], "geometry of these devices, or of all"), list: flag(["-l", "--list"], "each device with its partitions"), free: flag(["-F", "--list-free"], "the space that no partition takes"),
    reorder: flag(["-r", "--reorder"], "number the partitions as they follow on the disk"), sizes: flag(["-s", "--show-size"], "how large these devices are, or all"), types: flag(["-T", "--list-types"], "the partition types of the label that -X names"), verify: flag(["-V", "--verify"], "look for errors in the table"), remove: flag(["--delete"], "remove these partitions, or every one"),
    partLabel: flag(["--part-label"], "show or set a partition's name"), partType: flag(["--part-type"], "show or set a partition's type"), partUuid: flag(["--part-uuid"], "show or set a partition's UUID"), partAttrs: unsimulated(["--part-attrs"], "show or set a partition's attribute bits", "GPT attributes have no use here"), diskId: flag(["--disk-id"], "show or set the identifier of the label"),
    append: flag(["-a", "--append"], "the script's partitions come in addition"), backup: flag(["-b", "--backup"], "first save the sectors that will be written (see -O)"), bytes: flag(["--bytes"], "sizes as plain numbers of bytes"), move: unsimulated(["--move-data"], "take the contents along when a partition moves (needs -N)", "moving data", "typescript"), force: flag(["-f", "--force"], "without any check of consistency"),
    color: optionalText(["--color"], "when", "whether colours are used"), lock: optionalText(["--lock"], "mode", "lock the device against other programs"), number: text(["-N", "--partno"], "num", "the partition meant, by its number"), noAct: flag(["-n", "--no-act"], "all but the writing"), noReread: flag(["--no-reread"], "accept a device that is in use"), noTell: flag(["--no-tell-kernel"], "leave the kernel with the old table"),
    backupFile: text(["-O", "--backup-file"], "path", "where -b saves the sectors"), output: text(["-o", "--output"], "list", "the columns that are shown"), quiet: flag(["-q", "--quiet"], "without messages that only inform"), wipe: text(["-w", "--wipe"], "mode", "erase old signatures: auto, always or never"), wipePartitions: text(["-W", "--wipe-partitions"], "mode", "erase old signatures in new partitions: auto, always or never"), label: text(["-X", "--label"], "name", "the kind of label: dos, gpt, ..."), nested: text(["-Y", "--label-nested"], "name", "the kind of a label within the label"),
    kindOfGrain: flag(["-G", "--show-pt-geometry"], "deprecated"), linux: flag(["-L", "--Linux"], "ignored, for old scripts only"), units: texts(["-u", "--unit"], "S", "ignored: sectors are the only unit"),
  },
  operands: "files", usageStatus: 1,
  *run({ options, operands, sys }, io: Io) {
    const cannot = function* (path: string, error: SysError): Blocking<void> {
      yield* io.fail(`cannot open ${path}: ${error.message}`);
    };
    const [path, second, third] = operands;
    if (options.types) {
      io.say(options.label === "gpt" ? "" : "Id  Name\n\n");
      return 0;
    }
    if (options.list || options.free || options.dump || options.json || options.sizes) {
      const paths = operands.length > 0 ? operands : yield* wholeDisks(sys);
      let shown = 0;
      let total = 0;
      for (const one of paths) {
        yield* withDisk(sys, one, false, function* (disk) {
          const label = yield* disk.readLabel();
          if (options.sizes) {
            total += Math.floor(disk.sizeBytes / 1024);
            io.out.put(paths.length > 1 ? `${one}: ${Math.floor(disk.sizeBytes / 1024)}\n` : `${Math.floor(disk.sizeBytes / 1024)}\n`);
            return;
          }
          if (options.dump || options.json) {
            if (label === undefined) yield* io.fail(`${one}: does not contain a recognized partition table`);
            else io.out.put(options.json ? json(disk, label) : dumpLabel(disk, label));
            return;
          }
          if (operands.length === 0 && disk.sizeBytes === 0) return;
          if (shown > 0) io.out.put("\n\n");
          shown++;
          if (options.free) io.out.put(freeList(disk, label));
          else io.out.put(yield* listDisk(disk, label, options.output === undefined ? undefined : named(options.output, label)));
        }, (error) => (operands.length === 0 ? nothing() : cannot(one, error)));
      }
      if (options.sizes && paths.length > 1) io.say(`total: ${total} blocks\n`);
      return undefined;
    }
    if (path === undefined) {
      yield* io.warn("no disk device specified");
      return 1;
    }
    const reads = options.verify || ((options.partType || options.partUuid || options.partLabel) && third === undefined) || (options.diskId && second === undefined) || (options.activate && operands.length === 1);
    yield* withDisk(sys, path, !reads, function* (disk) {
      let label = yield* disk.readLabel();
      const known = (): DiskLabel => label ?? io.die(`${path}: does not contain a recognized partition table`);
      const save = function* (): Blocking<void> {
        if (options.noAct) {
          io.say("The partition table is unchanged (--no-act).\n");
          return;
        }
        yield* disk.writeLabel(known());
        if (!options.quiet) io.say("\nThe partition table has been altered.\n");
        if (!options.noTell && disk.isDevice) {
          if (!options.quiet) io.say("Calling ioctl() to re-read partition table.\n");
          const refused = disk.reread();
          if (refused !== undefined) yield* io.stderr(`Re-reading the partition table failed.: ${refused.message}\nThe kernel still uses the old table. The new table will be used at the next reboot or after you run partprobe(8) or partx(8).\n`);
        }
        if (!options.quiet) io.say("Syncing disks.\n");
      };
      const partition = (word: string | undefined): LabelPartition => {
        const number = Number(word);
        if (!/^\d+$/.test(word ?? "") || number === 0) io.die(`failed to parse partition number: '${word ?? ""}'`);
        return known().partitions.find((one) => one.number === number) ?? io.die(`${path}: partition ${number}: partition is unused`);
      };
      if (options.verify) {
        known();
        io.say(`${path}:\nNo errors detected.\n`);
        const free = freeSpans(known(), disk.totalSectors).reduce((sum, span) => sum + span.last - span.first + 1, 0);
        if (free > 0) io.say(`Remaining ${free} unallocated 512-byte sectors.\n`);
        return;
      }
      if (options.diskId) {
        if (second === undefined) io.out.put(`${known().kind === "dos" ? "0x" : ""}${known().id}\n`);
        else {
          const old = known().id;
          known().id = known().kind === "dos" ? second.replace(/^0x/, "").padStart(8, "0") : second.toUpperCase();
          const prefix = known().kind === "dos" ? "0x" : "";
          if (!options.quiet) io.say(`Disk identifier changed from ${prefix}${old} to ${prefix}${known().id}.\n`);
          yield* save();
        }
        return;
      }
      if (options.partType || options.partUuid || options.partLabel) {
        const one = partition(second);
        if (third === undefined) io.out.put(`${options.partType ? one.type : options.partUuid ? one.uuid : one.name}\n`);
        else {
          if (options.partType) one.type = parseType(known().kind, third) ?? io.die(`failed to parse ${known().kind} partition type '${third}'`);
          else if (options.partUuid) one.uuid = third.toUpperCase();
          else one.name = third;
          yield* save();
        }
        return;
      }
      if (options.activate) {
        if (operands.length === 1) {
          for (const one of known().partitions) if (one.bootable) io.out.put(`${partitionPath(path, one.number)}\n`);
          return;
        }
        const wanted = new Set(operands.slice(1).map((word) => (word === "-" ? 0 : partition(word).number)));
        for (const one of known().partitions) {
          if (one.bootable === wanted.has(one.number)) continue;
          one.bootable = !one.bootable;
          if (!options.quiet) io.say(`The bootable flag on partition ${one.number} is ${one.bootable ? "enabled" : "disabled"} now.\n`);
        }
        yield* save();
        return;
      }
      if (options.remove) {
        const numbers = operands.slice(1).map((word) => partition(word).number);
        const { partitions } = known();
        for (const number of numbers.length > 0 ? numbers : partitions.map((one) => one.number)) partitions.splice(partitions.findIndex((one) => one.number === number), 1);
        yield* save();
        return;
      }
      if (options.reorder) {
        const { partitions } = known();
        const sorted = partitions.toSorted((a, b) => a.start - b.start);
        partitions.length = 0;
        sorted.forEach((one, index) => partitions.push({ ...one, number: index + 1 }));
        yield* save();
        return;
      }
      if (!options.quiet && disk.isDevice) io.say("Checking that no-one is using this disk right now ...");
      if (disk.isDevice && !options.force && !options.noReread && (yield* mountedPart(sys, path))) {
        if (!options.quiet) io.say(" FAILED\n\n");
        yield* io.out.flush();
        yield* io.stderr("This disk is currently in use - repartitioning is probably a bad idea.\nUmount all file systems, and swapoff all swap partitions on this disk.\nUse the --no-reread flag to suppress this check.\n\nsfdisk: Use the --force flag to overrule all checks.\n");
        io.status = 1;
        return;
      }
      if (!options.quiet) io.say(`${disk.isDevice ? " OK\n\n" : "Checking that no-one is using this disk right now ... OK\n\n"}${yield* diskHead(disk)}\n`);
      if (!options.quiet && label !== undefined) io.say(`Old situation:\n\n${partitionTable(disk, label)}\n`);
      let content = "";
      for (;;) {
        const lines = yield* io.stdin.lines();
        if (lines.length === 0) break;
        content += lines.map((line) => `${line}\n`).join("");
      }
      const script = parseScript(content);
      if (typeof script === "number") {
        yield* io.fail(`${path}: line ${script}: unsupported command`);
        return;
      }
      const said = (line: string): void => {
        if (!options.quiet) io.out.put(`>>> ${line}\n`);
      };
      const changed = options.number === undefined && !options.append ? yield* relabel(label, script, said) : label;
      label = changed ?? (yield* relabel(undefined, script, said));
      const only = options.number === undefined ? undefined : Number(options.number);
      for (const line of script.lines) {
        const number = only ?? line.number ?? nextNumber(label);
        const problem = apply(disk, label, number, line, only !== undefined);
        if (problem !== undefined) {
          yield* io.stderr(`${problem}\n${path}${number}: Failed to add #${number} partition: Invalid argument\nLeaving.\n\n`);
          io.status = 1;
          return;
        }
        const made = label.partitions.find((one) => one.number === number);
        if (made !== undefined && !options.quiet) io.say(only === undefined ? `${partitionPath(path, number)}: Created a new partition ${number} of type '${typeName(label.kind, made.type)}' and of size ${deviceSize(made.sectors * SECTOR_BYTES, true)}.\n` : `${partitionPath(path, number)}: `);
      }
      if (!options.quiet && only === undefined) io.say(`${partitionPath(path, nextNumber(label))}: Done.\n`);
      if (!options.quiet) io.say(`\nNew situation:\n${labelHead(label)}\n${partitionTable(disk, label)}`);
      yield* save();
    }, (error) => cannot(path, error));
    return undefined;

    function* relabel(old: DiskLabel | undefined, script: Script, said: (line: string) => void): Blocking<DiskLabel> {
      const wanted = script.heads.get("label") ?? options.label;
      if (wanted !== undefined && wanted !== "dos" && wanted !== "mbr" && wanted !== "gpt") io.die(`${path}: unsupported label '${wanted}'`);
      const kind = wanted === "gpt" ? "gpt" : wanted === undefined ? (old?.kind ?? "dos") : "dos";
      for (const _ of script.heads) said("Script header accepted.");
      const label = newLabel(sys, kind);
      const id = script.heads.get("label-id");
      if (id !== undefined) label.id = kind === "dos" ? id.replace(/^0x/, "").padStart(8, "0") : id.toUpperCase();
      else if (old !== undefined && wanted === undefined) label.id = old.id;
      said(`Created a new ${kind === "dos" ? `DOS (MBR) disklabel with disk identifier 0x${label.id}` : `GPT disklabel (GUID: ${label.id})`}.`);
      yield* nothing();
      return label;
    }

    function apply(disk: OpenDisk, label: DiskLabel, number: number, line: Script["lines"][number], existing: boolean): string | undefined {
      const old = label.partitions.find((one) => one.number === number);
      const type = line.type === "" ? (old?.type ?? defaultType(label.kind)) : parseType(label.kind, line.type);
      if (type === undefined) return `failed to parse ${label.kind} partition type '${line.type}'`;
      if (existing && old !== undefined) {
        const start = scriptSectors(line.start) ?? old.start;
        const after = Math.min(usable(label, disk.totalSectors).last + 1, ...label.partitions.filter((one) => one !== old && one.start > start).map((one) => one.start));
        const sectors = line.size === "+" ? after - start : (scriptSectors(line.size) ?? old.sectors);
        if (start + sectors > after) return "All space for primary partitions is in use.";
        Object.assign(old, { start, sectors, type, bootable: old.bootable || line.bootable });
        return undefined;
      }
      const extended = label.kind === "dos" ? label.partitions.find(isExtended) : undefined;
      const inside = number > 4 ? extended : undefined;
      if (label.kind === "dos" && number > 4 && inside === undefined) return "No free partition available!";
      const spans = freeSpans(label, disk.totalSectors, inside);
      const asked = scriptSectors(line.start);
      const span = asked === undefined ? spans.find((one) => (scriptSectors(line.size) ?? 1) <= one.last - one.first + 1) ?? spans[0] : spans.find((one) => asked >= Math.min(one.first, GRAIN) && asked <= one.last && asked >= one.first - GRAIN);
      if (span === undefined) return asked === undefined ? "No free sectors available." : `Sector ${asked} already used.`;
      const start = asked ?? span.first;
      const sectors = scriptSectors(line.size) ?? span.last - start + 1;
      if (start + sectors - 1 > span.last) return "No free sectors available.";
      label.partitions.push({ number, start, sectors, type, bootable: line.bootable, uuid: label.kind === "gpt" ? line.uuid || newGuid(sys) : "", name: line.name });
      return undefined;
    }

    function nextNumber(label: DiskLabel): number {
      const taken = new Set(label.partitions.map((one) => one.number));
      let number = 1;
      while (taken.has(number)) number++;
      if (label.kind === "dos" && number < 5 && label.partitions.some(isExtended) && freeSpans(label, Number.MAX_SAFE_INTEGER).length === 0) number = 5;
      while (taken.has(number)) number++;
      return number;
    }

    function named(list: string, label: DiskLabel | undefined): readonly string[] {
      const all = ["Device", "Boot", "Start", "End", "Sectors", "Size", "Id", "Type", "Type-UUID", "UUID", "Name", "Attrs"];
      const words = list.replace(/^\+/, "").split(",").map((word) => all.find((name) => name.toLowerCase() === word.toLowerCase()) ?? io.die(`unknown column: ${word}`));
      return list.startsWith("+") && label !== undefined ? [...columnNames(label), ...words] : words;
    }
  },
});

function* nothing(): Blocking<void> {
  // a generator, as its callers expect, that has nothing to wait for
}
