// How libguestfs's tools read their words and speak. Those written in OCaml (virt-sysprep, virt-customize) say what they do with the seconds since their start; those in C
// (virt-cat, virt-ls…) only print.
import { type Blocking, encode, type Sys, SysError } from "../../../kernel/sys.ts";
import { type Appliance, type Drive, drivesOfDomain, type GuestFileSystem, withAppliance } from "./appliance.ts";
import { GuestfsError, ToolError } from "./guestfs-error.ts";

export interface ToolOption {
  readonly names: readonly string[];
  /** what usage calls its value; undefined for a flag */
  readonly value?: string;
  readonly help: string;
}

export const driveOptions: readonly ToolOption[] = [
  { names: ["-a", "--add"], value: "FILE", help: "disk image" }, { names: ["-c", "--connect"], value: "URI", help: "libvirt's connection" },
  { names: ["-d", "--domain"], value: "GUEST", help: "machine that libvirt knows" }, { names: ["--format"], value: "FORMAT", help: "of the images that follow" },
  { names: ["-v", "--verbose"], help: "say more" }, { names: ["-x"], help: "trace calls" }, { names: ["-V", "--version"], help: "show the version" },
];

export interface GivenOption {
  /** the first of its names */
  readonly name: string;
  readonly value: string;
}

/** In the order of the command line. Long options may be cut short. `manual`: the tools in OCaml point to their manual too. */
export function readWords(prog: string, options: readonly ToolOption[], words: readonly string[], manual = false): { readonly given: readonly GivenOption[]; readonly operands: readonly string[] } {
  const given: GivenOption[] = [];
  const operands: string[] = [];
  const fail = (text: string): never => {
    throw new UsageFailure(`${prog}: ${text}\nTry ‘${prog} --help’ ${manual ? `or consult ${prog}(1) ` : ""}for more information.\n`);
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (word === "-" || !word.startsWith("-")) {
      operands.push(word);
      continue;
    }
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    if (word.startsWith("--")) {
      const exact = options.find((option) => option.names.includes(name));
      const near = options.filter((option) => option.names.some((one) => one.startsWith(name)));
      if (exact === undefined && near.length > 1) fail(`option '${name}' is ambiguous; possibilities: ${near.map((option) => `'${option.names.find((one) => one.startsWith(name)) ?? ""}'`).join(" ")}`);
      const option = exact ?? near[0];
      if (option === undefined) return fail(`unrecognized option '${name}'`);
      const value = option.value === undefined ? "" : equals < 0 ? words[++at] : word.slice(equals + 1);
      if (value === undefined) fail(`option '${name}' requires an argument`);
      given.push({ name: option.names[0] ?? name, value: value ?? "" });
      continue;
    }
    for (let letter = 1; letter < word.length; letter++) {
      const option = options.find((one) => one.names.includes(`-${word.charAt(letter)}`));
      if (option === undefined) return fail(`invalid option -- '${word.charAt(letter)}'`);
      if (option.value === undefined) {
        given.push({ name: option.names[0] ?? "", value: "" });
        continue;
      }
      const value = letter + 1 < word.length ? word.slice(letter + 1) : words[++at];
      if (value === undefined) fail(`option requires an argument -- '${word.charAt(letter)}'`);
      given.push({ name: option.names[0] ?? "", value: value ?? "" });
      break;
    }
  }
  return { given, operands };
}

export class UsageFailure extends Error {}

export interface DriveChoice {
  readonly drives: readonly Drive[];
  readonly domain: string | undefined;
}

/** -a, -d and --format, in their order. */
export function chosenDrives(given: readonly GivenOption[]): DriveChoice {
  const drives: Drive[] = [];
  let domain: string | undefined;
  let format: string | undefined;
  for (const { name, value } of given) {
    if (name === "--format") format = value === "auto" || value === "" ? undefined : value;
    else if (name === "-a") drives.push({ path: value.replace(/^file:\/\//, ""), format });
    else if (name === "-d") {
      if (domain !== undefined) throw new ToolError("--domain option can only be given once");
      domain = value;
    }
  }
  return { drives, domain };
}

export function* resolveDrives(sys: Sys, choice: DriveChoice, readOnly: boolean): Blocking<readonly Drive[]> {
  return choice.domain === undefined ? choice.drives : yield* drivesOfDomain(sys, choice.domain, readOnly);
}

const wrapColumn = 76;

function wrapped(text: string, hanging: number): string {
  return text.split("\n").map((line) => {
    let made = "";
    let column = 0;
    for (const piece of line.match(/\s*\S+/g) ?? []) {
      if (column > 0 && column + piece.length > wrapColumn) {
        const bare = piece.trimStart();
        made += `\n${" ".repeat(hanging)}${bare}`;
        column = hanging + bare.length;
      } else {
        made += piece;
        column += piece.length;
      }
    }
    return made;
  }).join("\n");
}

/** A tool that tells of its progress. */
export class Teller {
  readonly sys: Sys;
  readonly prog: string;
  quiet = false;
  readonly #startUs: number;

  constructor(sys: Sys, prog: string, startUs = sys.clockUs("monotonic")) {
    this.sys = sys;
    this.prog = prog;
    this.#startUs = startUs;
  }

  /** The same, speaking in another process. */
  in(sys: Sys): Teller {
    const other = new Teller(sys, this.prog, this.#startUs);
    other.quiet = this.quiet;
    return other;
  }

  *say(fd: number, text: string, hanging = 0): Blocking<void> {
    yield* this.sys.write(fd, encode(`${this.sys.isatty(fd) ? wrapped(text, hanging) : text}\n`));
  }

  *message(text: string): Blocking<void> {
    const seconds = (this.sys.clockUs("monotonic") - this.#startUs) / 1e6;
    if (!this.quiet) yield* this.say(1, `[${seconds.toFixed(1).padStart(6)}] ${text}`, 9);
  }

  *warning(text: string): Blocking<void> {
    yield* this.say(2, `${this.prog}: warning: ${text}`);
  }

  *error(text: string): Blocking<void> {
    yield* this.say(2, `${this.prog}: error: ${text}`);
    yield* this.say(2, `\nIf reporting bugs, run ${this.prog} with debugging enabled and include the complete output:\n\n  ${this.prog} -v -x [...]`);
  }
}

/** `direct`: the tools in C let the library speak for itself. */
export function* runTool(sys: Sys, prog: string, direct: boolean, work: (teller: Teller) => Blocking<number>): Blocking<number> {
  const teller = new Teller(sys, prog);
  try {
    return yield* work(teller);
  } catch (error) {
    if (error instanceof UsageFailure) yield* sys.write(2, encode(error.message));
    else if (error instanceof ToolError) {
      if (direct) yield* sys.write(2, encode(`${prog}: ${error.message}\n`));
      else yield* teller.error(error.message);
    } else if (error instanceof GuestfsError || error instanceof SysError) {
      if (direct) yield* sys.write(2, encode(`libguestfs: error: ${error.message}\n`));
      else yield* teller.error(`libguestfs error: ${error.message}`);
    } else throw error;
    return 1;
  }
}

const noSystem = `no operating system was found on this disk

If using guestfish ‘-i’ option, remove this option and instead
use the commands ‘run’ followed by ‘list-filesystems’.
You can then mount filesystems you want by hand using the
‘mount’ or ‘mount-ro’ command.

If using guestmount ‘-i’, remove this option and choose the
filesystem(s) you want to see by manually adding ‘-m’ option(s).
Use ‘virt-filesystems’ to see what filesystems are available.

If using other virt tools, this disk image won’t work
with these tools.  Use the guestfish equivalent commands
(see the virt tool manual page).`;

export interface FileToolSpec {
  readonly prog: string;
  readonly options?: readonly ToolOption[];
  readonly readOnly: boolean;
  readonly fewest: number;
  readonly work: (call: { readonly given: readonly GivenOption[]; readonly operands: readonly string[]; readonly appliance: Appliance; readonly root: GuestFileSystem }) => Blocking<number>;
}

/** What virt-cat, virt-ls, virt-edit, virt-copy-* share: an operating system is looked for and mounted. */
export function* runFileTool(sys: Sys, spec: FileToolSpec, argv: readonly string[]): Blocking<number> {
  return yield* runTool(sys, spec.prog, true, function* work() {
    const options = [...driveOptions, ...(spec.options ?? [])];
    const { given, operands } = readWords(spec.prog, options, argv.slice(1));
    if (given.some(({ name }) => name === "-V")) {
      yield* sys.write(1, encode(`${spec.prog} 1.48.2\n`));
      return 0;
    }
    const choice = chosenDrives(given);
    if ((choice.drives.length === 0 && choice.domain === undefined) || operands.length < spec.fewest) {
      yield* sys.write(2, encode(`Try ‘${spec.prog} --help’ for more information.\n`));
      return 1;
    }
    return yield* withAppliance(sys, yield* resolveDrives(sys, choice, spec.readOnly), { readOnly: spec.readOnly }, function* inside(appliance) {
      if (appliance.root === undefined) throw new ToolError(noSystem);
      return yield* spec.work({ given, operands, appliance, root: appliance.root });
    });
  });
}
