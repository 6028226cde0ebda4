// virt-edit 1.48 (virt-edit(1)): edits a file of a stopped machine, by an editor or an expression.
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { editCommand } from "../kit/guestfs/customize.ts";
import { GuestfsError } from "../kit/guestfs/guestfs-error.ts";
import { runFileTool } from "../kit/guestfs/tool.ts";
import { readBytes, removeIfThere, writeBytes } from "../kit/guestfs/tree.ts";
import { program, text } from "../kit/program.ts";
import { runShell, waitFor } from "../kit/shell-command.ts";

function* byExpression(guest: Sys, path: string, expression: string): Blocking<number> {
  const command = editCommand(path, expression);
  const pid = guest.fork(function* shell(own) {
    try {
      return yield* own.exec("/bin/sh", ["sh", "-c", command], new Map([["PATH", "/usr/bin:/bin"]]));
    } catch (error) {
      if (error instanceof SysError) return 127;
      throw error;
    }
  });
  const status = yield* waitFor(guest, pid);
  return status.kind === "exited" ? status.status : 1;
}

function* original(guest: Sys, path: string): Blocking<Uint8Array> {
  try {
    return yield* readBytes(guest, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new GuestfsError(`download: ${path}: ${error.message}`);
  }
}

export default program(
  {
    name: "virt-edit", showsHelp: true, summary: "edit a file of a virtual machine", synopsis: ["[--options] -d DOMNAME FILE [FILE ...]", "[--options] -a DISK.IMG FILE [FILE ...]"], operands: "files",
    options: [text(["-d", "--domain"], "DOMNAME", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image"), text(["-e", "--expr"], "EXPR", "instead of an editor")],
  },
  function* (sys, argv) {
    return yield* runFileTool(sys, {
      prog: "virt-edit", readOnly: false, fewest: 1, options: [{ names: ["-e", "--edit", "--expr"], value: "EXPR", help: "expression" }, { names: ["-b", "--backup"], value: "EXT", help: "keep the old file" }],
      *work({ appliance, root, operands, given }) {
        const host = appliance.sys;
        const expression = given.find((one) => one.name === "-e")?.value;
        for (const path of operands) {
          const before = yield* appliance.inside(root, (guest) => original(guest, path));
          if (expression !== undefined) {
            const status = yield* appliance.inside(root, (guest) => byExpression(guest, path, expression));
            if (status !== 0) return 1;
            continue;
          }
          const copy = `/tmp/libguestfs-edit-${path.slice(path.lastIndexOf("/") + 1)}`;
          yield* writeBytes(host, copy, before);
          const ended = yield* runShell(host, `${host.environment.get("EDITOR") ?? "vi"} ${copy}`);
          const after = yield* readBytes(host, copy);
          removeIfThere(host, copy);
          if (ended.kind !== "exited" || ended.status !== 0) return 1;
          if (decode(after) === decode(before)) yield* host.write(1, encode("File not changed.\n"));
          else yield* appliance.inside(root, (guest) => writeBytes(guest, path, after));
        }
        return 0;
      },
    }, argv);
  },
);
