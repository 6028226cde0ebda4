// Whether the machine is a guest of VMware, as the tools find out: by the hypervisor's name in the firmware.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { detectVirtualMachine } from "../../daemons/systemd/api/virtualization.ts";

export function* insideVmware(sys: Sys): Blocking<boolean> {
  return (yield* detectVirtualMachine(sys)) === "vmware";
}
