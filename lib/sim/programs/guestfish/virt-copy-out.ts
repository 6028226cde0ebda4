// virt-copy-out 1.48 (virt-copy-out(1)): files and directories of a machine onto the host.
import { SysError } from "../../kernel/sys.ts";
import { GuestfsError } from "../kit/guestfs/guestfs-error.ts";
import { runFileTool } from "../kit/guestfs/tool.ts";
import { kindOf, put, take } from "../kit/guestfs/tree.ts";
import { program, text } from "../kit/program.ts";

export default program(
  { name: "virt-copy-out", showsHelp: true, summary: "copy files and directories from the disk of a virtual machine", synopsis: ["-a DISK.IMG /FILE|DIR [/FILE|DIR ...] LOCALDIR", "-d DOMAIN /FILE|DIR [/FILE|DIR ...] LOCALDIR"], operands: "files", options: [text(["-d", "--domain"], "DOMAIN", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image")] },
  function* (sys, argv) {
    return yield* runFileTool(sys, {
      prog: "virt-copy-out", readOnly: true, fewest: 2,
      *work({ appliance, root, operands }) {
        const host = appliance.sys;
        const target = operands.at(-1) ?? ".";
        if (kindOf(host, target, true) !== "directory") throw new GuestfsError(`target ‘${target}’ is not a directory`);
        for (const path of operands.slice(0, -1)) {
          const taken = yield* appliance.inside(root, function* from(guest) {
            try {
              return yield* take(guest, path.replace(/(?<=.)\/+$/, ""));
            } catch (error) {
              if (!(error instanceof SysError)) throw error;
              throw new GuestfsError(`‘${path}’ is not a file or directory`);
            }
          });
          if (taken !== undefined) yield* put(host, `${target}/${taken.name}`, taken);
        }
        return 0;
      },
    }, argv);
  },
);
