// cloud-init analyze: how long the stages took, from the events in cloud-init.log (cloudinit/analyze).
import { type Blocking, daysFromCivil } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/program.ts";

interface LogEvent {
  readonly name: string;
  readonly type: "start" | "finish";
  readonly description: string;
  readonly seconds: number;
}

function eventsOf(text: string): readonly LogEvent[] {
  const events: LogEvent[] = [];
  for (const line of text.split("\n")) {
    const welcome = /^(\S+ \S+) - \S+: Cloud-init v\. \S+ running '([^']+)'/.exec(line);
    const event = /^(\S+ \S+) - handlers\.py\[DEBUG\]: (start|finish): ([^:]+): (.*)$/.exec(line);
    const stamp = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d),(\d{3})/.exec(line);
    if (stamp === null) continue;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, thousandth = 0] = stamp.slice(1).map(Number);
    const seconds = daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second + thousandth / 1000;
    if (welcome !== null) {
      const stage = welcome[2] === "init" ? "init-network" : (welcome[2] ?? "").replace(":", "-");
      events.push({ name: stage, type: "start", description: `starting ${stage}`, seconds });
    } else if (event !== null && (event[3] ?? "").includes("/")) events.push({ name: event[3] ?? "", type: event[2] === "start" ? "start" : "finish", description: event[4] ?? "", seconds });
    else if (event?.[2] === "finish") events.push({ name: event[3] ?? "", type: "finish", description: event[4] ?? "", seconds });
  }
  return events;
}

const fixed = (seconds: number, width = 0): string => seconds.toFixed(5).padStart(width, "0");

export function* analyzeCommand(io: Io, subcommand: string, file: string): Blocking<number> {
  const text = yield* readTextFile(io.sys, file);
  if (text === undefined) {
    yield* io.stderr(`Cannot open file ${file}\n`);
    return 1;
  }
  const events = eventsOf(text);
  if (subcommand === "dump") {
    const record = (event: LogEvent): string => ` {\n  "description": ${JSON.stringify(event.description)},\n  "event_type": "${event.type}",\n  "name": "${event.name}",\n  "origin": "cloudinit",\n${event.type === "finish" ? `  "result": "${event.description.split(":")[0] ?? ""}",\n` : ""}  "timestamp": ${event.seconds}\n }`;
    io.out.put(`[\n${events.map(record).join(",\n")}\n]\n`);
    return 0;
  }
  if (subcommand === "boot") {
    io.out.put("Your Linux distro or container does not support this functionality.\nYou must be running a Kernel Telemetry supported distro.\nPlease check https://cloudinit.readthedocs.io/en/latest/topics/analyze.html for more information on supported distros.\n");
    return 1;
  }
  const starts = new Map<string, number>();
  const records: { lines: string[]; total: number; stage: string | undefined; begun: number; spans: { text: string; seconds: number }[] }[] = [];
  const stageOf = (name: string): string => name.split("/")[0] ?? "";
  for (const event of events) {
    const stage = stageOf(event.name);
    if (!event.name.includes("/") && event.type === "start") {
      let record = records.at(-1);
      if (record === undefined || event.name === "init-local") records.push(record = { lines: [], total: 0, stage: undefined, begun: event.seconds, spans: [] });
      if (record.stage !== stage) record.lines.push(`${record.stage === undefined ? "" : "\n"}Starting stage: ${stage}`);
      record.stage = stage;
      starts.set(event.name, event.seconds);
      continue;
    }
    if (event.type === "start") {
      starts.set(event.name, event.seconds);
      continue;
    }
    const record = records.at(-1);
    const start = starts.get(event.name);
    if (record === undefined || start === undefined) continue;
    const took = event.seconds - start;
    if (!event.name.includes("/")) {
      record.total += took;
      record.lines.push(`Finished stage: (${stage}) ${fixed(took, 8)} seconds`);
    } else {
      record.lines.push(`|\`->${event.description.replace(/^[A-Z]+: /, "")} @${fixed(start - record.begun, 8)}s +${fixed(took, 8)}s`);
      record.spans.push({ text: `     ${fixed(took, 8)}s (${event.name})`, seconds: took });
    }
  }
  for (const [index, record] of records.entries()) {
    io.out.put(`-- Boot Record ${String(index + 1).padStart(2, "0")} --\n`);
    if (subcommand === "blame") io.out.put(`${[...record.spans].sort((a, b) => b.seconds - a.seconds).map((span) => `${span.text}\n`).join("")}\n`);
    else io.out.put(`The total time elapsed since completing an event is printed after the "@" character.\nThe time the event takes is printed after the "+" character.\n\n${record.lines.join("\n")}\nTotal Time: ${fixed(record.total)} seconds\n\n`);
  }
  io.out.put(`${records.length} boot records analyzed\n`);
  return 0;
}
