// cfdisk: partitions on the whole screen (cfdisk(8) of util-linux 2.38.1). Labels are GPT and DOS; sgi and sun, scripts to load and the table of extra facts (x) are not simulated.
// (More than 400 lines: one class draws and acts on one screen.)
import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { type DiskLabel, defaultType, deviceSize, GRAIN, isExtended, type LabelPartition, newGuid, newLabel, OpenDisk, SECTOR_BYTES } from "../kit/disk-label.ts";
import { DOS_TYPES, GPT_TYPES } from "../kit/partition-types.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { type Io, flag, optionalText, utilLinux } from "../kit/util-linux.ts";
import { dumpLabel } from "./_dump.ts";
import { detailLines, type Row, rowsOf, tableLines } from "./_cfdisk-rows.ts";

const BOLD = "1";
const REVERSE = "7";
const RED = "31";
const ENTER = ["\r", "\n"];
const UP = ["\u001b[A", "\u001bOA", "\u0010"];
const DOWN = ["\u001b[B", "\u001bOB", "\u000e"];
const RIGHT = ["\u001b[C", "\u001bOC", "\t"];
const LEFT = ["\u001b[D", "\u001bOD", "\u001b[Z"];
const ESCAPE = "\u001b";
const LIST_ROW = 5;
const BUTTON = 12;

interface Action {
  readonly key: string;
  readonly name: string;
  readonly hint: string;
}

const BOOTABLE: Action = { key: "b", name: "Bootable", hint: "Toggle bootable flag of the current partition" };
const DELETE: Action = { key: "d", name: "Delete", hint: "Delete the current partition" };
const RESIZE: Action = { key: "r", name: "Resize", hint: "Reduce or enlarge the current partition" };
const NEW: Action = { key: "n", name: "New", hint: "Create new partition from free space" };
const TYPE: Action = { key: "t", name: "Type", hint: "Change the partition type" };
const QUIT: Action = { key: "q", name: "Quit", hint: "Quit program without writing changes" };
const HELP: Action = { key: "h", name: "Help", hint: "Print help screen" };
const SORT: Action = { key: "s", name: "Sort", hint: "Fix partitions order" };
const WRITE: Action = { key: "W", name: "Write", hint: "Write partition table to disk (this might destroy data)" };
const DUMP: Action = { key: "u", name: "Dump", hint: "Dump partition table to sfdisk compatible script file" };

const HELP_LINES = [
  "cfdisk shows the partitions of a disk and the free space between them. Nothing", "is written before you say so.", "", "Key          What it does", "---          ------------", "  b          mark as bootable, or not", "  d          delete", "  n          make a partition of free space", "  r          make larger or smaller", "  s          number partitions as they lie",
  "  t          change the type", "  u          write the table as a script of sfdisk", "  W          write the table to the disk (a capital; \"yes\" confirms)", "  q          leave without writing", "  arrows     choose a partition (up, down) and an action (left, right)", "  Enter      do the action", "", "                            Press a key to continue.",
];

/** The signal or the end of the terminal ends cfdisk. */
class Ended extends Error {}

class Screen {
  readonly #sys: Sys;
  readonly #terminal: RawTerminal;
  readonly #cells: CellScreen;
  readonly #disk: OpenDisk;
  label: DiskLabel;
  #current = 0;
  #action = 0;
  #message = "";
  /** after an action the line of hints is empty until the menu is moved in */
  #hints = true;
  #written = false;

  constructor(sys: Sys, terminal: RawTerminal, disk: OpenDisk, label: DiskLabel) {
    this.#sys = sys;
    this.#terminal = terminal;
    this.#cells = new CellScreen(terminal.size.rows, terminal.size.cols);
    this.#disk = disk;
    this.label = label;
  }

  get #columns(): number { return this.#cells.columns; }
  get #menuRow(): number { return this.#cells.rows - 4; }
  get #rows(): readonly Row[] { return rowsOf(this.#disk, this.label); }
  get #row(): Row | undefined { return this.#rows[this.#current]; }

  #centre(row: number, text: string, style = ""): void {
    this.#cells.put(row, Math.max(0, Math.floor((this.#columns - [...text].length) / 2)), text, style);
  }

  #clear(): void {
    for (let row = 0; row < this.#cells.rows; row++) this.#cells.fill(row);
  }

  *key(row = this.#cells.rows - 1, column = 0): Blocking<string> {
    for (;;) {
      yield* this.#terminal.write(this.#cells.update(row, column));
      const event = yield* this.#terminal.next();
      if (event?.kind === "key") return event.key;
      if (event?.kind !== "resize") throw new Ended();
      this.#cells.resize(this.#terminal.size.rows, this.#terminal.size.cols);
      this.#draw();
    }
  }

  #actions(): readonly Action[] {
    const row = this.#row;
    const sorted = this.label.partitions.filter(({ number }) => this.label.kind === "gpt" || number <= 4).toSorted((a, b) => a.number - b.number);
    const disarray = sorted.some((one, index) => index > 0 && one.start < (sorted[index - 1]?.start ?? 0));
    const tail = [HELP, ...(disarray ? [SORT] : []), WRITE, DUMP];
    if (row?.partition === undefined) return [NEW, QUIT, ...tail];
    return [...(this.label.kind === "dos" ? [BOOTABLE] : []), DELETE, RESIZE, QUIT, TYPE, ...tail];
  }

  #draw(actions: readonly Action[] = this.#actions()): void {
    const { label } = this;
    this.#clear();
    this.#centre(0, `Disk: ${this.#disk.path}`, BOLD);
    this.#centre(1, `Size: ${deviceSize(this.#disk.sizeBytes, true)}, ${this.#disk.sizeBytes} bytes, ${this.#disk.totalSectors} sectors`);
    this.#centre(2, `Label: ${label.kind}, identifier: ${label.kind === "dos" ? `0x${label.id}` : label.id}`);
    const rows = this.#rows;
    const { head, lines } = tableLines(this.#disk, label, rows, this.#columns - 4);
    this.#cells.put(LIST_ROW - 1, 4, head, BOLD);
    const detail = this.#row?.partition === undefined ? [] : detailLines(label, this.#row.partition);
    const room = Math.max(1, this.#menuRow - LIST_ROW - (detail.length === 0 ? 0 : detail.length + 2));
    const top = Math.max(0, this.#current - room + 1);
    lines.slice(top, top + room).forEach((line, index) => {
      const at = index + top === this.#current;
      if (at) this.#cells.fill(LIST_ROW + index, REVERSE);
      this.#cells.put(LIST_ROW + index, 0, `${at ? ">>  " : "    "}${line}`, at ? REVERSE : "");
    });
    const inside = this.#columns - 4;
    if (detail.length > 0) {
      const first = this.#menuRow - detail.length - 2;
      this.#cells.put(first, 1, `┌${"─".repeat(inside)}┐`);
      for (const [index, line] of detail.entries()) this.#cells.put(first + 1 + index, 1, `│${line.slice(0, inside).padEnd(inside)}│`);
      this.#cells.put(this.#menuRow - 1, 1, `└${"─".repeat(inside)}┘`);
    }
    this.#menu(actions, this.#action);
  }

  #menu(actions: readonly Pick<Action, "name" | "hint">[], chosen: number): void {
    const perLine = Math.max(1, Math.min(actions.length, Math.floor((this.#columns + 2) / BUTTON)));
    const start = Math.floor((this.#columns - (perLine * BUTTON - 2)) / 2);
    for (let row = this.#menuRow; row < this.#cells.rows; row++) this.#cells.fill(row);
    for (const [index, { name }] of actions.entries()) {
      const left = Math.ceil((8 - name.length) / 2);
      this.#cells.put(this.#menuRow + Math.floor(index / perLine), start + (index % perLine) * BUTTON, `[${" ".repeat(left)}${name}${" ".repeat(8 - name.length - left)}]`, index === chosen ? REVERSE : "");
    }
    if (this.#message !== "") this.#centre(this.#cells.rows - 2, this.#message);
    else if (this.#hints) this.#centre(this.#cells.rows - 1, actions[chosen]?.hint ?? "", BOLD);
  }

  /** Undefined after Escape. */
  *#choose(actions: readonly Pick<Action, "name" | "hint">[]): Blocking<number | undefined> {
    this.#hints = true;
    for (let chosen = 0; ; ) {
      this.#menu(actions, chosen);
      const key = yield* this.key();
      if (ENTER.includes(key)) return chosen;
      if (key === ESCAPE || key === "q") return undefined;
      if (RIGHT.includes(key)) chosen = Math.min(actions.length - 1, chosen + 1);
      if (LEFT.includes(key)) chosen = Math.max(0, chosen - 1);
    }
  }

  /** A line typed in the place of the menu; undefined after Escape. */
  *#ask(prompt: string, usual: string, hint: string, problem = ""): Blocking<string | undefined> {
    let text = usual;
    for (;;) {
      for (let row = this.#menuRow; row < this.#cells.rows; row++) this.#cells.fill(row);
      const column = this.#cells.put(this.#menuRow, 1, prompt, "");
      const end = this.#cells.put(this.#menuRow, column, text, BOLD);
      if (problem !== "") this.#centre(this.#cells.rows - 2, problem, RED);
      this.#centre(this.#cells.rows - 1, hint, BOLD);
      const key = yield* this.key(this.#menuRow, end);
      if (ENTER.includes(key)) return text;
      if (key === ESCAPE) return undefined;
      if (key === "\u007f" || key === "\b") text = [...text].slice(0, -1).join("");
      else if (key.length === 1 && key >= " ") text += key;
    }
  }

  /** Sectors; undefined after Escape. */
  *#askSize(prompt: string, usual: number, most: number, least = 1): Blocking<number | undefined> {
    const usualText = deviceSize(usual * SECTOR_BYTES);
    let text = usualText;
    let problem = "";
    for (;;) {
      const answer = yield* this.#ask(prompt, text, "May be followed by M for MiB, G for GiB, T for TiB, or S for sectors.", problem);
      if (answer === undefined) return undefined;
      if (answer === usualText) return usual;
      text = answer;
      const match = /^\s*(\d+(?:[.,]\d+)?)\s*([SsKkMmGgTt]?)(?:i?[bB])?\s*$/.exec(answer);
      const unit = match?.[2] ?? "";
      const value = Number(match?.[1]?.replace(",", ".") ?? Number.NaN);
      const sectors = Math.floor(/s/i.test(unit) ? value : (value * 1024 ** (unit === "" ? 0 : "kmgt".indexOf(unit.toLowerCase()) + 1)) / SECTOR_BYTES);
      if (match === null) problem = "Failed to parse size.";
      else if (sectors < least) problem = `Minimum size is ${least * SECTOR_BYTES} bytes.`;
      else if (sectors > most) problem = `Maximum size is ${most * SECTOR_BYTES} bytes.`;
      else return sectors;
    }
  }

  /** A window with a list; undefined after Escape. `first`: what is chosen to begin with. */
  *window(title: string, items: readonly string[], first: number, hints: (index: number) => readonly string[]): Blocking<number | undefined> {
    const width = Math.max(title.length + 3, ...items.map((item) => item.length)) + 2;
    for (let chosen = first; ; ) {
      const height = Math.min(items.length, this.#cells.rows - 4);
      const top = Math.max(0, Math.min(chosen - height + 1, items.length - height));
      const row = Math.max(0, Math.floor((this.#cells.rows - height - 2) / 2) - 1);
      const left = Math.max(0, Math.floor((this.#columns - width - 2) / 2));
      this.#clear();
      this.#cells.put(row, left, `┌ ${title} ${"─".repeat(Math.max(0, width - title.length - 2))}┐`);
      items.slice(top, top + height).forEach((item, index) => {
        this.#cells.put(row + 1 + index, left, "│");
        this.#cells.put(row + 1 + index, left + 1, ` ${item.padEnd(width - 1)}`, top + index === chosen ? REVERSE : "");
        this.#cells.put(row + 1 + index, left + 1 + width, "│");
      });
      this.#cells.put(row + 1 + height, left, `└${"─".repeat(width)}┘`);
      hints(chosen).forEach((hint, index, all) => this.#centre(this.#cells.rows - all.length + index, hint, BOLD));
      const key = yield* this.key();
      if (ENTER.includes(key)) return chosen;
      if (key === ESCAPE || key === "q" || key === "Q") return undefined;
      if (DOWN.includes(key)) chosen = Math.min(items.length - 1, chosen + 1);
      if (UP.includes(key)) chosen = Math.max(0, chosen - 1);
    }
  }

  *#create(row: Row): Blocking<void> {
    const { label } = this;
    const most = row.last - row.first + 1;
    const sectors = yield* this.#askSize("Partition size: ", most, most);
    if (sectors === undefined) return;
    let extended = false;
    const primary = label.partitions.filter(({ number }) => number <= 4);
    if (label.kind === "dos" && !row.logical) {
      const count = primary.filter((one) => !isExtended(one)).length;
      if (primary.length >= 4) {
        this.#message = "All primary partitions have been defined already.";
        return;
      }
      if (!primary.some(isExtended)) {
        const chosen = yield* this.#choose([{ name: "primary", hint: `${count} primary, 0 extended, ${4 - count} free` }, { name: "extended", hint: "container for logical partitions" }]);
        this.#hints = false;
        if (chosen === undefined) return;
        extended = chosen === 1;
      }
    }
    const taken = new Set(label.partitions.map(({ number }) => number));
    let number = row.logical ? 5 : 1;
    while (taken.has(number)) number++;
    // an end that was not said is at the last whole MiB of a GPT
    const whole = Math.floor((row.first + sectors) / GRAIN) * GRAIN - row.first;
    const kept = label.kind === "gpt" && sectors === most && whole > 0 ? whole : sectors;
    label.partitions.push({ number, start: row.first, sectors: kept, type: extended ? "5" : defaultType(label.kind), bootable: false, uuid: label.kind === "gpt" ? newGuid(this.#sys) : "", name: "" });
  }

  *#resize(partition: LabelPartition): Blocking<void> {
    const behind = this.#rows.find((row) => row.partition === undefined && row.first >= partition.start + partition.sectors && row.first - (partition.start + partition.sectors) < GRAIN);
    const most = behind === undefined ? partition.sectors : behind.last - partition.start + 1;
    const inside = isExtended(partition) ? Math.max(1, ...this.label.partitions.filter(({ number }) => number > 4).map(({ start, sectors }) => start + sectors - partition.start)) : 1;
    const sectors = yield* this.#askSize("New size: ", partition.sectors, most, inside);
    if (sectors === undefined || sectors === partition.sectors) {
      if (sectors !== undefined) this.#message = `Partition ${partition.number} resized.`;
      return;
    }
    partition.sectors = sectors;
    this.#message = `Partition ${partition.number} resized.`;
  }

  *#retype(partition: LabelPartition): Blocking<void> {
    const types = this.label.kind === "gpt" ? GPT_TYPES.map(([guid, name]) => [guid, name] as const) : [...DOS_TYPES];
    const first = Math.max(0, types.findIndex(([type]) => type === partition.type));
    const chosen = yield* this.window("Select partition type", types.map(([type, name]) => (this.label.kind === "gpt" ? name : `${type.padStart(2)} ${name}`)), first, (index) => (this.label.kind === "gpt" ? [types[index]?.[0] ?? ""] : []));
    const type = chosen === undefined ? undefined : types[chosen]?.[0];
    if (type === undefined) return;
    partition.type = type;
    this.#message = `Changed type of partition ${partition.number}.`;
  }

  *#write(): Blocking<void> {
    const answer = yield* this.#ask("Are you sure you want to write the partition table to disk? ", "", 'Type "yes" or "no", or press ESC to leave this dialog.');
    if (answer !== "yes") {
      this.#message = "Did not write partition table to disk.";
      return;
    }
    try {
      yield* this.#disk.writeLabel(this.label);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#message = `Failed to write disklabel: ${error.message}`;
      return;
    }
    this.#written = true;
    const refused = this.#disk.reread();
    this.#message = refused === undefined ? "The partition table has been altered." : `Re-reading the partition table failed: ${refused.message}`;
  }

  *#dump(): Blocking<void> {
    const file = yield* this.#ask("Enter script file name: ", "", "The current in-memory partition table will be dumped to the file.");
    if (file === undefined || file === "") return;
    try {
      const fd = yield* this.#sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      yield* this.#sys.write(fd, encode(dumpLabel(this.#disk, this.label)));
      this.#sys.close(fd);
      this.#message = "Disk layout successfully dumped.";
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#message = `Cannot open ${file}: ${error.message}`;
    }
  }

  /** True: leave. */
  *#obey(key: string): Blocking<boolean> {
    const row = this.#row;
    const partition = row?.partition;
    switch (key) {
      case "q": case "Q":
        return true;
      case "n": case "N":
        if (row !== undefined && partition === undefined) yield* this.#create(row);
        return false;
      case "d": case "D":
        if (partition === undefined) return false;
        this.label.partitions.splice(0, this.label.partitions.length, ...this.label.partitions.filter((one) => one !== partition && !(isExtended(partition) && this.label.kind === "dos" && one.number > 4)));
        // logical partitions have no gaps in their numbers
        if (this.label.kind === "dos" && partition.number > 4) this.label.partitions.splice(0, this.label.partitions.length, ...this.label.partitions.map((one) => (one.number > partition.number ? { ...one, number: one.number - 1 } : one)));
            this.#message = `Partition ${partition.number} has been deleted.`;
        return false;
      case "b": case "B":
        if (partition === undefined || this.label.kind !== "dos") return false;
        for (const one of this.label.partitions) one.bootable = one === partition ? !one.bootable : one.bootable && one.number > 4;
            return false;
      case "r": case "R":
        if (partition !== undefined) yield* this.#resize(partition);
        return false;
      case "t": case "T":
        if (partition !== undefined) yield* this.#retype(partition);
        return false;
      case "s": case "S": {
        const order = this.label.partitions.filter(({ number }) => this.label.kind === "gpt" || number <= 4).toSorted((a, b) => a.start - b.start);
        const rest = this.label.partitions.filter((one) => !order.includes(one));
        this.label = { ...this.label, partitions: [...order.map((one, index) => ({ ...one, number: index + 1 })), ...rest] };
            return false;
      }
      case "W":
        yield* this.#write();
        return false;
      case "u": case "U":
        yield* this.#dump();
        return false;
      case "h": case "H": case "?":
        this.#clear();
        HELP_LINES.forEach((line, index) => this.#cells.put(index, 1, line));
        yield* this.key();
        return false;
      default:
        return false;
    }
  }

  /** Whether the table was written. */
  *run(): Blocking<boolean> {
    for (;;) {
      this.#current = Math.max(0, Math.min(this.#current, this.#rows.length - 1));
      const actions = this.#actions();
      this.#action = Math.min(this.#action, actions.length - 1);
      this.#draw(actions);
      const key = yield* this.key();
      this.#message = "";
      this.#hints = [UP, DOWN, LEFT, RIGHT].some((keys) => keys.includes(key));
      if (UP.includes(key) || DOWN.includes(key)) {
        this.#current += UP.includes(key) ? -1 : 1;
        this.#action = 0;
      } else if (RIGHT.includes(key)) this.#action = (this.#action + 1) % actions.length;
      else if (LEFT.includes(key)) this.#action = (this.#action + actions.length - 1) % actions.length;
      else {
        const chosen = ENTER.includes(key) ? (actions[this.#action]?.key ?? "") : key;
        if (yield* this.#obey(chosen)) return this.#written;
        if (ENTER.includes(key) && chosen !== "W") this.#action = 0;
      }
    }
  }
}

export default utilLinux({
  name: "cfdisk", path: "/sbin/cfdisk", manSection: 8, summary: "show or change the partition table of a disk", synopsis: ["[options] <disk>"], operands: "files", seeAlso: ["fdisk(8)", "parted(8)", "sfdisk(8)"],
  description: ["The arrows choose a partition and an action, Enter does it; every action has a key of its own, which h shows. Nothing is written to the disk before Write is confirmed with yes."],
  options: { color: optionalText(["-L", "--color"], "when", "whether colours are used: auto, always or never"), lock: optionalText(["--lock"], "mode", "lock the device against others: yes, no or nonblock"), readOnly: flag(["-r", "--read-only"], "only look, write nothing"), zero: flag(["-z", "--zero"], "forget the old table, begin with an empty one") },
  *run({ options, operands, sys }, io: Io) {
    const [path, extra] = operands;
    if (extra !== undefined) io.usage("bad usage");
    const name = path ?? "/dev/sda";
    let disk: OpenDisk;
    try {
      disk = yield* OpenDisk.open(sys, name, !options.readOnly);
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${name}: ${error.message}`);
      throw error;
    }
    let terminal: RawTerminal;
    try {
      terminal = yield* RawTerminal.open(sys, 1, 100_000);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Error opening terminal: ${sys.environment.get("TERM") ?? "unknown"}.\n`);
      return 1;
    }
    for (const signal of [SIGNALS.INT, SIGNALS.TERM, SIGNALS.HUP, SIGNALS.WINCH]) sys.sigaction(signal, "catch");
    yield* terminal.enter();
    yield* terminal.write("\u001b[?1049h\u001b[H\u001b[2J");
    const leave = function* (): Blocking<void> {
      yield* terminal.write(`\u001b[${terminal.size.rows};1H\u001b[?1049l`);
      yield* terminal.leave();
    };
    let written = false;
    const found = options.zero ? undefined : yield* disk.readLabel();
    /** As libfdisk makes it: partitions from the first MiB on. */
    const fresh = (kind: DiskLabel["kind"]): DiskLabel => {
      const label = newLabel(sys, kind);
      if (kind === "gpt") label.bounds = { first: GRAIN, last: disk.totalSectors - 34, backup: disk.totalSectors - 1 };
      return label;
    };
    const screen = new Screen(sys, terminal, disk, found ?? fresh("gpt"));
    try {
      if (found === undefined) {
        const lines = ["Device does not contain a recognized partition table.", "Select a type to create a new label, press 'L' to load script file, 'Q' quits."];
        const chosen = yield* screen.window("Select label type", ["gpt", "dos"], 0, (index) => (index === 0 ? lines : ["", lines[1] ?? ""]));
        if (chosen === undefined) {
          yield* leave();
          disk.close();
          return 0;
        }
        screen.label = fresh(chosen === 0 ? "gpt" : "dos");
      }
      written = yield* screen.run();
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
    }
    yield* leave();
    if (written) io.say("Syncing disks.\n");
    disk.close();
    return 0;
  },
});
