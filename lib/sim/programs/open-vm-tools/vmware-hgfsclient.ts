// vmware-hgfsclient: lists the folders that the host shares.
import { program } from "../kit/program.ts";
import { insideVmware } from "./_hypervisor.ts";

export default program(
  { name: "vmware-hgfsclient", summary: "list the folders that the VMware host shares", operands: "none", synopsis: [""], options: [] },
  function* (sys) {
    return (yield* insideVmware(sys)) ? 0 : 1;
  },
);
