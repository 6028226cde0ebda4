// virt-sysprep 1.48 (virt-sysprep(1)): takes out of a stopped machine's disk what must not be the same twice.
//
// "customize" comes after all others by the tool's own order, and gives an empty /etc/machine-id a new value: so a template that was treated once gives all its clones the same one,
// unless the command line empties it again (--truncate /etc/machine-id). Later versions (1.50) empty it last.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { ToolError } from "../kit/guestfs/guestfs-error.ts";
import { type Appliance, withAppliance } from "../kit/guestfs/appliance.ts";
import { customize, customizeOptions, type Customization, planCustomization } from "../kit/guestfs/customize.ts";
import { chosenDrives, driveOptions, readWords, resolveDrives, runTool, type Teller, type ToolOption, UsageFailure } from "../kit/guestfs/tool.ts";
import { flag, program, text } from "../kit/program.ts";
import { type Operation, operations } from "./_operations.ts";

const ownOptions: readonly ToolOption[] = [
  { names: ["-n", "--dry-run", "--dryrun"], help: "keep nothing of what is done" }, { names: ["--enable"], value: "OPERATIONS", help: "do these and no others" }, { names: ["--operations", "--operation"], value: "OPERATIONS", help: "add and take away operations" },
  { names: ["--list-operations"], help: "list what it can do" }, { names: ["-q", "--quiet"], help: "do not tell of progress" }, { names: ["--mount-options"], value: "OPTS", help: "of the guest's file systems" },
  { names: ["--network"], help: "give commands in the guest a network" }, { names: ["--no-network"], help: "the default" }, { names: ["--keep-user-accounts"], value: "USERS", help: "users to keep" }, { names: ["--remove-user-accounts"], value: "USERS", help: "users to remove" },
  { names: ["--script"], value: "SCRIPT", help: "run a script on the host" }, { names: ["--scriptdir"], value: "DIR", help: "where the guest is mounted for scripts" },
];
const prog = "virt-sysprep";
const order: ReadonlyMap<Operation["kind"], number> = new Map([["customize", 1], ["device", 2]]);

/** Errors: ToolError. */
function enabledOperations(given: readonly { readonly name: string; readonly value: string }[]): readonly Operation[] {
  let chosen: Set<Operation> | undefined;
  const named = (option: string, name: string): Operation => {
    const found = operations.find((one) => one.name === name);
    if (found === undefined) throw new ToolError(`${option}: ‘${name}’ is not a known operation`);
    return found;
  };
  for (const { name, value } of given) {
    if (name === "--enable") {
      if (chosen !== undefined) throw new ToolError("--enable option can only be given once");
      if (value === "") throw new ToolError("you cannot pass an empty argument to --enable");
      chosen = new Set(value.split(",").map((one) => named(name, one)));
    } else if (name === "--operations") {
      chosen ??= new Set();
      for (const word of value.split(",")) {
        const removed = word.startsWith("-");
        const bare = removed ? word.slice(1) : word;
        if (bare === "") throw new ToolError("--operations: empty operation name");
        const set: readonly Operation[] = bare === "defaults" ? operations.filter((one) => one.byDefault) : bare === "all" ? operations : [named(name, bare)];
        for (const one of set) {
          if (removed) chosen.delete(one);
          else chosen.add(one);
        }
      }
    }
  }
  const all = chosen === undefined ? operations.filter((one) => one.byDefault) : operations.filter((one) => chosen.has(one));
  return [...all].sort((a, b) => (order.get(a.kind) ?? 0) - (order.get(b.kind) ?? 0));
}

/** What a step takes in the appliance. */
const stepUs = 45_000;

function* prepare(teller: Teller, appliance: Appliance, chosen: readonly Operation[], plan: Customization): Blocking<number> {
  const { root } = appliance;
  if (root === undefined) throw new ToolError("no operating systems were found in the guest image");
  yield* appliance.inside(root, function* inGuest(guest: Sys) {
    const inside = teller.in(guest);
    for (const operation of chosen) {
      if (operation.kind === "device") continue;
      yield* inside.message(`Performing "${operation.name}" ...`);
      yield* guest.sleep(stepUs);
      if (operation.kind === "customize") yield* customize(guest, inside, plan);
      else if (operation.act !== undefined) yield* operation.act(guest);
    }
  });
  for (const operation of chosen) {
    if (operation.kind !== "device") continue;
    yield* teller.message(`Performing "${operation.name}" ...`);
    if (operation.name === "fs-uuids") teller.sys.observe({ kind: "unsimulated", command: prog, detail: "fs-uuids" });
  }
  return 0;
}

export default program(
  {
    name: prog, showsHelp: true, summary: "make a stopped machine ready to be cloned", synopsis: ["[--options] -d DOMNAME", "[--options] -a DISK.IMG [-a DISK.IMG ...]"], operands: "files",
    options: [
      text(["-d", "--domain"], "DOMNAME", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image"), flag(["-n", "--dry-run"], "keep nothing"), text(["--enable"], "OPERATIONS", "do these only"), text(["--operations"], "OPERATIONS", "add or take away operations"),
      flag(["--list-operations"], "list the operations"), flag(["-q", "--quiet"], "do not tell of progress"), ...customizeOptions.map((option) => (option.value === undefined ? flag(option.names, option.help) : text(option.names, option.value, option.help))),
    ],
  },
  function* (sys, argv, io) {
    return yield* runTool(sys, prog, false, function* work(teller) {
      const { given, operands } = readWords(prog, [...driveOptions, ...ownOptions, ...customizeOptions], argv.slice(1), true);
      const has = (name: string): boolean => given.some((one) => one.name === name);
      if (has("-V")) {
        io.out.put(`${prog} 1.48.2\n`);
        return 0;
      }
      const chosen = enabledOperations(given);
      if (has("--list-operations")) {
        for (const one of operations) io.out.put(`${one.name} ${one.byDefault ? "*" : " "} ${one.heading}\n`);
        return 0;
      }
      if (operands.length > 0) throw new UsageFailure(`Extra parameter on the command line: ‘${operands[0] ?? ""}’.\nTry ‘${prog} --help’ or consult ${prog}(1) for more information.\n`);
      teller.quiet = has("-q");
      const choice = chosenDrives(given);
      if (choice.drives.length === 0 && choice.domain === undefined) throw new ToolError(`you must give either -a or -d options.  Read ${prog}(1) man page for further information.`);
      if (choice.drives.length > 0 && choice.domain !== undefined) throw new ToolError(`you cannot give -a and -d options together.  Read ${prog}(1) man page for further information.`);
      if (has("--script")) sys.observe({ kind: "unsimulated", command: prog, detail: "--script" });
      const plan = yield* planCustomization(sys, given);
      yield* teller.message("Examining the guest ...");
      const readOnly = has("-n");
      return yield* withAppliance(sys, yield* resolveDrives(sys, choice, readOnly), { readOnly }, (appliance) => prepare(teller.in(appliance.sys), appliance, chosen, plan));
    });
  },
);
