// parallel of moreutils: a command for each of its arguments, or several commands, some of them at a time. (GNU parallel is another program.)

import { type Blocking, POLL, type Sys } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { execSearching } from "../kit/exec-path.ts";
import { readTextFile } from "../kit/accounts.ts";
import { exitedWith } from "./_child.ts";

interface Job {
  readonly pid: number;
  readonly pipes: Map<number, number>;
}

function* number(io: Io, given: string | undefined, least: number): Blocking<number | undefined> {
  if (given === undefined) return undefined;
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(given)) {
    yield* io.stderr(`option '${given}' is not a number\n`);
    return Number.NaN;
  }
  if (Number(given) >= least) return Number(given);
  yield* io.stderr(`option '${given}' is not a positive number\n`);
  return Number.NaN;
}

/** A machine runs as many jobs at once as it has processors. */
function* processors(sys: Sys): Blocking<number> {
  return Math.max(1, ((yield* readTextFile(sys, "/proc/cpuinfo")) ?? "").split("\n").filter((line) => line.startsWith("processor")).length);
}

export default gnu({
  name: "parallel", summary: "run a command for each argument, several at a time", synopsis: ["[OPTION]... COMMAND... -- ARG...", "[OPTION]... -- COMMAND..."], withoutVersion: true,
  options: { jobs: text(["-j"], "NUM", "so many at a time; the number of processors unless given"), load: text(["-l"], "NUM", "start none while the load is above NUM"), replace: flag(["-i"], "the argument goes where {} stands in the command"), count: text(["-n"], "NUM", "so many arguments a command") },
  operands: "commands", parsing: { stopAtOperand: true }, usageStatus: 1, tryLine: () => "parallel [OPTIONS] command -- arguments\n\tfor each argument, run command with argument, in parallel\nparallel [OPTIONS] -- commands\n\trun specified commands in parallel\n",
  *run({ options, operands, operandsBeforeDashes, sys }, io: Io) {
    const most = (yield* number(io, options.jobs, 0)) ?? (yield* processors(sys));
    const load = yield* number(io, options.load, 0);
    const count = (yield* number(io, options.count, 1)) ?? 1;
    if (Number.isNaN(most) || Number.isNaN(count) || Number.isNaN(load)) return 2;
    if (options.replace && options.count !== undefined) {
      yield* io.stderr("options -i and -n are incompatible\n");
      return 2;
    }
    const dashes = operandsBeforeDashes === 0 ? 0 : operands.indexOf("--");
    if (dashes < 0) return 0;
    const command = operands.slice(0, dashes);
    const given = operandsBeforeDashes === 0 ? operands : operands.slice(dashes + 1);
    const queue: (readonly string[])[] = [];
    if (command.length === 0) for (const line of given) queue.push(["/bin/sh", "-c", line]);
    else for (let at = 0; at < given.length; at += count) queue.push(options.replace ? command.map((word) => word.replaceAll("{}", given[at] ?? "")) : [...command, ...given.slice(at, at + count)]);
    const running = new Set<Job>();
    let status = 0;
    while (queue.length > 0 || running.size > 0) {
      while (queue.length > 0 && (most === 0 || running.size < most)) {
        if (load !== undefined && running.size > 0 && Number(((yield* readTextFile(sys, "/proc/loadavg")) ?? "0").split(" ")[0]) >= load) break;
        running.add(start(queue.shift() ?? []));
      }
      yield* pass();
    }
    return status;

    function start(argv: readonly string[]): Job {
      const [outRead, outWrite] = sys.pipe();
      const [errRead, errWrite] = sys.pipe();
      const pid = sys.fork(function* (child): Blocking<number> {
        child.dup2(outWrite, 1);
        child.dup2(errWrite, 2);
        for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
        yield* execSearching(child, argv[0] ?? "", argv);
        return 1;
      });
      sys.close(outWrite);
      sys.close(errWrite);
      return { pid, pipes: new Map([[outRead, 1], [errRead, 2]]) };
    }

    /** What the jobs say goes on piece by piece; a job whose pipes are closed is waited for. */
    function* pass(): Blocking<void> {
      const watched = [...running].flatMap(({ pipes }) => [...pipes.keys()].map((fd) => ({ fd, events: POLL.IN })));
      const ready = new Set((yield* sys.poll(watched, load === undefined ? null : 1_000_000)).map(({ fd }) => fd));
      for (const job of running) {
        for (const [fd, target] of job.pipes) {
          if (!ready.has(fd)) continue;
          const bytes = yield* sys.read(fd, 65_536);
          if (bytes.length > 0) yield* sys.write(target, bytes);
          else {
            sys.close(fd);
            job.pipes.delete(fd);
          }
        }
        if (job.pipes.size > 0) continue;
        running.delete(job);
        const ended = yield* sys.waitpid(job.pid);
        if (ended !== undefined) status |= exitedWith(ended.status);
      }
    }
  },
});
