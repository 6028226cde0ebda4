// lpstat: queues and jobs (lpstat(1) of CUPS). Each option is answered in its turn.
import type { Blocking } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import type { Io } from "../kit/program.ts";
import type { CupsState, JobView, PrinterView } from "../cups-daemon/_protocol.ts";
import { clock, CONNECTION, cups, cupsState, defaultDestination, isActive, shownDevice } from "./_client.ts";

const listed = (words: string): readonly string[] => words.split(/[\s,]+/).filter((word) => word !== "");

export default cups({
  name: "lpstat", summary: "print cups status information", usage: ["[options]"],
  options: [...CONNECTION, ["-l", "Show more of each"], ["-H", "Show which server is asked"], ["-W which", "Which jobs: completed, not-completed or all"], ["-a [destination(s)]", "Show whether queues accept jobs"], ["-c [class(es)]", "Show classes and their printers"], ["-d", "Show the default queue"], ["-e", "Show what can be printed on"], ["-o [destination(s)]", "Show jobs"], ["-p [printer(s)]", "Show printers, and what they print"], ["-r", "Show whether the server runs"], ["-R", "Show the ranks of jobs"], ["-s", "Show a summary"], ["-t", "Show everything"], ["-u [user(s)]", "Show jobs of these users"], ["-v [printer(s)]", "Show the device of each queue"]],
  optional: "acopuv",
  *run({ sys, given }, io) {
    const state = yield* cupsState(sys);
    const time = yield* clock(sys);
    let [long, ranking] = [false, false];
    let which = "not-completed";
    let status = 0;
    let shown = false;
    const complain = function* (text: string): Blocking<undefined> {
      yield* io.stderr(`lpstat: ${text}\n`);
      status = 1;
      return undefined;
    };
    const chosen = function* (words: string, from: readonly PrinterView[]): Blocking<readonly PrinterView[] | undefined> {
      const names = listed(words);
      const wrong = names.find((name) => !state?.printers.some((one) => one.name === name));
      if (wrong !== undefined) return yield* complain(`Invalid destination name in list "${words}".`);
      if (names.length === 0 && (state?.printers.length ?? 0) === 0) return yield* complain("No destinations added.");
      return names.length === 0 ? from : from.filter((one) => names.includes(one.name));
    };
    const jobs = (wanted: (job: JobView) => boolean): void => {
      let all = (state?.jobs ?? []).filter(wanted).filter((job) => (which === "all" ? true : which === "completed" ? !isActive(job) : isActive(job)));
      if (which === "all") all = [...all].sort((a, b) => a.id - b.id);
      for (const [rank, job] of all.entries()) {
        const name = `${job.printer}-${job.id}`;
        io.out.put(`${ranking ? `${String(rank).padStart(3)} ${name.padEnd(21)}` : name.padEnd(23)} ${job.user.padEnd(13)} ${String(job.kilobytes * 1024).padStart(8)}${ranking ? " " : "   "}${time(job.created)}\n`);
        if (long) io.say(`\tAlerts: ${job.state === "held" ? "job-hold-until-specified" : job.state === "processing" ? "job-printing" : job.state === "completed" ? "processing-to-stop-point" : job.state === "canceled" ? "job-canceled-by-user" : "none"}\n\tqueued for ${job.printer}\n`);
      }
    };
    const accepting = function* (words: string): Blocking<void> {
      for (const one of (yield* chosen(words, state?.printers ?? [])) ?? []) io.say(one.accepting ? `${one.name} accepting requests since ${time(one.changed)}\n` : `${one.name} not accepting requests since ${time(one.changed)} -\n\t${one.message || "reason unknown"}\n`);
    };
    const printers = function* (words: string): Blocking<void> {
      for (const one of (yield* chosen(words, state?.printers ?? [])) ?? []) printerLine(io, one, state, time, long);
    };
    const classes = function* (words: string): Blocking<void> {
      for (const one of (yield* chosen(words, state?.printers ?? [])) ?? []) if (one.class) io.out.put(`members of class ${one.name}:\n${one.members.map((member) => `\t${member}\n`).join("")}`);
    };
    const devices = function* (words: string): Blocking<void> {
      for (const one of (yield* chosen(words, state?.printers ?? [])) ?? []) io.say(`device for ${one.name}: ${shownDevice(one.uri)}\n`);
    };
    const defaultLine = function* (): Blocking<void> {
      const name = yield* defaultDestination(sys, state);
      io.out.put(name === undefined ? "no system default destination\n" : state?.printers.some((one) => one.name === name) === false ? `lpstat: error - "${name}" is not a printer.\n` : `system default destination: ${name}\n`);
    };
    const running = (): void => io.out.put(`scheduler is ${state === undefined ? "not " : ""}running\n`);
    for (const [key, value] of given) {
      if (key === "W") {
        if (!["completed", "not-completed", "all", "successful"].includes(value)) {
          yield* io.stderr(`lpstat: Error - need "completed", "not-completed", or "all" after "-W" option.\n`);
          return 1;
        }
        which = value;
        continue;
      }
      // they count for what follows
      long ||= key === "l";
      ranking ||= key === "R";
      if ("EhlUR".includes(key) && key !== "") continue;
      shown = true;
      if (key === "r") running();
      else if (key === "H") io.out.put("/run/cups/cups.sock\n");
      else if (key === "t") {
        running();
        if (state === undefined) return status;
        yield* defaultLine();
        for (const part of [classes, devices, accepting, printers]) yield* part("");
        jobs(() => true);
      } else if (key === "d") yield* defaultLine();
      else if (state === undefined) {
        // what needs the server fails, the rest is still shown
        if (key === "s") yield* defaultLine();
        if (key !== "e") status = yield* noScheduler(io);
        if (key === "s") status = yield* noScheduler(io);
      } else if (key === "s") {
        yield* defaultLine();
        yield* classes("");
        yield* devices("");
      } else if (key === "e") for (const one of state.printers) io.out.put(`${one.name}\n`);
      else if (key === "a") yield* accepting(value);
      else if (key === "p") yield* printers(value);
      else if (key === "c") yield* classes(value);
      else if (key === "v") yield* devices(value);
      else if (key === "u") jobs((job) => listed(value).length === 0 || listed(value).includes(job.user));
      else if (key === "o" || key === "") {
        const names = listed(value);
        const wrong = names.find((name) => !state.printers.some((one) => one.name === name.replace(/-\d+$/, "")) && !state.printers.some((one) => one.name === name));
        if (wrong !== undefined) {
          yield* complain(`Invalid destination name in list "${value}".`);
          return 1;
        }
        jobs((job) => names.length === 0 || names.includes(job.printer) || names.includes(`${job.printer}-${job.id}`));
      }
    }
    if (!shown) {
      if (state === undefined) return yield* noScheduler(io);
      const name = (yield* Accounts.read(sys)).userById(sys.getcred().ruid)?.name ?? "";
      jobs((job) => job.user === name);
    }
    return status;
  },
});

function* noScheduler(io: Io): Blocking<number> {
  yield* io.stderr("lpstat: Scheduler is not running.\n");
  return 1;
}

function printerLine(io: Io, one: PrinterView, state: CupsState | undefined, time: (seconds: number) => string, long: boolean): void {
  const since = time(one.changed);
  const job = state?.jobs.find((other) => other.state === "processing" && other.printer === one.name);
  io.out.put(one.state === "stopped" ? `printer ${one.name} disabled since ${since} -\n` : one.state === "processing" ? `printer ${one.name} now printing ${one.name}-${job?.id ?? 0}.  enabled since ${since}\n` : `printer ${one.name} is idle.  enabled since ${since}\n`);
  if (one.message !== "" || one.state === "stopped") io.out.put(`\t${one.message || "reason unknown"}\n`);
  if (!long) return;
  const rest = ["Form mounted:", "Content types: any", "Printer types: unknown", `Description: ${one.info}`, `Alerts: ${one.state === "stopped" ? "paused" : "none"}`, `Location: ${one.location}`, "Connection: direct", "On fault: no alert", "After fault: continue", "Users allowed:", "\t(all)", "Forms allowed:", "\t(none)", "Banner required", "Charset sets:", "\t(none)", "Default pitch:", "Default page size:", "Default port settings:"];
  io.out.put(rest.map((line) => `\t${line}\n`).join(""));
}
