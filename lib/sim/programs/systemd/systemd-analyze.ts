// systemd-analyze: how long the boot took, and checks of unit files, calendars and time spans.
import { milliseconds, startupFinished, userMs } from "../../daemons/systemd/api/boot-times.ts";
import { readUnit, UnitPaths } from "../../daemons/systemd/api/unit-files.ts";
import { formatCalendar, nextElapse, parseCalendar } from "../../daemons/systemd/api/calendar.ts";
import { exists, readFile } from "../../daemons/systemd/api/files.ts";
import { isFailure } from "../../daemons/systemd/api/protocol.ts";
import { formatRelative, formatTimeSpan, formatTimestamp, parseTimeSpan } from "../../daemons/systemd/api/time-span.ts";
import { parseTimestampWord } from "../../daemons/systemd/api/timestamp-word.ts";
import { mangleUnitName, unitTypeOf } from "../../daemons/systemd/api/unit-name.ts";
import { UnitText } from "../../daemons/systemd/api/unit-text.ts";
import { flag, text } from "../kit/gnu.ts";
import { complain, connect, systemdTool } from "./_systemd.ts";

/** How long the units of the reference guest's boot took, in milliseconds. */
const bootTimes: readonly (readonly [unit: string, ms: number])[] = [
  ["networking.service", 1613], ["dev-vda1.device", 1094], ["systemd-udev-trigger.service", 611], ["systemd-logind.service", 402], ["systemd-journald.service", 352], ["ssh.service", 331], ["systemd-tmpfiles-setup.service", 249], ["systemd-udevd.service", 231],
  ["systemd-modules-load.service", 203], ["e2scrub_reap.service", 187], ["systemd-journal-flush.service", 155], ["systemd-sysusers.service", 152], ["systemd-random-seed.service", 146], ["systemd-sysctl.service", 130], ["systemd-user-sessions.service", 98],
  ["systemd-update-utmp.service", 77], ["systemd-remount-fs.service", 71], ["ifupdown-pre.service", 60], ["kmod-static-nodes.service", 41], ["systemd-update-utmp-runlevel.service", 33],
];

export default systemdTool({
  name: "systemd-analyze",
  path: "/usr/bin/systemd-analyze",
  summary: "look into the boot and into unit files",
  synopsis: ["[OPTIONS...] COMMAND ..."],
  options: {
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    system: flag(["--system"], "the system's manager (default)"),
    user: flag(["--user"], "the caller's own manager"),
    iterations: text(["--iterations"], "N", "how many times a calendar is worked out"),
    baseTime: text(["--base-time"], "TIMESTAMP", "where a calendar is worked out from"),
    man: text(["--man"], "BOOL", "whether manual pages are checked"),
    quiet: flag(["-q", "--quiet"], "no hints"),
  },
  *run({ options, operands, sys }, io) {
    const [verb = "time", ...rest] = operands;
    const nowUs = sys.clockUs("realtime");
    switch (verb) {
      case "time": {
        const bus = yield* connect(io);
        if (bus === undefined) return 1;
        io.out.put(`${startupFinished.replace(/\.$/, " ")}\ngraphical.target reached after ${milliseconds(userMs - 20)} in userspace.\n`);
        return 0;
      }
      case "blame": {
        const width = Math.max(...bootTimes.map(([, value]) => milliseconds(value).length));
        for (const [unit, value] of bootTimes) io.out.put(`${milliseconds(value).padStart(width)} ${unit}\n`);
        return 0;
      }
      case "critical-chain": {
        io.out.put("The time when unit became active or started is printed after the \"@\" character.\nThe time the unit took to start is printed after the \"+\" character.\n\n");
        const chain: readonly (readonly [string, number, number])[] = [["graphical.target", userMs - 20, 0], ["multi-user.target", userMs - 21, 0], ["ssh.service", userMs - 352, 331], ["network.target", userMs - 360, 0], ["networking.service", userMs - 1975, 1613], ["ifupdown-pre.service", userMs - 2040, 60], ["systemd-udev-trigger.service", 812, 611], ["systemd-udevd-control.socket", 790, 0], ["-.mount", 700, 0], ["-.slice", 700, 0]];
        chain.forEach(([unit, at, took], depth) => {
          io.out.put(`${depth === 0 ? "" : `${"  ".repeat(depth - 1)}└─`}${unit} @${milliseconds(at)}${took === 0 ? "" : ` +${milliseconds(took)}`}\n`);
        });
        return 0;
      }
      case "calendar": {
        if (rest.length === 0) {
          yield* complain(io, "Too few arguments.");
          return 1;
        }
        const base = options.baseTime === undefined ? nowUs : (parseTimestampWord(options.baseTime, nowUs, 0) ?? nowUs);
        let status = 0;
        for (const [index, word] of rest.entries()) {
          const spec = parseCalendar(word);
          if (spec === undefined) {
            yield* complain(io, `Failed to parse calendar specification '${word}': Invalid argument`);
            status = 1;
            continue;
          }
          if (index > 0) io.out.put("\n");
          const normal = formatCalendar(spec);
          const lines: [string, string][] = [];
          if (normal !== word) lines.push(["Original form", word]);
          lines.push(["Normalized form", normal]);
          let next = nextElapse(spec, base);
          lines.push(["Next elapse", next === undefined ? "never" : formatTimestamp(next)]);
          if (next !== undefined) lines.push(["From now", formatRelative(next, nowUs).replace(/ (?:left|ago)$/, (end) => (end === " left" ? " left" : " ago"))]);
          for (let count = 2; next !== undefined && count <= Number(options.iterations ?? 1); count++) {
            next = nextElapse(spec, next);
            if (next !== undefined) lines.push([`Iter. #${count}`, formatTimestamp(next)], ["From now", formatRelative(next, nowUs)]);
          }
          const width = Math.max(...lines.map(([label]) => label.length));
          for (const [label, value] of lines) io.out.put(`${label.padStart(width)}: ${value}\n`);
        }
        return status;
      }
      case "timespan": {
        for (const [index, word] of rest.entries()) {
          const us = parseTimeSpan(word);
          if (us === undefined) {
            yield* complain(io, `Failed to parse time span '${word}': Invalid argument`);
            return 1;
          }
          if (index > 0) io.out.put("\n");
          io.out.put(`Original: ${word}\n      μs: ${us}\n   Human: ${formatTimeSpan(us)}\n`);
        }
        return 0;
      }
      case "timestamp": {
        for (const word of rest) {
          const us = parseTimestampWord(word, nowUs, 0);
          if (us === undefined) {
            yield* complain(io, `Failed to parse "${word}": Invalid argument`);
            return 1;
          }
          io.out.put(`  Original form: ${word}\nNormalized form: ${formatTimestamp(us)}\n   UNIX seconds: @${us / 1e6}\n       From now: ${formatRelative(us, nowUs)}\n`);
        }
        return 0;
      }
      case "unit-paths":
        io.out.put("/etc/systemd/system.control\n/run/systemd/system.control\n/run/systemd/transient\n/run/systemd/generator.early\n/etc/systemd/system\n/etc/systemd/system.attached\n/run/systemd/system\n/run/systemd/system.attached\n/run/systemd/generator\n/usr/local/lib/systemd/system\n/lib/systemd/system\n/usr/lib/systemd/system\n/run/systemd/generator.late\n");
        return 0;
      case "cat-config": {
        for (const word of rest) {
          const path = word.startsWith("/") ? word : `/etc/${word}`;
          if (!exists(sys, path)) {
            yield* complain(io, `Failed to cat ${word}: No such file or directory`);
            return 1;
          }
          io.out.put(`# ${path}\n${yield* readFile(sys, path)}`);
        }
        return 0;
      }
      case "verify": {
        if (rest.length === 0) {
          yield* complain(io, "Too few arguments.");
          return 1;
        }
        let status = 0;
        for (const word of rest) {
          const name = word.slice(word.lastIndexOf("/") + 1);
          const unit = new UnitText();
          if (word.includes("/")) {
            if (!exists(sys, word)) {
              yield* complain(io, `Failed to prepare filename ${word}: No such file or directory`);
              return 1;
            }
            unit.append(yield* readFile(sys, word));
          } else {
            const source = yield* readUnit(new UnitPaths(sys), mangleUnitName(name));
            if (source === undefined) {
              yield* complain(io, `Unit ${mangleUnitName(name)} not found.`);
              return 1;
            }
            unit.append(yield* readFile(sys, source.fragment.path));
          }
          if (unitTypeOf(name) === "service" || !name.includes(".")) {
            for (const line of unit.all("Service", "ExecStart")) {
              const program = line.replace(/^[-@:+!]+/, "").split(/\s+/)[0] ?? "";
              if (program.startsWith("/") && !exists(sys, program)) {
                yield* complain(io, `${name}: Command ${program} is not executable: No such file or directory`);
                status = 1;
              }
            }
            if (unit.all("Service", "ExecStart").length === 0 && unit.all("Service", "ExecStop").length === 0 && unit.all("Unit", "SuccessAction").length === 0) {
              yield* complain(io, `${name}: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.`);
              status = 1;
            }
          }
        }
        return status;
      }
      case "get-log-level":
        io.out.put("info\n");
        return 0;
      case "get-log-target":
        io.out.put("journal-or-kmsg\n");
        return 0;
      case "dump": {
        const bus = yield* connect(io);
        if (bus === undefined) return 1;
        const units = yield* bus.call({ op: "list-units" });
        if (!isFailure(units)) for (const unit of units.units) io.out.put(`-> Unit ${unit.name}:\n\tDescription: ${unit.description}\n\tUnit Load State: ${unit.load}\n\tUnit Active State: ${unit.active}\n`);
        return 0;
      }
      default:
        yield* complain(io, `Unknown command verb ${verb}.`);
        return 1;
    }
  },
});
