// virt-cat 1.48 (virt-cat(1)): files of a machine, running or not.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { GuestfsError } from "../kit/guestfs/guestfs-error.ts";
import { runFileTool } from "../kit/guestfs/tool.ts";
import { readBytes } from "../kit/guestfs/tree.ts";
import { program, text } from "../kit/program.ts";

function* download(guest: Sys, path: string): Blocking<Uint8Array> {
  try {
    return yield* readBytes(guest, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new GuestfsError(`download: ${path}: ${error.message}`);
  }
}

export default program(
  { name: "virt-cat", showsHelp: true, summary: "show files of a virtual machine", synopsis: ["[--options] -d DOMNAME FILE [FILE...]", "[--options] -a DISK.IMG FILE [FILE...]"], operands: "files", options: [text(["-d", "--domain"], "DOMNAME", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image")] },
  function* (sys, argv) {
    return yield* runFileTool(sys, {
      prog: "virt-cat", readOnly: true, fewest: 1,
      *work({ appliance, root, operands }) {
        return yield* appliance.inside(root, function* show(guest) {
          for (const path of operands) yield* guest.write(1, yield* download(guest, path));
          return 0;
        });
      },
    }, argv);
  },
);
