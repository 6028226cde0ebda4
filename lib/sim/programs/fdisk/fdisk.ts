// fdisk: the dialogue that changes a partition table in memory until "w" (fdisk(8), util-linux 2.38). Sun's, SGI's and BSD's tables are refused.
// (More than 400 lines: one command and its menus; how a table is changed is in _mbr.ts and _gpt.ts.)
import { type Blocking, encode, O, SysError } from "../../kernel/sys.ts";
import { type Io, flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";
import { Context, type Geometry, type UserSettings } from "./_context.ts";
import { Dialogue } from "./_dialogue.ts";
import { dumpContext } from "./_dump.ts";
import { FLAGS, GptLabel } from "./_gpt.ts";
import { createLabel, kindOf, readLabel } from "./_labels.ts";
import { allFields, BOLD, fieldText, GREEN, lateWarning, Listing, mountedPart, RESET, UnknownColumn, wantsColours, wholeDisks } from "./_listing.ts";
import { MbrLabel } from "./_mbr.ts";
import { hasCommand, menuText } from "./_menu.ts";
import { hexDump } from "./_hex-dump.ts";
import { parsePartType } from "./_part-types.ts";
import { Script } from "./_script.ts";
import { Cancelled, Refused } from "./_talk.ts";
import { typeList } from "./_type-list.ts";

type WipeMode = "auto" | "always" | "never";

/** The program ends with this status. */
class Leave extends Error {
  readonly status: number;
  constructor(status: number) {
    super();
    this.status = status;
  }
}

class Session {
  readonly #io: Io;
  readonly #talk: Dialogue;
  readonly #listing: Listing;
  readonly #wipes: { readonly disk: WipeMode; readonly partitions: WipeMode };
  #context: Context;

  constructor(io: Io, talk: Dialogue, listing: Listing, context: Context, wipes: { readonly disk: WipeMode; readonly partitions: WipeMode }) {
    this.#io = io;
    this.#talk = talk;
    this.#listing = listing;
    this.#context = context;
    this.#wipes = wipes;
  }

  get #state(): { readonly kind: "dos" | "gpt" | undefined; readonly nested: boolean; readonly expert: boolean } {
    return { kind: this.#context.label?.kind, nested: this.#context.parent !== undefined, expert: this.#context.details };
  }

  /** The program's status. */
  *run(): Blocking<number> {
    const talk = this.#talk;
    for (;;) {
      this.#io.out.put("\n");
      let key: string;
      try {
        key = (yield* talk.reply(this.#context.details ? "Expert command (m for help): " : "Command (m for help): ")).charAt(0);
      } catch (error) {
        if (!(error instanceof Cancelled)) throw error;
        if (talk.interactive && this.#context.label?.changed && !(yield* this.#reallyQuits())) continue;
        key = "q";
      }
      if (!hasCommand(this.#state, key)) {
        // a line without anything is the character NUL, which ends the message before it begins
        yield* talk.warn(key === "" ? "" : `${key}: unknown command`);
        continue;
      }
      try {
        yield* this.#context.details ? this.#expert(key) : this.#main(key);
      } catch (error) {
        if (error instanceof Leave) return error.status;
        if (error instanceof UnknownColumn) return 1;
        if (!(error instanceof Refused)) throw error;
      }
    }
  }

  *#reallyQuits(): Blocking<boolean> {
    try {
      return !/^[nN]/.test(yield* this.#talk.reply("\nAll unwritten changes will be lost, do you really want to quit? "));
    } catch (error) {
      if (error instanceof Cancelled) return false;
      throw error;
    }
  }

  /** Commands of both menus; false for others. */
  *#common(key: string): Blocking<boolean> {
    const context = this.#context;
    switch (key) {
      case "p":
        yield* this.#listing.head(context);
        yield* this.#listing.label(context);
        return true;
      case "m": this.#help(); return true;
      case "v": yield* context.label?.verify() ?? []; return true;
      case "q":
        this.#io.out.put("\n");
        throw new Leave(0);
      case "M":
        if (context.parent !== undefined) yield* this.#leaveNested();
        // the real one takes M in the experts' menu only
        else if (context.details) yield* this.#enterNested();
        return true;
      default: return false;
    }
  }

  #help(): void {
    const { colours } = this.#listing;
    this.#io.out.put(menuText(this.#state, (word) => this.#io.word(word), (title) => (colours ? `${BOLD}${title}${RESET}` : title)));
    const { parent, label } = this.#context;
    if (parent?.label !== undefined && label !== undefined) this.#io.say(`You're editing nested '${label.kind}' partition table, primary partition table is '${parent.label.kind}'.\n`);
  }

  *#enterNested(): Blocking<void> {
    const inner = this.#context.nested();
    inner.label = yield* MbrLabel.probe(inner);
    this.#context = inner;
    yield* this.#talk.info("Entering protective/hybrid MBR disklabel.");
  }

  *#leaveNested(): Blocking<void> {
    const { parent } = this.#context;
    if (parent === undefined) return;
    this.#context = parent;
    yield* this.#talk.info("Leaving nested disklabel.");
  }

  *#main(key: string): Blocking<void> {
    if (yield* this.#common(key)) return;
    const context = this.#context;
    const { label } = context;
    const talk = this.#talk;
    switch (key) {
      case "F": yield* this.#listing.freeSpace(context); break;
      case "l": yield* this.#types(); break;
      case "n": yield* this.#wipeOf((yield* label?.add(undefined) ?? this.#noLabel())); break;
      case "d": {
        const index = yield* context.askIndex(false);
        try {
          yield* label?.remove(index) ?? this.#noLabel();
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          yield* talk.warn(`Could not delete partition ${index + 1}`);
          break;
        }
        yield* talk.info(`Partition ${index + 1} has been deleted.`);
        break;
      }
      case "t": yield* this.#retype(); break;
      case "i": yield* this.#information(); break;
      case "u":
        context.useCylinders = !context.useCylinders;
        yield* talk.info(context.useCylinders ? "Changing display/entry units to cylinders (DEPRECATED!)." : "Changing display/entry units to sectors.");
        break;
      case "x": context.details = true; break;
      case "r": yield* this.#leaveNested(); break;
      case "I": yield* this.#readScript(); break;
      case "O": yield* this.#writeScript(); break;
      case "w": yield* this.#write(); break;
      case "g": case "o": yield* this.#create(key === "g" ? "gpt" : "dos"); break;
      case "a": if (label instanceof MbrLabel) yield* label.toggleBoot(yield* context.askIndex(false)); break;
      case "c":
        context.settings.dosCompatible = !context.settings.dosCompatible;
        yield* talk.info(context.settings.dosCompatible ? "DOS Compatibility flag is set (DEPRECATED!)" : "DOS Compatibility flag is not set");
        context.resetAlignment();
        break;
      case "b":
        if (label instanceof MbrLabel && !label.bsd) {
          yield* talk.warn(`There is no *BSD partition on ${context.path}.`);
          // the real one has lost the name by then
          yield* talk.info("The device (null) does not contain BSD disklabel.");
          if (!(yield* talk.yesNo("Do you want to create a BSD disklabel?"))) break;
        }
        yield* this.#unsimulated(key);
        break;
      default: yield* this.#unsimulated(key);
    }
  }

  *#noLabel(): Blocking<never> {
    throw new Refused();
  }

  *#unsimulated(key: string): Blocking<void> {
    this.#io.sys.observe({ kind: "unsimulated", command: "fdisk", detail: key });
    yield* this.#talk.warn(`${key}: not simulated here`);
  }

  *#expert(key: string): Blocking<void> {
    if (yield* this.#common(key)) return;
    const context = this.#context;
    const { label, geometry } = context;
    const talk = this.#talk;
    const numbered = function* (name: keyof Geometry, high: number, query: string): Blocking<void> {
      const value = yield* talk.number(query, { low: 1, high, fallback: geometry[name] });
      context.overrideGeometry({ [name]: value });
    };
    switch (key) {
      case "d": this.#io.out.put(yield* this.#raw("First sector", 0, context.sectorBytes)); break;
      case "D": for (const place of label?.places() ?? []) this.#io.out.put(yield* this.#raw(place.name, place.offset, place.bytes)); break;
      case "f": yield* talk.info(label?.reorder() ? "Partitions order fixed." : "Nothing to do. Ordering is correct already."); break;
      case "r": context.details = false; break;
      case "i": yield* label?.setId(undefined) ?? this.#noLabel(); break;
      case "c": yield* numbered("cylinders", 1_048_576, "Number of cylinders"); break;
      case "h": yield* numbered("heads", 255, "Number of heads"); break;
      case "s": yield* numbered("sectors", 63, "Number of sectors"); break;
      case "b": if (label instanceof MbrLabel) yield* label.moveBegin(yield* context.askIndex(false)); break;
      case "F": if (label instanceof MbrLabel) yield* talk.info(label.fixChs() > 0 ? "C/H/S values fixed." : "Nothing to do. C/H/S values are correct already."); break;
      default:
        if (label instanceof GptLabel) yield* this.#gpt(label, key);
        else yield* this.#unsimulated(key);
    }
  }

  *#gpt(label: GptLabel, key: string): Blocking<void> {
    const context = this.#context;
    const talk = this.#talk;
    if (key === "l") {
      yield* label.setLength(yield* talk.number("New maximum entries", { low: 1, fallback: label.most, high: 0xffff_ffff }));
      return;
    }
    const index = yield* context.askIndex(false);
    switch (key) {
      case "u": yield* label.set(index, { uuid: yield* talk.text("New UUID (in 8-4-4-4-12 format)") }); break;
      case "n": yield* label.set(index, { name: yield* talk.text("New name") }); break;
      case "S": yield* label.toggle(index, "", yield* talk.number("Enter GUID specific bit", { low: 48, fallback: 48, high: 63 })); break;
      default: {
        const [name, bit] = FLAGS[["R", "B", "A"].indexOf(key)] ?? ["", 0];
        yield* label.toggle(index, name, bit);
      }
    }
  }

  *#raw(name: string, offset: number, bytes: number): Blocking<string> {
    yield* this.#talk.info(`\n${name}: offset = ${offset}, size = ${bytes} bytes.`);
    return hexDump(offset, yield* this.#context.read(offset, bytes));
  }

  *#create(kind: "dos" | "gpt"): Blocking<void> {
    yield* createLabel(this.#context, kind);
    if (this.#context.collision !== undefined) yield* this.followWipeMode();
  }

  /** What is on the disk besides a table, and what becomes of it. */
  *followWipeMode(): Blocking<void> {
    const context = this.#context;
    const { collision } = context;
    if (collision === undefined) return;
    const mode = this.#wipes.disk;
    context.wipeWhole = mode === "always" || (this.#talk.interactive && mode === "auto") || (collision.table && mode !== "never");
    yield* this.#talk.warn(context.wipeWhole
      ? `The device contains '${collision.name}' signature and it will be removed by a write command. See fdisk(8) man page and --wipe option for more details.`
      : `The device contains '${collision.name}' signature and it may remain on the device. It is recommended to wipe the device with wipefs(8) or fdisk --wipe, in order to avoid possible collisions.`);
  }

  *#wipeOf(index: number): Blocking<void> {
    const context = this.#context;
    const one = context.label?.partition(index);
    const type = one && (yield* context.contentType(one));
    if (one === undefined || type === undefined) return;
    yield* this.#talk.warn(`Partition #${index + 1} contains a ${type} signature.`);
    const mode = this.#wipes.partitions;
    if (!(mode === "always" || (mode === "auto" && this.#talk.interactive && (yield* this.#talk.yesNo("Do you want to remove the signature?"))))) return;
    yield* this.#talk.info("The signature will be removed by a write command.");
    context.wipes.set(index, { start: one.start, sectors: one.sectors });
  }

  *#types(): Blocking<void> {
    const kind = this.#context.label?.kind;
    if (kind !== undefined) yield* typeList(this.#io, kind);
  }

  *#retype(): Blocking<void> {
    const context = this.#context;
    const { label } = context;
    const talk = this.#talk;
    const index = yield* context.askIndex(false);
    const one = label?.partition(index);
    if (label === undefined || one === undefined) return;
    const { word } = { word: (text: string): string => this.#io.word(text) };
    try {
      for (;;) {
        const answer = yield* talk.reply(label.kind === "dos" ? "Hex code or alias (type L to list all): " : "Partition type or alias (type L to list all): ");
        if (answer === "") continue;
        if (/^[lL]$/.test(answer)) {
          yield* this.#types();
          continue;
        }
        const type = parsePartType(label.kind, answer, { sequence: true });
        yield* label.set(index, { type });
        yield* talk.info(`Changed type of partition '${word(one.type.name)}' to '${word(type.name)}'.`);
        return;
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      yield* talk.info(`Type of partition ${index + 1} is unchanged: ${word(one.type.name)}.`);
    }
  }

  *#information(): Blocking<void> {
    const context = this.#context;
    const index = yield* context.askIndex(false);
    const one = context.label?.partition(index);
    if (context.label === undefined || one === undefined) return;
    for (const name of allFields(context.label)) {
      const value = fieldText(this.#io.sys, context, one, name);
      if (value !== "") yield* this.#talk.info(`${this.#io.word(name).padStart(15)}: ${value}`);
    }
  }

  *#readScript(): Blocking<void> {
    const context = this.#context;
    const talk = this.#talk;
    const { sys } = this.#io;
    const name = yield* talk.text("Enter script file name");
    const script = new Script(context.sectorBytes);
    let lines: readonly string[];
    try {
      const input = yield* this.#io.open(name === "-" ? "./-" : name);
      lines = (yield* input.all()).split("\n");
      sys.close(input.fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* talk.warn(`Cannot open ${name}: ${error.message}`);
      return;
    }
    for (const line of lines) {
      if (/^[ \t]*(#|$)/.test(line) || script.read(line) !== "bad") continue;
      yield* talk.warn(`Failed to parse script file ${name}`);
      return;
    }
    try {
      const label = script.get("label");
      if (label === undefined) throw new Refused();
      context.script = script;
      yield* createLabel(context, label);
      for (const template of script.partitions) if (template.start !== undefined || template.startDefault) yield* context.label?.add(template) ?? this.#noLabel();
      yield* talk.info("Script successfully applied.");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      yield* talk.warn(`Failed to apply script ${name}`);
      yield* talk.warn("Resetting fdisk!");
      context.script = undefined;
      context.label = undefined;
      context.resetProperties();
      context.firstSector = yield* context.read(0, context.sectorBytes);
      yield* readLabel(context);
      if (context.label === undefined) {
        yield* talk.info("Device does not contain a recognized partition table.");
        yield* createLabel(context);
      }
    } finally {
      context.script = undefined;
    }
  }

  *#writeScript(): Blocking<void> {
    const { sys } = this.#io;
    const name = yield* this.#talk.text("Enter script file name");
    try {
      const fd = yield* sys.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      yield* sys.write(fd, encode(dumpContext(this.#context, false)));
      sys.close(fd);
      yield* this.#talk.info("Script successfully saved.");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#talk.warn(`Cannot open ${name}: ${error.message}`);
    }
  }

  *#write(): Blocking<void> {
    const context = this.#context;
    const talk = this.#talk;
    if (context.readOnly) {
      yield* talk.warn("Device is open in read-only mode.");
      return;
    }
    try {
      yield* context.wipe();
      yield* context.label?.write() ?? this.#noLabel();
    } catch (error) {
      if (!(error instanceof SysError || error instanceof Refused)) throw error;
      this.#io.die(`failed to write disklabel: ${error instanceof SysError ? error.message : error.reason}`);
    }
    yield* talk.info("The partition table has been altered.");
    if (context.parent !== undefined) return;
    if (context.isDevice) {
      yield* talk.info("Calling ioctl() to re-read partition table.");
      const refused = context.reread();
      if (refused !== undefined) {
        yield* talk.warn(`Re-reading the partition table failed.: ${refused.message}`);
        yield* talk.info("The kernel still uses the old table. The new table will be used at the next reboot or after you run partprobe(8) or partx(8).");
        this.#io.out.put("\n");
        throw new Leave(1);
      }
    }
    yield* talk.info("Syncing disks.");
    this.#io.out.put("\n");
    throw new Leave(0);
  }
}

const wipeMode = (io: Io, word: string | undefined): WipeMode => {
  if (word === undefined || word === "auto") return "auto";
  return word === "always" || word === "never" ? word : io.die("unsupported wipe mode");
};

const unsigned = (io: Io, word: string | undefined, complaint: string): number | undefined => {
  if (word === undefined) return undefined;
  return /^\s*\+?\d+$/.test(word) ? Number(word) : io.die(`${complaint}: '${word}'`);
};

export default utilLinux({
  name: "fdisk", path: "/sbin/fdisk", manSection: 8, summary: "show or change the partition table of a disk", synopsis: ["[options] <disk>         edit its partitions", "[options] -l [<disk>...] only show them"],
  options: {
    sector: text(["-b", "--sector-size"], "size", "how many bytes a sector has"), protect: flag(["-B", "--protect-boot"], "a new label leaves the boot code alone"), compatibility: optionalText(["-c", "--compatibility"], "mode", "compatibility with DOS: dos, or nondos (the default)"), color: optionalText(["-L", "--color"], "when", "whether colours are used"), list: flag(["-l", "--list"], "show the partitions and change nothing"), listDetails: flag(["-x", "--list-details"], "as --list, in full detail"),
    noauto: flag(["-n", "--noauto-pt"], "an empty device stays without a table"), output: text(["-o", "--output"], "list", "the columns that are shown"), type: text(["-t", "--type"], "type", "look for this kind of table only"), units: optionalText(["-u", "--units"], "unit", "count in cylinders or in sectors (the default)"), getsz: flag(["-s", "--getsz"], "how many kilobytes the device has (for old scripts)"),
    bytes: flag(["--bytes"], "sizes as plain numbers of bytes"), lock: optionalText(["--lock"], "mode", "lock the device against other programs"), wipe: text(["-w", "--wipe"], "mode", "erase old signatures: auto, always or never"), wipePartitions: text(["-W", "--wipe-partitions"], "mode", "erase old signatures in new partitions: auto, always or never"),
    cylinders: text(["-C", "--cylinders"], "number", "how many cylinders the disk has"), heads: text(["-H", "--heads"], "number", "how many heads it has"), sectors: text(["-S", "--sectors"], "number", "how many sectors a track has"),
  },
  operands: "files", usageStatus: 1,
  *run({ options, operands, sys }, io: Io) {
    const mode = typeof options.compatibility === "string" && options.compatibility !== "" ? options.compatibility.replace(/^=/, "") : undefined;
    if (mode !== undefined && mode !== "dos" && mode !== "nondos") io.die(`unknown compatibility mode '${mode}'`);
    const sectorBytes = unsigned(io, options.sector, "invalid sector size argument");
    if (sectorBytes !== undefined && ![512, 1024, 2048, 4096].includes(sectorBytes)) io.die("invalid sector size argument");
    const onlyKind = options.type === undefined ? undefined : (kindOf(options.type) ?? io.die(`unsupported disklabel: ${options.type}`));
    const units = typeof options.units === "string" && options.units !== "" ? options.units.replace(/^=/, "") : "sectors";
      const heads = unsigned(io, options.heads, "invalid heads argument");
    const sectors = unsigned(io, options.sectors, "invalid sectors argument");
    const cylinders = unsigned(io, options.cylinders, "invalid cylinders argument");
    const wipes = { disk: wipeMode(io, options.wipe), partitions: wipeMode(io, options.wipePartitions) };
    const when = typeof options.color === "string" && options.color !== "" ? options.color.replace(/^=/, "") : "auto";
    if (!["auto", "always", "never"].includes(when)) io.die(`unsupported color mode: '${when}'`);
    const settings: UserSettings = {
      ...(sectorBytes !== undefined && { sectorBytes }), protectBoot: options.protect, dosCompatible: mode === "dos", onlyKind,
      geometry: { ...((heads ?? 0) > 0 && (heads ?? 0) <= 256 && { heads }), ...((sectors ?? 0) > 0 && (sectors ?? 0) < 64 && { sectors }), ...((cylinders ?? 0) > 0 && { cylinders }) },
    };
    const colours = wantsColours(io, when);
    const talk = new Dialogue(io, colours);
    const listing = new Listing(io, talk, colours, options.output);
    const prepare = (context: Context): void => {
      context.useCylinders = ["cylinder", "cylinders"].includes(units);
      context.sizesInBytes = options.bytes;
    };
    if (operands.length !== 1 && (sectorBytes !== undefined || Object.keys(settings.geometry).length > 0)) yield* io.warn("The device properties (sector size and geometry) should be used with one specified device only.");
    if (options.getsz) {
      if (operands.length === 0) {
        yield* io.stderr(`${io.argv0}: bad usage\nTry '${io.argv0} --help' for more information.\n`);
        return 1;
      }
      for (const path of operands) {
        try {
          const context = yield* Context.open(sys, talk, path, { geometry: {} }, true, true);
          io.out.put(`${operands.length > 1 ? `${path}: ` : ""}${Math.floor(context.bytes / 1024)}\n`);
          context.close();
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          io.die(`cannot open ${path}: ${error.message}`);
        }
      }
      return 0;
    }
    if (options.list || options.listDetails) {
      talk.listOnly = true;
      let failed = false;
      const show = function* (context: Context): Blocking<void> {
        context.details = options.listDetails;
        yield* listing.head(context);
        yield* listing.label(context);
      };
      for (const [index, path] of (operands.length > 0 ? operands : yield* wholeDisks(sys)).entries()) {
        try {
          if (!(yield* listing.device(path, settings, prepare, operands.length > 0, index > 0, show))) failed = true;
        } catch (error) {
          if (error instanceof UnknownColumn) return 1;
          throw error;
        }
      }
      return failed && operands.length > 0 ? 1 : 0;
    }
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr(`${io.argv0}: bad usage\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    yield* listing.coloured(GREEN, () => talk.info("Welcome to fdisk (util-linux 2.38.1)."));
    yield* talk.info("Changes will remain in memory only, until you decide to write them.\nBe careful before using the write command.\n");
    yield* io.out.flush();
    let context: Context;
    let readOnly = false;
    for (;;) {
      try {
        context = yield* Context.open(sys, talk, path, settings, readOnly, false);
        break;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno !== "EACCES" || readOnly) {
          yield* lateWarning(io, `cannot open ${path}: ${error.message}`);
          return 1;
        }
        readOnly = true;
      }
    }
    prepare(context);
    try {
      yield* readLabel(context);
      if (readOnly) yield* talk.warn("Device is open in read-only mode.");
      if (context.isDevice && (yield* mountedPart(sys, path))) yield* talk.warn("This disk is currently in use - repartitioning is probably a bad idea.\nIt's recommended to umount all file systems, and swapoff all swap\npartitions on this disk.\n");
      const session = new Session(io, talk, listing, context, wipes);
      if (context.collision !== undefined) yield* session.followWipeMode();
      if (context.label === undefined) {
        yield* talk.info("Device does not contain a recognized partition table.");
        if (!options.noauto && (onlyKind === undefined || onlyKind === "dos")) yield* createLabel(context);
      } else if (context.label.kind === "gpt" && (yield* GptLabel.mbr(context)) === "hybrid") yield* talk.warn("A hybrid GPT was detected. You have to sync the hybrid MBR manually (expert command 'M').");
      return yield* session.run();
    } finally {
      context.close();
    }
  },
});
