// systemd-inhibit: a program during which the machine does not shut down or sleep (systemd-inhibit(1)). logind keeps a file for each lock.
import { type Blocking, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { exists, makeDirectories, names, tryReadFile, writeFile } from "../../daemons/systemd/api/files.ts";
import { Accounts } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, text } from "../kit/gnu.ts";
import { columns, complain, connect, systemdTool, withPager } from "./_systemd.ts";
import { renderTable } from "./_table.ts";

const DIRECTORY = "/run/systemd/inhibit";
const KINDS = ["shutdown", "sleep", "idle", "handle-power-key", "handle-suspend-key", "handle-hibernate-key", "handle-lid-switch", "handle-reboot-key"];

interface Lock {
  readonly who: string;
  readonly uid: number;
  readonly pid: number;
  readonly what: string;
  readonly why: string;
  readonly mode: string;
}

/** Those whose holder lives. */
function* locks(sys: Sys): Blocking<readonly Lock[]> {
  const found: Lock[] = [];
  for (const name of [...names(sys, DIRECTORY)].sort((a, b) => Number(a) - Number(b))) {
    const fields = new Map(((yield* tryReadFile(sys, `${DIRECTORY}/${name}`)) ?? "").split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
    const pid = Number(fields.get("PID"));
    if (exists(sys, `/proc/${pid}`)) found.push({ who: fields.get("WHO") ?? "", uid: Number(fields.get("UID")), pid, what: fields.get("WHAT") ?? "", why: fields.get("WHY") ?? "", mode: fields.get("MODE") ?? "" });
  }
  return found;
}

export default systemdTool({
  name: "systemd-inhibit", path: "/bin/systemd-inhibit", summary: "while a program runs, forbid shutdown, sleep or idling", synopsis: ["[OPTIONS...] COMMAND ..."], operands: "commands", parsing: { stopAtOperand: true }, seeAlso: ["systemd-logind(8)", "loginctl(1)"],
  options: {
    what: text(["--what"], "WHAT", "what is prevented, with colons: shutdown, sleep, idle, handle-power-key…"), who: text(["--who"], "STRING", "who prevents it"), why: text(["--why"], "STRING", "the reason"), mode: text(["--mode"], "MODE", "block or delay"),
    list: flag(["--list"], "show the locks there are"), noPager: flag(["--no-pager"], "do not pipe the output into a pager"), noLegend: flag(["--no-legend"], "no headers and hints"),
  },
  *run({ options, operands, sys }, io) {
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    bus.close();
    if (options.list || operands.length === 0) {
      const accounts = yield* Accounts.read(sys);
      const rows: string[][] = [];
      for (const { who, uid, pid, what, why, mode } of yield* locks(sys)) rows.push([who, String(uid), accounts.userName(uid), String(pid), ((yield* tryReadFile(sys, `/proc/${pid}/comm`)) ?? "").trim(), what, why, mode]);
      return yield* withPager(io, !options.noPager, function* () {
        if (rows.length > 0) io.out.put(renderTable(sys, { header: options.noLegend ? undefined : ["WHO", "UID", "USER", "PID", "COMM", "WHAT", "WHY", "MODE"], rows, width: columns(sys) }));
        if (!options.noLegend) io.out.put(rows.length === 0 ? "No inhibitors.\n" : `\n${rows.length} inhibitors listed.\n`);
        yield* io.out.flush();
        return 0;
      });
    }
    const what = options.what ?? "idle:sleep:shutdown";
    const mode = options.mode ?? "block";
    const wrong = what.split(":").some((kind) => !KINDS.includes(kind)) || !["block", "delay"].includes(mode);
    if (wrong || sys.getcred().euid !== 0) {
      yield* complain(io, `Failed to inhibit: ${wrong ? "Invalid argument" : "Access denied"}`);
      return 1;
    }
    makeDirectories(sys, DIRECTORY);
    let number = 1;
    while (exists(sys, `${DIRECTORY}/${number}`)) number++;
    const file = `${DIRECTORY}/${number}`;
    const sorted = KINDS.filter((kind) => what.split(":").includes(kind)).join(":");
    yield* writeFile(sys, file, `# This is private data. Do not parse.\nWHAT=${sorted}\nMODE=${mode}\nUID=0\nPID=${sys.getpid()}\nWHO=${options.who ?? operands.join(" ")}\nWHY=${options.why ?? "Unknown reason"}\n`, 0o600);
    for (const signal of [SIGNALS.INT, SIGNALS.TERM]) sys.sigaction(signal, "ignore");
    const child = sys.fork(function* (inner) {
      for (const signal of [SIGNALS.INT, SIGNALS.TERM]) inner.sigaction(signal, "default");
      const failed = yield* execSearching(inner, operands[0] ?? "", operands);
      yield* complain(io, `Failed to execute ${operands[0] ?? ""}: ${failed.message}`);
      return 1;
    });
    const ended = yield* sys.waitpid(child);
    try {
      sys.unlink(file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const { status } = ended ?? {};
    return status?.kind === "exited" ? status.status : status?.kind === "signaled" ? 128 + status.signal : 1;
  },
});
