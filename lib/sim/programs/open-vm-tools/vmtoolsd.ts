// vmtoolsd: the service of the guest tools; it runs in guests of VMware only (vmtoolsd(1)).
import { SIGNALS } from "../../kernel/sys.ts";
import { flag, program, text } from "../kit/program.ts";
import { insideVmware } from "./_hypervisor.ts";

export default program(
  {
    name: "vmtoolsd", summary: "VMware guest tools service", operands: "none", synopsis: ["[OPTION...]"],
    options: [flag(["-v", "--version"], "print the version"), text(["--cmd"], "command", "give the hypervisor a command"), text(["-n", "--name"], "svcname", "name of the service")],
  },
  function* (sys, argv, io) {
    if (!(yield* insideVmware(sys))) return 1;
    if (argv.includes("-v") || argv.includes("--version")) {
      io.out.put("VMware Tools daemon, version 12.2.0.41219 (build-21223074)\n");
      return 0;
    }
    sys.sigaction(SIGNALS.TERM, "catch");
    for (;;) {
      yield* sys.pause();
      if (sys.takeSignals().includes(SIGNALS.TERM)) return 0;
    }
  },
);
