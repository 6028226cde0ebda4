// virt-customize 1.48 (virt-customize(1)): changes files, runs commands and sets names in a stopped machine's disk.
import { ToolError } from "../kit/guestfs/guestfs-error.ts";
import { withAppliance } from "../kit/guestfs/appliance.ts";
import { customize, customizeOptions, planCustomization } from "../kit/guestfs/customize.ts";
import { chosenDrives, driveOptions, readWords, resolveDrives, runTool, type ToolOption } from "../kit/guestfs/tool.ts";
import { flag, program, text } from "../kit/program.ts";

const ownOptions: readonly ToolOption[] = [
  { names: ["-n", "--dry-run", "--dryrun"], help: "keep nothing" }, { names: ["-q", "--quiet"], help: "do not tell of progress" }, { names: ["-m", "--memsize"], value: "MB", help: "memory of the appliance" }, { names: ["--smp"], value: "N", help: "processors of the appliance" },
  { names: ["--network"], help: "the default" }, { names: ["--no-network"], help: "commands in the guest have no network" },
];
const prog = "virt-customize";

export default program(
  {
    name: prog, showsHelp: true, summary: "install packages, set passwords... on the disk of a virtual machine", synopsis: ["[--options] [-d DOMNAME | -a DISK.IMG ...]"], operands: "files",
    options: [
      text(["-d", "--domain"], "DOMNAME", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image"), flag(["-n", "--dry-run"], "keep nothing"), flag(["-q", "--quiet"], "do not tell of progress"),
      ...customizeOptions.map((option) => (option.value === undefined ? flag(option.names, option.help) : text(option.names, option.value, option.help))),
    ],
  },
  function* (sys, argv, io) {
    return yield* runTool(sys, prog, false, function* work(teller) {
      const { given } = readWords(prog, [...driveOptions, ...ownOptions, ...customizeOptions], argv.slice(1), true);
      const has = (name: string): boolean => given.some((one) => one.name === name);
      if (has("-V")) {
        io.out.put(`${prog} 1.48.2\n`);
        return 0;
      }
      teller.quiet = has("-q");
      const choice = chosenDrives(given);
      if (choice.drives.length === 0 && choice.domain === undefined) throw new ToolError(`you must give either -a or -d options. Read ${prog}(1) man page for further information.`);
      if (choice.drives.length > 0 && choice.domain !== undefined) throw new ToolError(`you cannot give -a and -d options together.  Read ${prog}(1) man page for further information.`);
      const plan = yield* planCustomization(sys, given);
      yield* teller.message("Examining the guest ...");
      const readOnly = has("-n");
      return yield* withAppliance(sys, yield* resolveDrives(sys, choice, readOnly), { readOnly }, function* inAppliance(appliance) {
        if (appliance.root === undefined) throw new ToolError("no operating systems were found in the guest image");
        yield* appliance.inside(appliance.root, (guest) => customize(guest, teller.in(guest), plan));
        yield* teller.in(appliance.sys).message("Finishing off");
        return 0;
      });
    });
  },
);
