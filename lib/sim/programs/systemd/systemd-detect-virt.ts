// systemd-detect-virt: container first, then the virtual machine, from what the kernel shows.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "../../daemons/systemd/api/files.ts";
import { detectContainer, detectVirtualMachine, VIRTUALIZATIONS } from "../../daemons/systemd/api/virtualization.ts";
import { flag } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

function* inChroot(sys: Sys): Blocking<boolean> {
  try {
    const own = sys.stat("/");
    const init = sys.stat("/proc/1/root/.");
    yield* sys.preempt();
    return own.dev !== init.dev || own.ino !== init.ino;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

export default systemdTool({
  name: "systemd-detect-virt",
  path: "/bin/systemd-detect-virt",
  summary: "tell in what kind of virtual machine or container this system runs",
  synopsis: ["[OPTIONS...]"],
  exitStatuses: [["0", "virtualisation was found"], ["1", "it was not"]],
  options: {
    container: flag(["-c", "--container"], "containers only"),
    vm: flag(["-v", "--vm"], "virtual machines only"),
    chroot: flag(["-r", "--chroot"], "whether this is a chroot"),
    privateUsers: flag(["--private-users"], "whether this is a user namespace"),
    cvm: flag(["--cvm"], "whether the virtual machine is a confidential one"),
    quiet: flag(["-q", "--quiet"], "no output"),
    list: flag(["--list"], "all known technologies"),
  },
  *run({ options, operands, sys }, io) {
    if (options.list) {
      io.out.put(VIRTUALIZATIONS.map((name) => `${name}\n`).join(""));
      return 0;
    }
    if (operands.length > 0) {
      yield* complain(io, `systemd-detect-virt takes no arguments.`);
      return 1;
    }
    if (options.chroot) return (yield* inChroot(sys)) ? 0 : 1;
    if (options.privateUsers) {
      const map = ((yield* tryReadFile(sys, "/proc/self/uid_map")) ?? "").trim().split(/\s+/);
      return map[0] === "0" && map[1] === "0" && map[2] === "4294967295" ? 1 : 0;
    }
    if (options.cvm) {
      if (!options.quiet) io.out.put("none\n");
      return 1;
    }
    let found = "none";
    if (!options.vm) found = yield* detectContainer(sys);
    if (found === "none" && !options.container) found = yield* detectVirtualMachine(sys);
    if (!options.quiet) io.out.put(`${found}\n`);
    return found === "none" ? 1 : 0;
  },
});
