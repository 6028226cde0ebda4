// loginctl: sessions and users as systemd-logind knows them. Without libpam-systemd nobody registers one.
import { isFailure } from "../../daemons/systemd/api/protocol.ts";
import { names, tryReadFile } from "../../daemons/systemd/api/files.ts";
import { flag, text, texts } from "../kit/gnu.ts";
import { complain, connect, systemdTool } from "./_systemd.ts";
import { renderTable } from "./_table.ts";

export default systemdTool({
  name: "loginctl",
  path: "/bin/loginctl",
  summary: "show and control logins",
  synopsis: ["[OPTIONS...] COMMAND ..."],
  options: {
    property: texts(["-p", "--property"], "NAME", "show these properties only"),
    value: flag(["--value"], "values without names"),
    all: flag(["-a", "--all"], "empty properties too"),
    full: flag(["-l", "--full"], "do not shorten"),
    killWhom: text(["--kill-whom", "--kill-who"], "WHOM", "whom to signal"),
    signal: text(["-s", "--signal"], "SIGNAL", "the signal"),
    lines: text(["-n", "--lines"], "INTEGER", "lines of the journal"),
    output: text(["-o", "--output"], "STRING", "how the journal's lines look"),
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    noLegend: flag(["--no-legend"], "no headers and hints"),
    noAsk: flag(["--no-ask-password"], "never ask for a password"),
  },
  *run({ options, operands, sys }, io) {
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    const state = yield* bus.call({ op: "load", units: ["systemd-logind.service"] });
    bus.close();
    if (isFailure(state) || state.units[0]?.active !== "active") {
      yield* complain(io, "Failed to list sessions: Could not activate remote peer: unit failed.");
      return 1;
    }
    const [verb = "list-sessions", argument] = operands;
    switch (verb) {
      case "list-sessions": {
        const rows: string[][] = [];
        for (const id of names(sys, "/run/systemd/sessions")) {
          const body = (yield* tryReadFile(sys, `/run/systemd/sessions/${id}`)) ?? "";
          const get = (key: string): string => new RegExp(`^${key}=(.*)$`, "m").exec(body)?.[1] ?? "";
          rows.push([id, get("UID"), get("USER"), get("SEAT"), get("TTY")]);
        }
        if (rows.length === 0) {
          if (!options.noLegend) io.out.put("No sessions.\n");
          return 0;
        }
        io.out.put(renderTable(sys, { header: options.noLegend ? undefined : ["SESSION", "UID", "USER", "SEAT", "TTY"], rows, width: Number.POSITIVE_INFINITY, right: [0, 1] }));
        if (!options.noLegend) io.out.put(`\n${rows.length} sessions listed.\n`);
        return 0;
      }
      case "list-users":
        if (!options.noLegend) io.out.put("No users.\n");
        return 0;
      case "list-seats":
        io.out.put(`${options.noLegend ? "" : "SEAT \n"}seat0\n${options.noLegend ? "" : "\n1 seats listed.\n"}`);
        return 0;
      case "show-session":
      case "session-status":
      case "terminate-session":
      case "lock-session":
        yield* complain(io, argument === undefined ? "Failed to get session: Caller does not belong to any known session" : `Failed to get session: No session '${argument}' known`);
        return 1;
      case "show-user":
      case "user-status":
        yield* complain(io, argument === undefined ? "Failed to get user: Caller does not belong to any logged in user" : `Failed to get user: User ID ${/^\d+$/.test(argument) ? argument : "0"} is not logged in or lingering`);
        return 1;
      case "enable-linger":
      case "disable-linger":
        if (sys.getcred().euid !== 0) {
          yield* complain(io, "Could not enable linger: Access denied");
          return 1;
        }
        return 0;
      default:
        yield* complain(io, `Unknown command verb ${verb}.`);
        return 1;
    }
  },
});
