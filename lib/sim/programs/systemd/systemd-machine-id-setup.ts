// systemd-machine-id-setup: fills /etc/machine-id when it is missing, empty or "uninitialized".
import { SysError } from "../../kernel/sys.ts";
import { tryReadFile, writeFile } from "../../daemons/systemd/api/files.ts";
import { flag, text } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

const valid = /^[0-9a-f]{32}$/;

export default systemdTool({
  name: "systemd-machine-id-setup",
  path: "/bin/systemd-machine-id-setup",
  summary: "initialise the machine's identifier",
  synopsis: ["[OPTIONS...]"],
  options: {
    root: text(["--root"], "PATH", "below this directory"),
    image: text(["--image"], "PATH", "in this disk image"),
    commit: flag(["--commit"], "store a transient identifier"),
    print: flag(["--print"], "show the identifier"),
  },
  *run({ options, operands, sys }, io) {
    if (operands.length > 0) {
      yield* complain(io, "Extraneous arguments");
      return 1;
    }
    const root = options.root ?? "";
    const path = `${root}/etc/machine-id`;
    if (options.commit) return 0;
    let id = ((yield* tryReadFile(sys, path)) ?? "").trim();
    if (!valid.test(id)) {
      if (sys.getcred().euid !== 0) {
        yield* complain(io, `Cannot open ${path} for writing: Permission denied`);
        return 1;
      }
      const dbus = ((yield* tryReadFile(sys, `${root}/var/lib/dbus/machine-id`)) ?? "").trim();
      if (valid.test(dbus)) {
        id = dbus;
        yield* complain(io, "Initializing machine ID from D-Bus machine ID.");
      } else {
        id = [...sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        yield* complain(io, "Initializing machine ID from random generator.");
      }
      try {
        try {
          sys.unlink(path);
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
        }
        yield* writeFile(sys, path, `${id}\n`, 0o444);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* complain(io, `Failed to write machine ID: ${error.message}`);
        return 1;
      }
    }
    if (options.print) io.out.put(`${id}\n`);
    return 0;
  },
});
