// virt-ls 1.48 (virt-ls(1)): what is in a directory of a machine.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { GuestfsError } from "../kit/guestfs/guestfs-error.ts";
import { runFileTool } from "../kit/guestfs/tool.ts";
import { kindOf } from "../kit/guestfs/tree.ts";
import { waitFor } from "../kit/shell-command.ts";
import { flag, program, text } from "../kit/program.ts";

function namesOf(guest: Sys, path: string): readonly string[] {
  try {
    return guest.readdir(path).map((entry) => entry.name).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new GuestfsError(`ls0: ${path}: ${error.message}`);
  }
}

function* below(guest: Sys, path: string, prefix: string): Blocking<readonly string[]> {
  const found: string[] = [];
  for (const name of namesOf(guest, path)) {
    if (guest.charge(1)) yield* guest.preempt();
    found.push(`${prefix}${name}`);
    if (kindOf(guest, `${path}/${name}`) === "directory") found.push(...(yield* below(guest, `${path}/${name}`, `${prefix}${name}/`)));
  }
  return found;
}

function* longList(guest: Sys, path: string): Blocking<void> {
  namesOf(guest, path);
  const pid = guest.fork(function* ls(own) {
    try {
      return yield* own.exec("/bin/ls", ["ls", "-la", path], new Map([["LC_ALL", "C"]]));
    } catch (error) {
      if (error instanceof SysError) return 127;
      throw error;
    }
  });
  yield* waitFor(guest, pid);
}

export default program(
  {
    name: "virt-ls", showsHelp: true, summary: "list files of a virtual machine", synopsis: ["[--options] -d DOMNAME DIRECTORY [DIRECTORY...]", "[--options] -a DISK.IMG DIRECTORY [DIRECTORY...]"], operands: "files",
    options: [text(["-d", "--domain"], "DOMNAME", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image"), flag(["-l", "--long"], "with modes and owners"), flag(["-R", "--recursive"], "with what is below")],
  },
  function* (sys, argv) {
    return yield* runFileTool(sys, {
      prog: "virt-ls", readOnly: true, fewest: 1,
      options: [{ names: ["-l", "--long"], help: "long" }, { names: ["-R", "--recursive"], help: "recursive" }, { names: ["-h", "--human-readable"], help: "sizes for people" }],
      *work({ appliance, root, operands, given }) {
        const has = (name: string): boolean => given.some((one) => one.name === name);
        return yield* appliance.inside(root, function* list(guest) {
          for (const path of operands) {
            if (has("-R")) {
              const lines = yield* below(guest, path === "/" ? "" : path, "");
              yield* guest.write(1, encode(lines.map((line) => `/${line}\n`).join("")));
            } else if (has("-l")) yield* longList(guest, path);
            else yield* guest.write(1, encode(namesOf(guest, path).map((name) => `${name}\n`).join("")));
          }
          return 0;
        });
      },
    }, argv);
  },
);
