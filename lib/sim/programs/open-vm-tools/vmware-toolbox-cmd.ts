// vmware-toolbox-cmd: what a guest of VMware may ask of its host (vmware-toolbox-cmd(1)).
import { flag, program } from "../kit/program.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { insideVmware } from "./_hypervisor.ts";

export default program(
  { name: "vmware-toolbox-cmd", summary: "obtain virtual machine information from the host", operands: "none", synopsis: ["COMMAND [SUBCOMMAND]"], options: [flag(["-v", "--version"], "print the version"), flag(["-q", "--quiet"], "say less"), flag(["-h", "--help"], "show this help")] },
  function* (sys, argv, io) {
    if (!(yield* insideVmware(sys))) {
      yield* io.stderr("vmware-toolbox-cmd must be run inside a virtual machine.\n");
      return 1;
    }
    const [command, subcommand] = argv.slice(1).filter((word) => !word.startsWith("-"));
    if (argv.includes("-v") || argv.includes("--version")) io.out.put("12.2.0.41219 (build-21223074)\n");
    else if (command === "stat" && subcommand === "hosttime") io.out.put(`${strftime("%d %b %Y %H:%M:%S", civilAt(UTC, Math.floor(sys.clockUs("realtime") / 1e6)))}\n`);
    else if (command === "timesync" && subcommand === "status") {
      io.out.put("Disabled\n");
      return 1;
    } else if (command === undefined || command === "help") io.out.put("Usage: vmware-toolbox-cmd [options] <command> [subcommand]\n");
    else {
      yield* io.stderr(`vmware-toolbox-cmd: Unknown command: ${command}\nTry 'vmware-toolbox-cmd help' for more information.\n`);
      return 64;
    }
    return 0;
  },
);
