// The dialect of systemd's own tools: getopt_long, messages of one line without "Try", version text; a connection to PID 1; the pager.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { ManagerConnection } from "../../daemons/systemd/api/protocol.ts";
import type { Command } from "../kit/command.ts";
import { type GnuDeclaration, gnu, type Io } from "../kit/gnu.ts";
import type { Options } from "../kit/option.ts";

const FEATURES = "+PAM +AUDIT +SELINUX +APPARMOR +IMA +SMACK +SECCOMP +GCRYPT -GNUTLS +OPENSSL +ACL +BLKID +CURL +ELFUTILS +FIDO2 +IDN2 -IDN +IPTC +KMOD +LIBCRYPTSETUP +LIBFDISK +PCRE2 -PWQUALITY +P11KIT +QRENCODE +TPM2 +BZIP2 +LZ4 +XZ +ZLIB +ZSTD -BPF_FRAMEWORK -XKBCOMMON +UTMP +SYSVINIT default-hierarchy=unified";

export function systemdTool<const O extends Options>(spec: Omit<GnuDeclaration<O>, "project" | "version" | "tryLine">): Command {
  return gnu({ ...spec, project: "systemd", version: "252", versionText: `systemd 252 (252.39-1~deb12u2)\n${FEATURES}\n`, tryLine: () => "" });
}

/** A line of the log: "Failed to ...: reason" without the program's name, as systemd's tools write it. On a terminal errors are red, warnings yellow, notices bold. */
export function* complain(io: Io, message: string, level: "error" | "warning" | "notice" | "info" = "error"): Blocking<void> {
  const colour = level === "info" || !wantsColour(io.sys) ? undefined : level === "error" ? RED : level === "warning" ? YELLOW : BOLD;
  yield* io.stderr(`${colour === undefined ? message : message.split("\n").map((line) => (line === "" ? "" : `${colour}${line}${NORMAL}`)).join("\n")}\n`);
}

export function* connect(io: Io): Blocking<ManagerConnection | undefined> {
  const { sys } = io;
  try {
    sys.stat("/run/systemd/system");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* complain(io, "System has not been booted with systemd as init system (PID 1). Can't operate.");
    yield* complain(io, "Failed to connect to bus: Host is down");
    return undefined;
  }
  try {
    return yield* ManagerConnection.open(sys);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* complain(io, `Failed to connect to bus: ${error.message}`);
    return undefined;
  }
}

/** Before a request that needs a privilege: on a terminal systemd starts polkit's agent, which a host without polkit does not have. */
export function* startAgent(io: Io): Blocking<void> {
  const { sys } = io;
  if (sys.getcred().euid === 0 || !sys.isatty(0)) return;
  try {
    sys.stat("/usr/bin/pkttyagent");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* complain(io, `Failed to execute /usr/bin/pkttyagent: ${error.message}`);
  }
}

/** Where withPager keeps the terminal while standard output is the pager. */
const pagerTerminal = 10;

/** Both standard output (or what is behind the pager) and standard error must be a terminal that is not dumb. */
export function wantsColour(sys: Sys): boolean {
  const asked = sys.environment.get("SYSTEMD_COLORS");
  if (asked !== undefined) return !/^(?:0|no|n|false|f|off)$/i.test(asked);
  if (sys.environment.has("NO_COLOR")) return false;
  return (sys.isatty(pagerTerminal) || (sys.isatty(1) && sys.isatty(2))) && (sys.environment.get("TERM") ?? "dumb") !== "dumb";
}

export const GREEN = "\x1b[0;1;32m";
export const RED = "\x1b[0;1;31m";
export const YELLOW = "\x1b[0;1;38;5;185m";
export const GREY = "\x1b[0;38;5;245m";
export const BLUE = "\x1b[0;1;34m";
export const BOLD = "\x1b[0;1;39m";
export const UNDERLINE = "\x1b[0;4m";
export const NORMAL = "\x1b[0m";

/** Columns that output may take; Infinity when it is no terminal. */
export function columns(sys: Sys): number {
  if (!sys.isatty(1)) return Number.POSITIVE_INFINITY;
  const asked = Number(sys.environment.get("COLUMNS"));
  if (Number.isInteger(asked) && asked > 0) return asked;
  return sys.getWindowSize(1).cols || 80;
}

/** What the real columns() says: $COLUMNS, the terminal's (before the pager), else 80. */
export function terminalColumns(sys: Sys): number {
  const asked = Number(sys.environment.get("COLUMNS"));
  if (Number.isInteger(asked) && asked > 0) return asked;
  const fd = sys.isatty(1) ? 1 : pagerTerminal;
  return sys.isatty(fd) ? sys.getWindowSize(fd).cols || 80 : 80;
}

const pagerOf = (sys: Sys): string => sys.environment.get("SYSTEMD_PAGER") ?? sys.environment.get("PAGER") ?? "less";

/** Whether withPager puts the output into one. */
export function hasPager(sys: Sys, wanted: boolean): boolean {
  return wanted && sys.isatty(1) && !["", "cat"].includes(pagerOf(sys).trim()) && (sys.environment.get("TERM") ?? "dumb") !== "dumb";
}

/**
 * Runs `write` with standard output into the pager when it is a terminal: $SYSTEMD_PAGER, $PAGER, then less with systemd's options. An empty word or "cat" is
 * no pager.
 */
export function* withPager(io: Io, wanted: boolean, write: () => Blocking<number>): Blocking<number> {
  const { sys } = io;
  if (!hasPager(sys, wanted)) return yield* write();
  const pager = pagerOf(sys);
  const [readEnd, writeEnd] = sys.pipe();
  const words = pager.split(/\s+/);
  const pid = sys.fork(function* page(child) {
    child.dup2(readEnd, 0);
    child.close(readEnd);
    child.close(writeEnd);
    const environment = new Map(child.environment);
    environment.set("LESS", sys.environment.get("SYSTEMD_LESS") ?? "FRSXMK").set("LESSCHARSET", "utf-8").set("LESSSECURE", "1");
    for (const directory of ["/usr/local/bin", "/usr/bin", "/bin"]) {
      const path = words[0]?.includes("/") === true ? words[0] : `${directory}/${words[0] ?? ""}`;
      try {
        return yield* child.exec(path, words, environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    for (;;) {
      const bytes = yield* child.read(0, 65_536);
      if (bytes.length === 0) return 0;
      yield* child.write(1, bytes);
    }
  });
  sys.close(readEnd);
  const saved = sys.dup(1, pagerTerminal);
  sys.dup2(writeEnd, 1);
  sys.close(writeEnd);
  let status = 0;
  try {
    status = yield* write();
    yield* io.out.flush();
  } finally {
    sys.dup2(saved, 1);
    sys.close(saved);
    yield* sys.waitpid(pid);
  }
  return status;
}


/** "176.0K", "1.2G": format_bytes of systemd. */
export function formatBytes(bytes: number): string {
  const units = ["E", "P", "T", "G", "M", "K"];
  for (const [index, unit] of units.entries()) {
    const size = 1024 ** (units.length - index);
    if (bytes >= size) return `${Math.floor(bytes / size)}.${Math.floor(((bytes / size) * 10) % 10)}${unit}`;
  }
  return `${bytes}B`;
}
