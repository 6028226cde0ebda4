// busybox, put together: its applets share the work of other packages' programs (which its own package may not import), and ash is the shell in
// busybox's wording.
import type { Program } from "../kernel/sys.ts";
import { isApplet, makeBusybox } from "../programs/busybox-static/_make-busybox.ts";
import { makeAsh } from "../shell/bash.ts";
import { commands } from "./registry.generated.ts";
import { shellDependencies } from "./shell-programs.ts";

/** Packages whose programs do an applet's work, where the applet has no form of its own. */
const PACKAGES = [
  "coreutils", "findutils", "grep", "sed", "mawk", "tar", "gzip", "bzip2", "xz-utils", "cpio", "diffutils", "patch", "util-linux", "mount", "bsdutils", "bsdextrautils", "procps", "psmisc", "login", "passwd", "adduser",
  "hostname", "debianutils", "less", "vim-tiny", "bc", "dc", "xxd", "ncal", "ncurses-bin", "time", "kmod", "e2fsprogs", "fdisk", "iputils-ping", "net-tools", "binutils", "unzip", "openssl", "cron", "systemd",
];
const RENAMED = new Map([["awk", "mawk/mawk"], ["vi", "vim-tiny/vi"], ["egrep", "grep/grep"], ["fgrep", "grep/grep"], ["[[", "coreutils/bracket"], ["[", "coreutils/bracket"], ["more", "util-linux/more"], ["usleep", "coreutils/sleep"]]);

function sharedProgram(applet: string): Program | undefined {
  const renamed = RENAMED.get(applet);
  const found = renamed !== undefined ? commands.get(renamed) : PACKAGES.map((name) => commands.get(`${name}/${applet}`)).find((command) => command !== undefined);
  if (!found) return undefined;
  const { program } = found;
  switch (applet) {
    case "egrep": return (sys, argv) => program(sys, ["grep", "-E", ...argv.slice(1)]);
    case "fgrep": return (sys, argv) => program(sys, ["grep", "-F", ...argv.slice(1)]);
    case "[[": return (sys, argv) => program(sys, ["[", ...argv.slice(1, -1), "]"]);
    case "usleep": return (sys, argv) => program(sys, ["sleep", String(Number(argv[1] ?? 0) / 1e6)]);
    default: return program;
  }
}

const ash: Program = makeAsh({ ...shellDependencies, isApplet, runApplet: (sys, argv) => busyboxProgram(sys, argv) });

export const busyboxProgram: Program = makeBusybox({ shared: sharedProgram, shell: ash });
