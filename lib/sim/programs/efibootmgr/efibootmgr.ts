// efibootmgr: the boot entries in the variables of UEFI firmware (/sys/firmware/efi/efivars); a machine with a BIOS has none.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { names } from "../../daemons/systemd/api/files.ts";
import { counted, flag, gnu, text } from "../kit/gnu.ts";

const VARIABLES = "/sys/firmware/efi/efivars";
/** EFI_GLOBAL_VARIABLE of the UEFI specification */
const GLOBAL = "8be4df61-93ca-11d2-aa0d-00e098032b8c";

/** A variable's bytes behind its four bytes of attributes. */
function* variable(sys: Sys, name: string): Blocking<Uint8Array | undefined> {
  let fd: number;
  try {
    fd = yield* sys.open(`${VARIABLES}/${name}-${GLOBAL}`, O.RDONLY);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  const bytes = yield* sys.read(fd, 65_536);
  sys.close(fd);
  return bytes.subarray(4);
}

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, "0");

/** The label of a load option (UEFI, EFI_LOAD_OPTION): UTF-16 behind attributes and a length. */
function labelOf(bytes: Uint8Array): string {
  let label = "";
  for (let at = 6; word(bytes, at) !== 0; at += 2) label += String.fromCharCode(word(bytes, at));
  return label;
}

export default gnu({
  name: "efibootmgr", path: "/bin/efibootmgr", version: "17", summary: "show and change the boot entries of UEFI firmware", synopsis: ["[options]"], operands: "none", tryLine: () => "",
  options: {
    active: flag(["-a", "--active"], "make the entry active"),
    inactive: flag(["-A", "--inactive"], "make the entry inactive"),
    bootnum: text(["-b", "--bootnum"], "XXXX", "the entry that is meant"),
    remove: flag(["-B", "--delete-bootnum"], "delete the entry"),
    create: flag(["-c", "--create"], "make an entry and put it first"),
    disk: text(["-d", "--disk"], "DISK", "the disk that has the loader"),
    label: text(["-L", "--label"], "LABEL", "what the firmware's menu shows"),
    loader: text(["-l", "--loader"], "NAME", "the loader's path on its partition"),
    next: text(["-n", "--bootnext"], "XXXX", "entry to start once, at the next start of the machine"),
    noNext: flag(["-N", "--delete-bootnext"], "forget the entry of -n"),
    order: text(["-o", "--bootorder"], "XXXX,YYYY", "numbers of the entries in the order in which they are tried"),
    noOrder: flag(["-O", "--delete-bootorder"], "delete the order"),
    part: text(["-p", "--part"], "PART", "number of the partition with the loader"),
    quiet: flag(["-q", "--quiet"], "say nothing"),
    timeout: text(["-t", "--timeout"], "SECONDS", "how long the menu waits"),
    noTimeout: flag(["-T", "--delete-timeout"], "delete the time-out"),
    verbose: counted(["-v", "--verbose"], "say more"),
    version: flag(["-V", "--version"], "print the version"),
  },
  *run({ options, sys }, io) {
    if (options.version) {
      io.out.put("version 17\n");
      return 0;
    }
    const known = names(sys, VARIABLES);
    if (known.length === 0) {
      yield* io.stderr("EFI variables are not supported on this system.\n");
      return 2;
    }
    const changes = options.active || options.inactive || options.remove || options.create || options.next !== undefined || options.noNext || options.order !== undefined || options.noOrder || options.timeout !== undefined || options.noTimeout;
    if (changes) {
      yield* io.stderr(`${sys.getcred().euid === 0 ? "Could not set variable: Read-only file system" : "Could not set variable: Permission denied"}\n`);
      return 5;
    }
    if (options.quiet) return 0;
    for (const name of ["BootNext", "BootCurrent"]) {
      const bytes = yield* variable(sys, name);
      if (bytes !== undefined) io.out.put(`${name}: ${hex(word(bytes, 0))}\n`);
    }
    const wait = yield* variable(sys, "Timeout");
    if (wait !== undefined) io.out.put(`Timeout: ${word(wait, 0)} seconds\n`);
    const order = yield* variable(sys, "BootOrder");
    if (order !== undefined) io.out.put(`BootOrder: ${Array.from({ length: order.length / 2 }, (_, index) => hex(word(order, index * 2))).join(",")}\n`);
    for (const name of known) {
      const number = /^Boot([0-9A-F]{4})-/.exec(name)?.[1];
      const bytes = number === undefined ? undefined : yield* variable(sys, `Boot${number}`);
      if (bytes !== undefined) io.out.put(`Boot${number ?? ""}${(word(bytes, 0) & 1) === 1 ? "*" : " "} ${labelOf(bytes)}\n`);
    }
    return 0;
  },
});
