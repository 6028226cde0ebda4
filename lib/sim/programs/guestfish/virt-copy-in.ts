// virt-copy-in 1.48 (virt-copy-in(1)): files and directories of the host into a stopped machine.
import { GuestfsError, ToolError } from "../kit/guestfs/guestfs-error.ts";
import { runFileTool } from "../kit/guestfs/tool.ts";
import { kindOf, put, take } from "../kit/guestfs/tree.ts";
import { program, text } from "../kit/program.ts";

export default program(
  { name: "virt-copy-in", showsHelp: true, summary: "copy files and directories to the disk of a virtual machine", synopsis: ["-a DISK.IMG FILE|DIR [FILE|DIR ...] /DESTINATION", "-d DOMAIN FILE|DIR [FILE|DIR ...] /DESTINATION"], operands: "files", options: [text(["-d", "--domain"], "DOMAIN", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image")] },
  function* (sys, argv) {
    return yield* runFileTool(sys, {
      prog: "virt-copy-in", readOnly: false, fewest: 2,
      *work({ appliance, root, operands }) {
        const host = appliance.sys;
        const target = operands.at(-1) ?? "/";
        for (const path of operands.slice(0, -1)) {
          if (kindOf(host, path) === undefined) throw new ToolError(`copy-in: ${path}: No such file or directory`);
          const taken = yield* take(host, path.replace(/(?<=.)\/+$/, ""));
          yield* appliance.inside(root, function* into(guest) {
            if (kindOf(guest, target, true) !== "directory") throw new GuestfsError(`copy-in: target ‘${target}’ is not a directory`);
            if (taken !== undefined) yield* put(guest, `${target}/${taken.name}`, taken);
          });
        }
        return 0;
      },
    }, argv);
  },
);
