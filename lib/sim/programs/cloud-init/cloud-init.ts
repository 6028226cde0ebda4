// cloud-init 22.4.2 (cloud-init(1)): its stages, and what it tells of them.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { analyzeCommand } from "./_analyze.ts";
import { type Argument, ArgumentError, type ArgumentsSpec, parseArguments, type Parsed, usageOf } from "./_arguments.ts";
import { namesIn, removeIfThere, removeTree, runProgram, writeFile } from "./_files.ts";
import { nameExists } from "../kit/presence.ts";
import { jsonText, yamlText } from "./_json.ts";
import { queryCommand } from "./_query.ts";
import { CLOUD, LOG, OUTPUT_LOG, RUN, VERSION } from "./_run.ts";
import { schemaCommand } from "./_schema.ts";
import { initStage, modulesStage, singleModule } from "./_stages.ts";
import { readStatus, statusRecord } from "./_status.ts";

const PROG = "/usr/bin/cloud-init";

interface Subcommand {
  readonly summary: string;
  readonly options: readonly Argument[];
  readonly operands?: readonly string[];
  readonly subcommands?: readonly string[];
  /** how many operands it takes; more are nobody's */
  readonly most?: number;
  readonly run: (io: Io, parsed: Parsed, usage: string) => Blocking<number>;
}

function* cleanCommand(io: Io, parsed: Parsed): Blocking<number> {
  const { sys } = io;
  try {
    if (parsed.flags.has("--logs")) for (const path of [LOG, OUTPUT_LOG]) removeIfThere(sys, path);
    for (const name of namesIn(sys, CLOUD)) if (name !== "seed" || parsed.flags.has("--seed")) removeTree(sys, `${CLOUD}/${name}`);
    for (const name of namesIn(sys, "/etc/cloud/clean.d")) {
      const status = yield* runProgram(sys, [`/etc/cloud/clean.d/${name}`]);
      if (status !== 0) {
        yield* io.stderr(`Error:\nFailure during run-parts of /etc/cloud/clean.d: Runparts: 1 failures (${name}) in 1 attempted commands\n`);
        return 1;
      }
    }
    if (parsed.flags.has("--machine-id")) yield* writeFile(sys, "/etc/machine-id", "uninitialized\n", 0o444);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`Error:\nCould not remove ${CLOUD}: ${error.message}\n`);
    return 1;
  }
  if (!parsed.flags.has("--reboot")) return 0;
  return yield* runProgram(sys, ["shutdown", "-r", "now"]);
}

function* statusCommand(io: Io, parsed: Parsed): Blocking<number> {
  const { sys } = io;
  let status = yield* readStatus(sys);
  if (parsed.flags.has("--wait")) {
    while (status.status === "not run" || status.status === "running") {
      io.out.put(".");
      yield* io.out.flush();
      yield* sys.sleep(250_000);
      status = yield* readStatus(sys);
    }
    io.out.put("\n");
  }
  const format = parsed.values.get("--format") ?? "tabular";
  if (format === "json") io.out.put(`${jsonText(statusRecord(status), 2)}\n`);
  else if (format === "yaml") io.out.put(`---\n${yamlText(statusRecord(status))}...\n\n`);
  else {
    io.out.put(`status: ${status.status}\n`);
    if (parsed.flags.has("--long")) io.out.put(`boot_status_code: ${status.bootStatusCode}\n${status.lastUpdate === "" ? "" : `last_update: ${status.lastUpdate}\n`}detail:\n${status.detail}\n`);
  }
  return status.status === "error" ? 1 : 0;
}

function* collectLogs(io: Io, parsed: Parsed): Blocking<number> {
  const { sys } = io;
  if (sys.getcred().euid !== 0 && parsed.flags.has("--include-userdata")) {
    yield* io.stderr("To include userdata, root user is required. Try sudo cloud-init collect-logs\n");
    return 1;
  }
  const target = parsed.values.get("--tarfile") ?? "cloud-init.tar.gz";
  const paths = [LOG, OUTPUT_LOG, RUN, ...(parsed.flags.has("--include-userdata") ? [`${CLOUD}/instance/user-data.txt`] : [])].filter((path) => nameExists(sys, path));
  const status = yield* runProgram(sys, ["tar", "czf", target, "-C", "/", ...paths.map((path) => path.slice(1))], { quiet: true });
  if (status === 0) yield* io.stderr(`Wrote ${target.startsWith("/") ? target : `${sys.getcwd().replace(/\/$/, "")}/${target}`}\n`);
  return status;
}

function* nested(io: Io, parsed: Parsed, prog: string, choices: readonly string[], usage: string): Blocking<string | undefined> {
  const [name] = parsed.operands;
  if (name !== undefined && choices.includes(name)) return name;
  yield* io.stderr(`${usage}${prog}: error: ${name === undefined ? "the following arguments are required: subcommand" : `argument subcommand: invalid choice: '${name}' (choose from ${choices.map((one) => `'${one}'`).join(", ")})`}\n`);
  return undefined;
}

function* analyze(io: Io, parsed: Parsed, usage: string): Blocking<number> {
  const choices = ["blame", "show", "dump", "boot"];
  const name = yield* nested(io, parsed, `${PROG} analyze`, choices, usage);
  if (name === undefined) return 2;
  const at = parsed.operands.findIndex((word) => word === "-i" || word === "--infile");
  return yield* analyzeCommand(io, name, at < 0 ? LOG : (parsed.operands[at + 1] ?? LOG));
}

function* devel(io: Io, parsed: Parsed, usage: string): Blocking<number> {
  const name = yield* nested(io, parsed, `${PROG} devel`, ["hotplug-hook", "net-convert", "render", "make-mime"], usage);
  if (name === undefined) return 2;
  if (name === "render") {
    const file = parsed.operands[1];
    const template = file === undefined ? undefined : yield* readTextFile(io.sys, file);
    if (template === undefined) {
      yield* io.stderr(`Missing user-data file: ${file ?? ""}\n`);
      return 1;
    }
    return yield* queryCommand(io, { flags: new Set(), values: new Map([["-f", template.replace(/^## ?template: ?jinja.*\n/, "").replace(/\n$/, "")]]), operands: [], unknown: [] }, usage);
  }
  io.sys.observe({ kind: "unsimulated", command: "cloud-init", detail: `devel ${name}` });
  yield* io.stderr(`cloud-init: devel ${name} is not simulated\n`);
  return 1;
}

const subcommands: ReadonlyMap<string, Subcommand> = new Map<string, Subcommand>([
  ["init", { summary: "find the data source and run the first modules", options: [{ names: ["--local", "-l"] }], run: (io, parsed) => initStage(io, parsed.flags.has("--local")) }],
  ["modules", { summary: "run the modules of a stage", options: [{ names: ["--mode", "-m"], choices: ["init", "config", "final"] }], run: (io, parsed) => modulesStage(io, parsed.values.get("--mode") ?? "config") }],
  ["single", { summary: "run one module", options: [{ names: ["--name", "-n"], value: "NAME", required: true }, { names: ["--frequency"], choices: ["instance", "always", "once"] }, { names: ["--report"] }], operands: ["[argument ...]"], most: Number.POSITIVE_INFINITY, run: (io, parsed) => singleModule(io, parsed.values.get("--name") ?? "", parsed.values.get("--frequency")) }],
  ["query", {
    summary: "ask for data of the instance", most: 1, operands: ["[varname]"],
    options: [{ names: ["-d", "--debug"] }, { names: ["-i", "--instance-data"], value: "INSTANCE_DATA" }, { names: ["-l", "--list-keys"] }, { names: ["-u", "--user-data"], value: "USER_DATA" }, { names: ["-v", "--vendor-data"], value: "VENDOR_DATA" }, { names: ["-a", "--all"] }, { names: ["-f", "--format"], value: "FORMAT" }],
    run: queryCommand,
  }],
  ["dhclient-hook", { summary: "note leases of the DHCP client", options: [], operands: ["{up,down}", "interface"], most: 2, run: function* () { return 0; } }],
  ["features", { summary: "list features", options: [], run: function* (io) { io.out.put("NETWORK_CONFIG_V1\nNETWORK_CONFIG_V2\n"); return 0; } }],
  ["analyze", { summary: "tell how long the stages took", options: [], subcommands: ["blame", "show", "dump", "boot"], most: Number.POSITIVE_INFINITY, run: analyze }],
  ["devel", { summary: "tools of developers", options: [], subcommands: ["hotplug-hook", "net-convert", "render", "make-mime"], most: Number.POSITIVE_INFINITY, run: devel }],
  ["collect-logs", { summary: "pack the logs", options: [{ names: ["--verbose", "-v"] }, { names: ["--tarfile", "-t"], value: "TARFILE" }, { names: ["--include-userdata", "-u"] }], run: collectLogs }],
  ["clean", { summary: "forget what ran, so that the next boot is a first one", options: [{ names: ["--logs", "-l"] }, { names: ["--machine-id"] }, { names: ["--reboot", "-r"] }, { names: ["--seed", "-s"] }], run: cleanCommand }],
  ["status", { summary: "tell how far cloud-init came", options: [{ names: ["--format"], choices: ["json", "tabular", "yaml"] }, { names: ["--long", "-l"] }, { names: ["--wait", "-w"] }], run: statusCommand }],
  ["schema", { summary: "check a cloud-config", options: [{ names: ["-c", "--config-file"], value: "CONFIG_FILE" }, { names: ["--system"] }, { names: ["-d", "--docs"], value: "DOCS" }, { names: ["--annotate"] }], run: schemaCommand }],
]);

const mainSpec: ArgumentsSpec = { prog: PROG, options: [{ names: ["--version", "-v"] }, { names: ["--file", "-f"], value: "FILES" }, { names: ["--debug", "-d"] }, { names: ["--force"] }], operands: [], subcommands: [...subcommands.keys()] };

function* main(io: Io, argv: readonly string[]): Blocking<number> {
  const columns = Number(io.sys.environment.get("COLUMNS") ?? "") || 80;
  const mainUsage = usageOf(mainSpec, columns);
  let usage = mainUsage;
  try {
    const parsed = parseArguments(mainSpec, argv.slice(1), 1);
    if (parsed.flags.has("--version")) {
      io.out.put(`${PROG} ${VERSION}\n`);
      return 0;
    }
    const [name, ...rest] = parsed.operands;
    if (name === undefined) {
      if (parsed.flags.has("-h")) {
        io.out.put(`${mainUsage}\noptions:\n  -h, --help            show this help message and exit\n\nSubcommands:\n${[...subcommands].map(([one, { summary }]) => `    ${one.padEnd(20)}${summary}\n`).join("")}`);
        return 0;
      }
      throw new ArgumentError(`${PROG}: error: the following arguments are required: subcommand`);
    }
    const subcommand = subcommands.get(name);
    if (subcommand === undefined) throw new ArgumentError(`${PROG}: error: argument subcommand: invalid choice: '${name}' (choose from ${[...subcommands.keys()].map((one) => `'${one}'`).join(", ")})`);
    const spec: ArgumentsSpec = { prog: `${PROG} ${name}`, options: subcommand.options, operands: subcommand.operands ?? [], ...(subcommand.subcommands === undefined ? {} : { subcommands: subcommand.subcommands }) };
    usage = usageOf(spec, columns);
    const own = parseArguments(spec, rest, subcommand.most ?? 0);
    if (own.flags.has("-h")) {
      io.out.put(`${usage}\noptions:\n  -h, --help            show this help message and exit\n${spec.options.map((option) => `  ${option.names.join(", ")}${option.value === undefined ? "" : ` ${option.value}`}\n`).join("")}`);
      return 0;
    }
    const unknown = [...parsed.unknown, ...own.unknown];
    if (unknown.length > 0) {
      usage = mainUsage;
      throw new ArgumentError(`${PROG}: error: unrecognized arguments: ${unknown.join(" ")}`);
    }
    return yield* subcommand.run(io, own, usage);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    yield* io.stderr(`${usage}${error.message}\n`);
    return error.status;
  }
}

export default program(
  {
    name: "cloud-init", summary: "set up an instance at its first boot", synopsis: ["[-h] [-d] [--force] COMMAND ..."],
    options: [flag(["-h", "--help"], "show help"), flag(["-v", "--version"], "show the version"), text(["-f", "--file"], "FILES", "further configuration"), flag(["-d", "--debug"], "say more"), flag(["--force"], "run even when no data source is found")],
    subcommands: [...subcommands].map(([name, { summary, options }]) => ({
      name, summary, synopsis: ["[OPTION]..."],
      options: options.map((option) => ({ names: option.names, argument: option.value, argumentOptional: false, help: option.help ?? "", support: "simulated" as const, ...(option.choices === undefined ? {} : { values: option.choices }) })),
    })),
  },
  function* (_sys, argv, io) {
    return yield* main(io, argv);
  },
);

