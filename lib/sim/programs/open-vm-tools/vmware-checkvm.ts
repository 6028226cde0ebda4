// vmware-checkvm: says whether this is a virtual machine of VMware, and of which version.
import { program } from "../kit/program.ts";
import { insideVmware } from "./_hypervisor.ts";

export default program(
  { name: "vmware-checkvm", summary: "check whether this is a VMware virtual machine", operands: "none", synopsis: ["[-h] [-p | -r]"], options: [] },
  function* (sys, _argv, io) {
    if (!(yield* insideVmware(sys))) {
      yield* io.stderr("Error: vmware-checkvm must be run inside a virtual machine on a VMware hypervisor product.\n");
      return 1;
    }
    io.out.put("VMware software version 6 (good)\n");
    return 0;
  },
);
