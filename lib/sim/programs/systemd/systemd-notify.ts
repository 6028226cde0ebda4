// systemd-notify: a service's shell script says that it is ready.
import { encode, SysError } from "../../kernel/sys.ts";
import { exists, tryReadFile } from "../../daemons/systemd/api/files.ts";
import { parseUsers } from "../kit/accounts.ts";
import { flag, optionalText, text } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

export default systemdTool({
  name: "systemd-notify",
  path: "/bin/systemd-notify",
  summary: "tell the service manager how far a service is",
  synopsis: ["[OPTIONS...] [VARIABLE=VALUE...]"],
  options: {
    ready: flag(["--ready"], "the service is ready"),
    pid: optionalText(["--pid"], "PID", "the main process"),
    uid: text(["--uid"], "USER", "as this user"),
    status: text(["--status"], "TEXT", "a line for systemctl status"),
    booted: flag(["--booted"], "whether the system was booted with systemd"),
    noBlock: flag(["--no-block"], "do not wait"),
  },
  *run({ options, operands, sys }, io) {
    if (typeof options.pid === "string" && options.pid !== "auto" && !/^[1-9]\d*$/.test(options.pid)) {
      yield* complain(io, `Failed to parse PID ${options.pid}.`);
      return 1;
    }
    if (options.uid !== undefined && !parseUsers((yield* tryReadFile(sys, "/etc/passwd")) ?? "").some((user) => user.name === options.uid || String(user.uid) === options.uid)) {
      yield* complain(io, `Can't resolve user ${options.uid}: Invalid argument`);
      return 1;
    }
    const says = options.ready || options.status !== undefined || options.pid !== undefined;
    if (options.booted && says) {
      yield* complain(io, "--booted may not be combined with other options or arguments, refusing.");
      return 1;
    }
    if (options.booted) return exists(sys, "/run/systemd/system") ? 0 : 1;
    const path = sys.environment.get("NOTIFY_SOCKET");
    const lines = [...operands];
    if (options.ready) lines.push("READY=1");
    if (options.status !== undefined) lines.push(`STATUS=${options.status}`);
    if (options.pid !== undefined) lines.push(`MAINPID=${options.pid === true || options.pid === "auto" ? sys.getppid() : options.pid}`);
    if (lines.length === 0) {
      yield* complain(io, "systemd-notify: nothing to do.");
      return 1;
    }
    if (path === undefined) {
      yield* complain(io, "No status data could be sent: $NOTIFY_SOCKET was not set");
      return 1;
    }
    const fd = sys.socket("unix", "dgram");
    try {
      yield* sys.sendto(fd, encode(`${lines.join("\n")}\nHOTE_PID=${sys.getppid()}\n`), { family: "unix", path });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* complain(io, `Failed to notify init system: ${error.message}`);
      return 1;
    }
    return 0;
  },
});
