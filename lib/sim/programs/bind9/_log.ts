// Where named's lines go: syslog unless logging { } says otherwise, standard error with -g; the categories and channels of named.conf (BIND 9.18).
import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { type Clause, type Configuration, optionText } from "../bind9-utils/_configuration.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";

export type Severity = "info" | "notice" | "warning" | "error";

const RANK = { debug: 0, info: 1, notice: 2, warning: 3, error: 4, critical: 5 } as const;
const PRIORITIES = { info: PRIORITY.info, notice: PRIORITY.notice, warning: PRIORITY.warning, error: PRIORITY.err } as const;

export class Log {
  readonly #toStderr: boolean;
  #channels: readonly Clause[] = [];
  #categories: readonly Clause[] = [];

  constructor(toStderr: boolean) {
    this.#toStderr = toStderr;
  }

  configure(configuration: Configuration): void {
    const inner = configuration.clauses.filter((clause) => clause.kind === "logging").flatMap((clause) => clause.inner);
    this.#channels = inner.filter((clause) => clause.kind === "channel");
    this.#categories = inner.filter((clause) => clause.kind === "category");
  }

  *write(sys: Sys, category: string, severity: Severity, message: string): Blocking<void> {
    if (this.#toStderr) {
      yield* this.#append(sys, undefined, `${yield* stamp(sys)} ${message}\n`);
      return;
    }
    const clause = this.#categories.find((one) => one.name === category) ?? this.#categories.find((one) => one.name === "default");
    for (const name of clause === undefined ? ["default_syslog"] : clause.elements.map((one) => one.text)) {
      const channel = this.#channels.find((one) => one.name === name);
      if (name === "null" || channel?.options.has("null")) continue;
      if (channel === undefined || channel.options.has("syslog")) {
        if (name === "default_stderr" || (channel === undefined && name !== "default_syslog" && name !== "default_debug")) continue;
        if (name !== "default_debug") yield* syslog(sys, { identifier: "named", facility: FACILITY.daemon, priority: PRIORITIES[severity], message, withPid: true });
        continue;
      }
      const least = optionText(channel, "severity")?.split(" ")[0] ?? "info";
      if (RANK[severity] < (least === "dynamic" ? RANK.info : (Object.entries(RANK).find(([one]) => one === least)?.[1] ?? RANK.info))) continue;
      const on = (option: string): boolean => optionText(channel, option) !== undefined && optionText(channel, option) !== "no";
      const line = `${on("print-time") ? `${yield* stamp(sys)} ` : ""}${on("print-category") ? `${category}: ` : ""}${on("print-severity") ? `${severity}: ` : ""}${message}\n`;
      yield* this.#append(sys, optionText(channel, "file"), line);
    }
  }

  *#append(sys: Sys, path: string | undefined, line: string): Blocking<void> {
    try {
      const fd = path === undefined ? 2 : yield* sys.open(path, O.WRONLY | O.CREAT | O.APPEND, 0o644);
      yield* sys.write(fd, encode(line));
      if (path !== undefined) sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

function* stamp(sys: Sys): Blocking<string> {
  const us = sys.clockUs("realtime");
  return `${strftime("%d-%b-%Y %H:%M:%S", civilAtUs(yield* readZone(sys), us))}.${String(Math.floor((us % 1e6) / 1000)).padStart(3, "0")}`;
}
