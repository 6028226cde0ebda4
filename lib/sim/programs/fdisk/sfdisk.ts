// sfdisk: partitions a disk by a script, and shows tables in a form that it reads again (sfdisk(8), util-linux 2.38). (More than 400 lines: one declaration, and what each of its options does.)
import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import { partitionPath } from "../kit/disk-label.ts";
import { DOS_TYPES, GPT_TYPES } from "../kit/partition-types.ts";
import { type Io, flag, optionalText, text, texts, unsimulated, utilLinux } from "../kit/util-linux.ts";
import { Context, type UserSettings } from "./_context.ts";
import { dumpContext } from "./_dump.ts";
import { GptLabel } from "./_gpt.ts";
import type { Partition, Template } from "./_label.ts";
import { createLabel, kindOf, readLabel, setPartition } from "./_labels.ts";
import { BOLD, Listing, mountedPart, UnknownColumn, wantsColours, wholeDisks } from "./_listing.ts";
import { MbrLabel } from "./_mbr.ts";
import { moveData } from "./_move-data.ts";
import { parsePartType } from "./_part-types.ts";
import { ScriptedTalk, shellHelp } from "./_scripted-talk.ts";
import { Script } from "./_script.ts";
import { Cancelled, Refused } from "./_talk.ts";

type WipeMode = "auto" | "always" | "never";

const wipeMode = (io: Io, word: string | undefined): WipeMode => {
  if (word === undefined || word === "auto") return "auto";
  return word === "always" || word === "never" ? word : io.die("unsupported wipe mode");
};

export default utilLinux({
  name: "sfdisk", path: "/sbin/sfdisk", manSection: 8, summary: "show or change the partition table of a disk",
  synopsis: ["[options] <dev> [[-N] <part>]", "[options] <command>"],
  options: {
    activate: flag(["-A", "--activate"], "show or set which partitions are bootable (MBR)"), dump: flag(["-d", "--dump"], "write the table as a script that sfdisk reads again"), json: flag(["-J", "--json"], "the disk's table as JSON"), backupSectors: flag(["-B", "--backup-pt-sectors"], "save the sectors of the table in files"), geometry: flag(["-g", "--show-geometry"], "geometry of these devices, or of all"), list: flag(["-l", "--list"], "each device with its partitions"), free: flag(["-F", "--list-free"], "the space that no partition takes"),
    reorder: flag(["-r", "--reorder"], "number the partitions as they follow on the disk"), sizes: flag(["-s", "--show-size"], "how large these devices are, or all"), types: flag(["-T", "--list-types"], "the partition types of the label that -X names"), verify: flag(["-V", "--verify"], "look for errors in the table"), remove: flag(["--delete"], "remove these partitions, or every one"),
    partLabel: flag(["--part-label"], "show or set a partition's name"), partType: flag(["--part-type"], "show or set a partition's type"), partUuid: flag(["--part-uuid"], "show or set a partition's UUID"), partAttrs: flag(["--part-attrs"], "show or set a partition's attribute bits"), diskId: flag(["--disk-id"], "show or set the identifier of the label"),
    append: flag(["-a", "--append"], "the script's partitions come in addition"), backup: flag(["-b", "--backup"], "first save the sectors that will be written (see -O)"), bytes: flag(["--bytes"], "sizes as plain numbers of bytes"), move: optionalText(["--move-data"], "typescript", "take the contents along when a partition moves (needs -N)"), moveSync: flag(["--move-use-fsync"], "flush after each step of a move"), force: flag(["-f", "--force"], "without any check of consistency"),
    color: optionalText(["--color"], "when", "whether colours are used"), lock: optionalText(["--lock"], "mode", "lock the device against other programs"), number: text(["-N", "--partno"], "num", "the partition meant, by its number"), noAct: flag(["-n", "--no-act"], "all but the writing"), noReread: flag(["--no-reread"], "accept a device that is in use"), noTell: flag(["--no-tell-kernel"], "leave the kernel with the old table"),
    backupFile: text(["-O", "--backup-file"], "path", "where -b saves the sectors"), output: text(["-o", "--output"], "list", "the columns that are shown"), quiet: flag(["-q", "--quiet"], "without messages that only inform"), wipe: text(["-w", "--wipe"], "mode", "erase old signatures: auto, always or never"), wipePartitions: text(["-W", "--wipe-partitions"], "mode", "erase old signatures in new partitions: auto, always or never"), label: text(["-X", "--label"], "name", "the kind of label: dos, gpt, ..."), nested: unsimulated(["-Y", "--label-nested"], "the kind of a label within the label", "labels within labels", "name"),
    kindOfGrain: flag(["-G", "--show-pt-geometry"], "deprecated"), linux: flag(["-L", "--Linux"], "ignored, for old scripts only"), units: texts(["-u", "--unit"], "S", "ignored: sectors are the only unit"), id: flag(["-c", "--id"], "the old name of --part-type"), relocate: unsimulated(["--relocate"], "move the copy of a GPT", "copies stand at the end of the disk"),
  },
  operands: "files", usageStatus: 1,
  *run({ options, operands, sys }, io: Io) {
    const [path, second, third] = operands;
    for (const unit of options.units) if (!unit.startsWith("S")) io.die(`unsupported unit '${unit.charAt(0)}'`);
    if (options.linux) yield* io.warn("--Linux option is unnecessary and deprecated");
    if (options.kindOfGrain) yield* io.warn("--show-pt-geometry is no more implemented. Using --show-geometry.");
    if (options.id) yield* io.warn("--id is deprecated in favour of --part-type");
    const wipes = { disk: wipeMode(io, options.wipe), partitions: wipeMode(io, options.wipePartitions) };
    const partNumber = (word: string): number => (/^\s*\+?\d+$/.test(word) ? Number(word) : io.die(`failed to parse partition number: '${word}'`));
    const wanted = options.number === undefined ? undefined : partNumber(options.number) - 1;
    const moving = options.move !== undefined;
    if (moving && wanted === undefined) io.die("--movedata requires -N");
    if (options.free && (options.dump || options.json)) {
      yield* io.stderr(`${io.argv0}: mutually exclusive arguments: --list-free ${options.dump ? "--dump" : "--json"}\n`);
      return 1;
    }
    const colours = wantsColours(io, typeof options.color === "string" && options.color !== "" ? options.color.replace(/^=/, "") : "auto");
    const talk = new ScriptedTalk(io, colours, options.quiet);
    const listing = new Listing(io, talk, colours, options.output);
    const settings: UserSettings = { geometry: {}, protectBoot: wipes.disk !== "always" };
    const prepare = (context: Context): void => {
      context.sizesInBytes = options.bytes;
    };

    if (options.types) {
      const kind = kindOf(options.label ?? "dos");
      if (kind === undefined || kind === "other") io.die(`unsupported label '${options.label ?? ""}'`);
      io.say("Id  Name\n\n");
      for (const [type, name] of kind === "dos" ? DOS_TYPES : GPT_TYPES) io.out.put(`${type.padStart(2)}  ${name}\n`);
      return 0;
    }
    if (options.list || options.free || options.geometry || options.kindOfGrain || (options.verify && !(options.dump || options.json))) {
      const verifies = options.verify && !options.list && !options.free;
      let failed = false;
      const show = function* (context: Context): Blocking<void> {
        if (options.free) return yield* listing.freeSpace(context);
        if (options.geometry || options.kindOfGrain) {
          const { heads, sectors, cylinders } = context.geometry;
          return yield* talk.info(`${context.path}: ${cylinders} cylinders, ${heads} heads, ${sectors} sectors/track`);
        }
        if (!verifies) {
          yield* listing.head(context);
          yield* listing.label(context);
          if (options.verify) yield* context.label?.verify() ?? [];
          return;
        }
        yield* listing.coloured(BOLD, () => talk.info(`${context.path}:`));
        if (context.label === undefined) yield* talk.info("unrecognized partition table type");
        else yield* context.label.verify();
      };
      const simple = verifies || options.geometry || options.kindOfGrain;
      for (const [index, one] of (operands.length > 0 ? operands : yield* wholeDisks(sys)).entries()) {
        if (verifies && index > 0) yield* talk.info(" ");
        try {
          if (yield* listing.device(one, settings, prepare, operands.length > 0, !simple && index > 0, show)) continue;
        } catch (error) {
          if (error instanceof UnknownColumn) return 1;
          throw error;
        }
        if (simple) return 1;
        failed = true;
      }
      return failed && operands.length > 0 ? 1 : 0;
    }
    if (options.sizes) {
      let total = 0;
      for (const one of operands.length > 0 ? operands : yield* wholeDisks(sys)) {
        try {
          const context = yield* Context.open(sys, talk, one, { geometry: {} }, true, true);
          const kib = Math.floor(context.bytes / 1024);
          io.out.put(operands.length > 0 ? `${kib}\n` : `${one}: ${String(kib).padStart(9)}\n`);
          total += kib;
          context.close();
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (operands.length > 0) yield* io.warn(`cannot open ${one}: ${error.message}`);
        }
      }
      if (operands.length === 0 && total > 0) io.say(`total: ${total} blocks\n`);
      return 0;
    }
    if (path === undefined) io.die("no disk device specified");

    const byPart = options.partType || options.id || options.partUuid || options.partLabel || options.partAttrs;
    if (byPart && second === undefined) io.die("no partition number specified");
    if ((byPart && operands.length > 3) || (options.diskId && operands.length > 2)) io.die("unexpected arguments");
    const reads = options.dump || options.json || options.backupSectors || (byPart && third === undefined) || (options.diskId && second === undefined) || (options.activate && second === undefined);
    const number = byPart ? partNumber(second ?? "") : 0;
    let context: Context;
    try {
      context = yield* Context.open(sys, talk, path, settings, reads, false);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return io.die(`cannot open ${path}: ${error.message}`);
    }
    prepare(context);

    const backUp = function* (): Blocking<void> {
      if (context.label === undefined) return;
      const name = path.split("/").at(-1) ?? "";
      const base = options.backupFile === undefined ? `${sys.environment.get("HOME") ?? io.die("failed to create a backup file, $HOME undefined")}/sfdisk-${name}-` : `${options.backupFile}-${name}-`;
      yield* listing.coloured(BOLD, () => talk.info("Backup files:"));
      for (const place of context.label.places()) {
        const file = `${base}0x${place.offset.toString(16).padStart(8, "0")}.bak`;
        try {
          const fd = yield* sys.open(file, O.CREAT | O.WRONLY, 0o600);
          yield* sys.write(fd, yield* context.read(place.offset, place.bytes));
          sys.close(fd);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          io.die(`${path}: failed to create a backup`);
        }
        yield* talk.info(`${place.name.padStart(12)} (offset ${String(place.offset).padStart(5)}, size ${String(place.bytes).padStart(5)}): ${file}`);
      }
      if (!options.quiet) io.out.put("\n");
    };
    let moved: { readonly index: number; readonly before: Partition } | undefined;
    /** The status. */
    const save = function* (): Blocking<number> {
      if (options.noAct) yield* talk.info("The partition table is unchanged (--no-act).");
      else {
        try {
          yield* context.wipe();
          yield* context.label?.write() ?? [];
        } catch (error) {
          if (!(error instanceof Refused || error instanceof SysError)) throw error;
          return 1;
        }
      }
      if (moved !== undefined && !(yield* moveData(io, talk, listing, context, moved, { noAct: options.noAct, quiet: options.quiet, typescript: typeof options.move === "string" && options.move !== "" ? options.move.replace(/^=/, "") : undefined }))) return 1;
      if (options.noAct) return 0;
      yield* talk.info("\nThe partition table has been altered.");
      if (!options.noTell && context.isDevice) {
        yield* talk.info("Calling ioctl() to re-read partition table.");
        const refused = context.reread();
        if (refused !== undefined) {
          yield* talk.warn(`Re-reading the partition table failed.: ${refused.message}`);
          yield* talk.info("The kernel still uses the old table. The new table will be used at the next reboot or after you run partprobe(8) or partx(8).");
        }
      }
      if (!options.noTell) yield* talk.info("Syncing disks.");
      return 0;
    };
    /** What goes wrong inside ends the program with these words. */
    const orDie = function* (words: string, body: Blocking<void>): Blocking<void> {
      try {
        yield* body;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        io.die(words);
      }
    };
    const noTable = (): never => io.die(`${path}: does not contain a recognized partition table`);

    try {
      yield* readLabel(context);
      if (options.dump || options.json) {
        if (context.label === undefined) noTable();
        io.out.put(dumpContext(context, options.json));
        return 0;
      }
      if (options.backupSectors) {
        if (context.label === undefined) noTable();
        yield* backUp();
        return 0;
      }
      const backs = options.backup || options.backupFile !== undefined;
      if (!reads && !byPart && backs) yield* backUp();
      const { label } = context;
      if (byPart) {
        if (label === undefined) return io.die(`${path}: no partition table found`);
        if (number > label.most) io.die(`${path}: partition ${number}: partition table contains only ${label.most} partitions`);
        const one = label.partition(number - 1);
        if (one === undefined || !label.isUsed(number - 1)) return io.die(`${path}: partition ${number}: partition is unused`);
        const words = options.partUuid ? "UUID" : options.partLabel ? "name" : options.partAttrs ? "attributes" : "type";
        if (third === undefined) {
          if (words === "UUID" && one.uuid === "") io.die(`${path}: partition ${number}: failed to get partition UUID`);
          if (words === "name" && label.kind === "dos") io.die(`${path}: partition ${number}: failed to get partition name`);
          const value = words === "UUID" ? one.uuid : words === "name" ? one.name : words === "attributes" ? one.attributes : one.type.type.padStart(2);
          if (words !== "attributes" || value !== "") io.out.put(`${value}\n`);
          return 0;
        }
        if (backs) yield* backUp();
        const change: Template = words === "UUID" ? { uuid: third } : words === "name" ? { name: third } : words === "attributes" ? { attributes: third } : { type: parsePartType(label.kind, third, { shortcuts: true }) };
        yield* orDie(`${path}: partition ${number}: failed to set partition ${words}`, setPartition(context, number - 1, change));
        return yield* save();
      }
      if (options.diskId) {
        if (second === undefined) {
          if (label !== undefined) io.out.put(`${label.id}\n`);
          return 0;
        }
        yield* orDie(`${path}: failed to set disklabel ID`, label?.setId(second) ?? refusal());
        return yield* save();
      }
      if (options.activate) {
        let table = label;
        if (label instanceof GptLabel) {
          if ((yield* GptLabel.mbr(context)) === "hybrid") io.die("toggle boot flags is unsupported for Hybrid GPT/MBR");
          context = context.nested();
          table = yield* MbrLabel.probe(context);
          context.label = table;
          yield* talk.info("Activation is unsupported for GPT -- entering nested PMBR.");
        }
        if (!(table instanceof MbrLabel)) return io.die("toggle boot flags is supported for MBR or PMBR only");
        for (const one of context.partitions()) {
          if (!one.boot) continue;
          if (second === undefined) io.out.put(`${partitionPath(path, one.index + 1)}\n`);
          else yield* table.toggleBoot(one.index);
        }
        if (second === undefined) return 0;
        for (const [at, word] of operands.slice(1).entries()) {
          if (at === 0 && word === "-") break;
          yield* orDie(`${path}: partition ${at + 2}: failed to toggle bootable flag`, table.toggleBoot(partNumber(word) - 1));
        }
        return yield* save();
      }
      if (options.remove) {
        const chosen = operands.length > 1 ? operands.slice(1).map((word) => partNumber(word) - 1) : context.partitions().map((one) => one.index);
        for (const index of operands.length > 1 ? chosen : chosen.filter((one) => one < 4 || label?.kind === "gpt")) yield* orDie(`${path}: partition ${index + 1}: failed to delete`, label?.remove(index) ?? refusal());
        return yield* save();
      }
      if (options.reorder) {
        if (label === undefined) return 1;
        if (!label.reorder()) {
          yield* talk.info("Nothing to do. Ordering is correct already.");
          return 0;
        }
        yield* talk.info("Partitions order fixed.");
        return yield* save();
      }
      return yield* byScript();
    } catch (error) {
      if (error instanceof UnknownColumn) return 1;
      throw error;
    } finally {
      context.close();
    }

    function* refusal(): Blocking<never> {
      throw new Refused();
    }

    function* followWipeMode(): Blocking<void> {
      const { collision } = context;
      if (collision === undefined) return;
      context.wipeWhole = wipes.disk === "always" || (talk.interactive && wipes.disk === "auto") || (collision.table && wipes.disk !== "never");
      if (options.quiet) return;
      if (!context.wipeWhole) {
        yield* talk.warn(`The device contains '${collision.name}' signature and it may remain on the device. It is recommended to wipe the device with wipefs(8) or sfdisk --wipe, in order to avoid possible collisions.`);
        yield* io.stderr("\n");
      } else if (!collision.table) {
        yield* talk.warn(`The device contains '${collision.name}' signature and it may be removed by a write command. See sfdisk(8) man page and --wipe option for more details.`);
        io.out.put("\n");
      }
    }

    function* wipeOf(index: number): Blocking<void> {
      const one = context.label?.partition(index);
      const type = one && (yield* context.contentType(one));
      if (one === undefined || type === undefined) return;
      yield* talk.warn(`Partition #${index + 1} contains a ${type} signature.`);
      const mode = wipes.partitions;
      if (!(mode === "always" || (mode === "auto" && talk.interactive && (yield* talk.yesNo("Do you want to remove the signature?"))))) return;
      yield* talk.info("The signature will be removed by a write command.");
      context.wipes.set(index, { start: one.start, sectors: one.sectors });
    }

    function* byScript(): Blocking<number> {
      const device = path ?? "";
      const script = new Script(context.sectorBytes);
      context.script = script;
      const chosen = wanted ?? (second === undefined ? undefined : partNumber(second));
      let created = false;
      let unused = false;
      let next = -1;
      let ignored = 0;
      if (chosen !== undefined) {
        const { label } = context;
        if (label === undefined) return io.die(`${device}: cannot modify partition ${chosen + 1}: no partition table was found`);
        if (chosen > label.most) io.die(`${device}: cannot modify partition ${chosen + 1}: partition table contains only ${label.most} partitions`);
        if (!label.isUsed(chosen)) {
          yield* talk.warn(`warning: ${device}: partition ${chosen + 1} is not defined yet`);
          unused = true;
        }
        created = true;
        next = chosen;
        const before = label.partition(chosen);
        if (moving && before !== undefined) moved = { index: chosen, before };
      }
      if (options.append) {
        created = true;
        next = Math.max(0, ...context.partitions().map((one) => one.index)) + 1;
      }
      if (!options.quiet && talk.interactive) {
        yield* listing.coloured("\u001b[32m", () => talk.info("\nWelcome to sfdisk (util-linux 2.38.1)."));
        yield* talk.info("Changes will remain in memory only, until you decide to write them.\nBe careful before using the write command.\n");
      }
      if (!options.noAct && !options.noReread) {
        if (!options.quiet) io.say("Checking that no-one is using this disk right now ...");
        if (context.isDevice && (yield* mountedPart(sys, device))) {
          if (!options.quiet) io.say(" FAILED\n\n");
          yield* talk.warn("This disk is currently in use - repartitioning is probably a bad idea.\nUmount all file systems, and swapoff all swap partitions on this disk.\nUse the --no-reread flag to suppress this check.\n");
          if (!options.force) io.die("Use the --force flag to overrule all checks.");
        } else if (!options.quiet) io.say(" OK\n\n");
      }
      if (context.collision !== undefined) yield* followWipeMode();
      if (!options.quiet) {
        yield* listing.head(context);
        if (context.label !== undefined) {
          yield* talk.info("\nOld situation:");
          yield* listing.label(context);
        }
      }
      script.heads.set("label", options.label ?? context.label?.kind ?? "dos");
      if (options.label !== undefined && kindOf(options.label) === undefined) io.die("failed to set script header");
      if (!options.quiet && talk.interactive) {
        if (context.label === undefined && options.label === undefined) yield* talk.info("\nsfdisk is going to create a new 'dos' disk label.\nUse 'label: <name>' before you define a first partition\nto override the default.");
        yield* talk.info("\nType 'help' to get more information.\n");
      } else if (!options.quiet) io.out.put("\n");

      const promptNow = (): string => (created ? `${partitionPath(device, next + 1)}: ` : ">>> ");
      let done: "eof" | "write" | "ask" | "abort" | "bad" = "eof";
      for (;;) {
        if (next === -1) next = script.partitions.length;
        if (created && chosen === undefined && next === context.label?.most && !context.partitions().some((one) => one.container) && context.partitions().length === context.label.most) {
          yield* talk.info("All partitions used.");
          done = "ask";
          break;
        }
        let line: string | undefined;
        const asked = created;
        if (!talk.interactive && !options.quiet) io.out.put(promptNow());
        do {
          line = yield* talk.line(promptNow());
          script.lines++;
        } while (line !== undefined && /^[ \t]*(#|$)/.test(line));
        if (line === undefined) {
          if (!options.quiet) io.say("Done.\n");
          done = "eof";
          break;
        }
        const read = script.read(line);
        if (read === "unknown head") {
          yield* talk.warn(`Unknown script header '${line.split(":")[0] ?? ""}' -- ignore.`);
          continue;
        }
        if (read === "bad") {
          const command = line.trim();
          if (command === "print") yield* listing.label(context);
          else if (command === "help") io.say(shellHelp(colours));
          else if (command === "quit" || command === "write" || command === "abort") {
            done = command === "quit" ? "ask" : command;
            break;
          } else if (talk.interactive) yield* talk.warn("unsupported command");
          else {
            yield* talk.warn(`line ${script.lines}: unsupported command`);
            done = "bad";
            break;
          }
          continue;
        }
        const template = script.partitions.at(-1);
        if (read === "head" || template === undefined) {
          yield* talk.info("Script header accepted.");
          continue;
        }
        if (template.start === 0 && template.size === 0) {
          yield* talk.info("Ignoring partition.");
          next++;
          ignored++;
          continue;
        }
        try {
          if (!created) {
            yield* applyHeads(script);
            created = true;
            if (context.collision !== undefined) yield* followWipeMode();
          }
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          yield* talk.warn(`Failed to apply script headers, disk label not created: ${error.reason}`);
          script.partitions.pop();
          if (talk.interactive) continue;
          done = "abort";
          break;
        }
        if (chosen !== undefined) {
          try {
            yield* setPartition(context, chosen, template);
            done = "ask";
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
            done = "abort";
          }
          break;
        }
        if (!talk.interactive && !options.quiet && !asked) io.out.put(promptNow());
        try {
          const index = yield* context.label?.add(template) ?? refusal();
          yield* wipeOf(index);
          if (talk.interactive) {
            const one = context.label?.partition(index);
            if (one !== undefined && !options.quiet) io.out.put(talk.partitionLine(context, one));
          }
          next = index + 1;
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          yield* talk.warn(`Failed to add #${next + 1} partition: ${error.reason}`);
          script.partitions.pop();
          if (talk.interactive) continue;
          done = "abort";
          break;
        }
      }
      if (unused && done === "ask" && chosen !== undefined) yield* wipeOf(chosen);
      if ((done === "eof" || done === "write") && !created && script.forcesLabel && script.partitions.length === ignored) {
        try {
          yield* applyHeads(script);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          yield* talk.warn("Failed to apply script headers, disk label not created.");
          done = "abort";
        }
      }
      if (!options.quiet && done !== "abort") {
        yield* talk.info("\nNew situation:");
        yield* listing.identifier(context);
        yield* listing.label(context);
      }
      if (done === "abort" || done === "bad") {
        yield* talk.info("Leaving.\n");
        return 1;
      }
      if (done !== "write" && talk.interactive) {
        try {
          if (!(yield* talk.yesNo("Do you want to write this to disk?"))) {
            yield* talk.info("Leaving.");
            return 0;
          }
        } catch (error) {
          if (!(error instanceof Cancelled)) throw error;
          yield* talk.info("Leaving.");
          return 0;
        }
      }
      return yield* save();
    }

    function* applyHeads(script: Script): Blocking<void> {
      const grain = script.get("grain");
      if (grain !== undefined) {
        const bytes = Number(grain.replace(/M$/, "")) * (grain.endsWith("M") ? 1024 * 1024 : 1);
        if (!(bytes % 512 === 0)) throw new Refused();
        context.settings.grain = bytes;
        context.resetAlignment();
      }
      yield* createLabel(context, script.get("label"));
      const length = script.get("table-length");
      if (length !== undefined && context.label instanceof GptLabel) yield* context.label.setLength(Number(length));
    }
  },
});
