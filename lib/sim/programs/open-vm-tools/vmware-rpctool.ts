// vmware-rpctool: sends one message to the hypervisor.
import { program } from "../kit/program.ts";
import { insideVmware } from "./_hypervisor.ts";

export default program(
  { name: "vmware-rpctool", summary: "exchange a message with the hypervisor of VMware", operands: "none", synopsis: ["<text>"], options: [] },
  function* (sys, argv, io) {
    if (!(yield* insideVmware(sys))) {
      yield* io.stderr("Error: vmware-rpctool must be run inside a virtual machine on a VMware hypervisor product.\n");
      return 255;
    }
    if (argv[1] === undefined) {
      yield* io.stderr("Usage: vmware-rpctool <text>\n");
      return 1;
    }
    yield* io.stderr("No value found\n");
    return 1;
  },
);
