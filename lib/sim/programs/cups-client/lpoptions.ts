// lpoptions: a person's own default queue and options, in ~/.cups/lpoptions (lpoptions(1) of CUPS).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { CONNECTION, cups, cupsState, defaultDestination, savedOptions, userOptionsPath } from "./_client.ts";

function* save(sys: Sys, defaultName: string | undefined, options: ReadonlyMap<string, ReadonlyMap<string, string>>): Blocking<void> {
  const path = userOptionsPath(sys);
  try {
    sys.mkdir(path.slice(0, path.lastIndexOf("/")), 0o700);
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
  }
  const lines = [...options].filter(([name, own]) => own.size > 0 || name === defaultName).map(([name, own]) => `${name === defaultName ? "Default" : "Dest"} ${[name, ...[...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`)].join(" ")}\n`);
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  yield* sys.write(fd, encode(lines.join("")));
  sys.close(fd);
}

const quoted = (value: string): string => (/[\s'"]/.test(value) ? `'${value}'` : value);

export default cups({
  name: "lpoptions", summary: "show or choose a printer's default options", usage: ["[options] -d destination", "[options] [-p destination] [-l]", "[options] [-p destination] -o option[=value]", "[options] -x destination"],
  options: [["-d destination", "The queue to print on by default"], ...CONNECTION, ["-l", "Show the options of the printer"], ["-o name[=value]", "Use this option for every job from now on"], ["-p destination", "The queue that is meant"], ["-r name", "Forget an option"], ["-x destination", "Forget all options of the queue"]],
  unknown: () => undefined,
  *run({ sys, given, has }, io) {
    const state = yield* cupsState(sys);
    const known = (name: string): boolean => state?.printers.some((one) => one.name === name) === true;
    const saved = yield* savedOptions(sys, [userOptionsPath(sys)]);
    const options = new Map([...saved.options].map(([name, own]) => [name, new Map(own)]));
    let { defaultName } = saved;
    let name = yield* defaultDestination(sys, state);
    let changed = false;
    for (const [key, value] of given) {
      if (key === "p" || key === "d") {
        if (!known(value)) {
          yield* io.stderr(key === "d" ? `lpoptions: Unknown printer or class.\n` : "lpoptions: Unknown printer or class.\n");
          return 1;
        }
        name = value;
        if (!options.has(value)) options.set(value, new Map());
        if (key === "d") {
          defaultName = value;
          changed = true;
        }
      } else if (key === "x") {
        options.delete(value);
        if (defaultName === value) defaultName = undefined;
        changed = true;
      } else if ((key === "o" || key === "r") && name !== undefined) {
        const own = options.get(name) ?? new Map<string, string>();
        options.set(name, own);
        if (key === "r") own.delete(value);
        else own.set(value.split("=")[0] ?? "", value.includes("=") ? value.slice(value.indexOf("=") + 1) : "true");
        changed = true;
      }
    }
    if (changed) {
      if (defaultName === undefined && name !== undefined && has("o")) defaultName = state?.defaultPrinter === name ? name : undefined;
      yield* save(sys, defaultName, options);
      if (!has("d")) return 0;
    }
    if (name === undefined && (has("l") || has("o"))) {
      yield* io.stderr("lpoptions: No printers.\n");
      return has("o") ? 1 : 0;
    }
    if (name === undefined) return 0;
    if (has("l")) {
      yield* io.stderr(`lpoptions: Unable to get PPD file for ${name}: No printer-uri found\n`);
      return 1;
    }
    const printer = state?.printers.find((one) => one.name === name);
    if (printer === undefined) {
      yield* io.stderr("lpoptions: Unknown printer or class.\n");
      return 1;
    }
    const values = new Map<string, string>([
      ["copies", "1"], ["device-uri", printer.uri], ["finishings", "3"], ["job-cancel-after", "10800"], ["job-hold-until", "no-hold"], ["job-priority", "50"], ["job-sheets", "none,none"], ["marker-change-time", "0"], ["number-up", "1"], ["print-color-mode", "monochrome"],
      ["printer-info", printer.info], ["printer-is-accepting-jobs", String(printer.accepting)], ["printer-is-shared", "true"], ["printer-is-temporary", "false"], ["printer-location", printer.location], ["printer-make-and-model", printer.model || "Local Raw Printer"], ["printer-state", printer.state === "idle" ? "3" : printer.state === "processing" ? "4" : "5"], ["printer-state-change-time", String(printer.changed)], ["printer-state-reasons", printer.state === "stopped" ? "paused" : "none"], ["printer-type", printer.class ? "5" : "4"], ["printer-uri-supported", `ipp://localhost/printers/${printer.name}`],
      ...printer.options.map(([key, value]): [string, string] => [key.replace(/-default$/, ""), value]), ...(options.get(printer.name) ?? []),
    ]);
    io.out.put(`${[...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => (value === "" ? key : `${key}=${quoted(value)}`)).join(" ")}\n`);
    return 0;
  },
});
