// The JSON-lines interface of `npm run sim -- --jsonl`: one request a line, one answer a line, in order. The judges drive the simulation through it
// (the heads of replay.py, replay_keys.py and run_scripts.py are the protocol). Virtual time runs as fast as this machine can.
import { createInterface } from "node:readline";
import { z } from "zod";
import { onFault } from "../sim/machine/machine.ts";
import { decode, encode } from "../sim/world/text.ts";
import { createWorld, type ProgramFile, type World } from "../sim/world/world.ts";
import { TerminalDriver } from "./terminal-driver.ts";
import "../session/native-text.ts";

/** Saturday 2026-11-21 21:09:00 UTC: about when the reference guest was recorded. */
const epochUs = 1_795_295_340_000_000;
const seed = 1;

const environment = z.record(z.string(), z.string());
const requests = z.discriminatedUnion("op", [
  z.object({
    op: z.literal("boot"), id: z.string(), host: z.string().default("debian-12"), user: z.string().default("root"), cols: z.number().int().positive().default(80), rows: z.number().int().positive().default(40),
    cwd: z.string().nullish(), login: z.boolean().default(false), env: environment.default({}), start: z.string().optional(), setup: z.array(z.string()).default([]), rootSetup: z.array(z.string()).default([]),
  }),
  z.object({ op: z.literal("run"), id: z.string(), command: z.string() }),
  z.object({ op: z.literal("keys"), id: z.string(), keys: z.string() }),
  z.object({ op: z.literal("resize"), id: z.string(), cols: z.number().int().positive(), rows: z.number().int().positive() }),
  z.object({ op: z.literal("wait"), id: z.string(), seconds: z.number().nonnegative() }),
  z.object({
    op: z.literal("script"), id: z.string(), host: z.string().default("debian-12"), code: z.string(), stdin: z.string().default(""),
    files: z.record(z.string(), z.object({ text: z.string().optional(), base64: z.string().optional(), dir: z.boolean().optional(), link: z.string().optional(), mode: z.number().optional() })).default({}),
  }),
  z.object({ op: z.literal("halt"), id: z.string() }),
]);
type Request = z.infer<typeof requests>;
type RequestOf<Op extends Request["op"]> = Extract<Request, { op: Op }>;

interface Session {
  readonly world: World;
  readonly driver: TerminalDriver;
}

const sessions = new Map<string, Session>();

const scriptDirectory = "/tmp/work";
const scriptFile = "/tmp/script.sh";
/** What the judge's scripts use and a fresh host has not. */
const scriptPackages = ["dc", "patch"];
const scriptLimitUs = 5_000_000;
const scriptLimitMs = 9_000;
/** A login gets no other variables of the request: the reference's come from sshd (BASE-system.md, how the transcripts were recorded). */
const loginVariables = new Set(["LANG", "TERM", "PAGER", "SYSTEMD_PAGER", "HISTFILE"]);
const setupLimitUs = 600_000_000;

function homeOf(user: string): string {
  return user === "root" ? "/root" : `/home/${user}`;
}

/** Split at blanks; a backslash keeps the next character. */
function words(command: string): readonly string[] {
  return (command.match(/(?:\\[\s\S]|[^\s\\])+/g) ?? []).map((word) => word.replace(/\\([\s\S])/g, "$1"));
}

function boot(request: RequestOf<"boot">): object {
  const world = createWorld({ host: request.host, seed, epochUs, user: request.user });
  for (const [user, lines] of [["root", request.rootSetup], [request.user, request.setup]] as const) {
    if (lines.length === 0) continue;
    const overrun = deadline(20_000);
    const run = world.runProgram({
      argv: ["bash", "-e"], user, directory: homeOf(user), stdin: encode(`${lines.join("\n")}\n`), environment: new Map(Object.entries(request.env)), limitUs: setupLimitUs, maxSteps: 2e9, overrun,
    });
    if (run.status !== 0) process.stderr.write(`set-up of ${request.id} as ${user}: status ${run.status}\n${decode(run.stderr)}`);
  }
  if (request.cwd !== undefined && request.cwd !== null) {
    world.runProgram({ argv: ["mkdir", "-p", "--", request.cwd], user: request.user, stdin: new Uint8Array(0), environment: new Map(), limitUs: setupLimitUs, maxSteps: 1e8 });
  }
  if (request.cwd && request.cwd !== homeOf(request.user)) {
    // the reference started there: it is made when the host has no such directory
    world.runProgram({ argv: ["mkdir", "-p", request.cwd], user: request.user, limitUs: setupLimitUs, maxSteps: 1e7 });
  }
  const argv = request.start === undefined ? (request.login ? ["bash", "-li"] : ["bash", "--norc", "--noprofile", "-i"]) : words(request.start);
  const environment = new Map(Object.entries(request.env).filter(([name]) => !request.login || loginVariables.has(name)));
  const driver = new TerminalDriver(world, {
    rows: request.rows, cols: request.cols, user: request.user, argv, environment, ...(request.login ? { login: true } : {}),
    ...(request.cwd === undefined || request.cwd === null ? {} : { directory: request.cwd }),
  });
  driver.start();
  sessions.set(request.id, { world, driver });
  return { ok: true };
}

function deadline(milliseconds: number): () => boolean {
  const endMs = Date.now() + milliseconds;
  return () => Date.now() > endMs;
}

function script(request: RequestOf<"script">): object {
  const world = createWorld({ host: request.host, packages: scriptPackages, seed, epochUs });
  const files: ProgramFile[] = [{ path: scriptDirectory, directory: true }, { path: scriptFile, bytes: encode(request.code) }];
  const made = new Set<string>();
  for (const [name, file] of Object.entries(request.files)) {
    const parts = name.split("/");
    for (let depth = 1; depth < parts.length; depth++) {
      const parent = parts.slice(0, depth).join("/");
      if (!made.has(parent)) files.push({ path: `${scriptDirectory}/${parent}`, directory: true });
      made.add(parent);
    }
    const path = `${scriptDirectory}/${name}`;
    const mode = file.mode === undefined ? {} : { mode: file.mode };
    if (file.dir === true) {
      if (!made.has(name)) files.push({ path, directory: true, ...mode });
      made.add(name);
    } else if (file.link !== undefined) files.push({ path, link: file.link });
    else files.push({ path, bytes: file.base64 === undefined ? encode(file.text ?? "") : new Uint8Array(Buffer.from(file.base64, "base64")), ...mode });
  }
  const run = world.runProgram({
    argv: ["bash", scriptFile], user: "root", directory: scriptDirectory, stdin: encode(request.stdin), files,
    environment: new Map([["HOME", "/root"], ["LC_ALL", "C.UTF-8"], ["TMP", scriptDirectory], ["PWD", scriptDirectory], ["SH", "bash"]]),
    limitUs: scriptLimitUs, maxSteps: 1e9, overrun: deadline(scriptLimitMs),
  });
  const answer = { stdout: Buffer.from(run.stdout).toString("utf8"), stderr: Buffer.from(run.stderr).toString("utf8") };
  return run.status === undefined ? { ...answer, error: "time limit" } : { ...answer, status: run.status };
}

function sessionOf(id: string): Session {
  const session = sessions.get(id);
  if (session === undefined) throw new Error(`no such session: ${id}`);
  return session;
}

function answer(request: Request): object {
  switch (request.op) {
    case "boot":
      return boot(request);
    case "script":
      return script(request);
    case "run":
      return sessionOf(request.id).driver.run(request.command);
    case "keys":
      return sessionOf(request.id).driver.keys(request.keys);
    case "resize":
      return sessionOf(request.id).driver.resize(request.rows, request.cols);
    case "wait":
      return sessionOf(request.id).driver.wait(request.seconds);
    case "halt":
      sessions.delete(request.id);
      return { ok: true };
  }
}

/** What is wrong with a line, in one sentence. */
function problemOf(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.map((issue) => `${issue.path.join(".") || "request"}: ${issue.message}`).join("; ");
  return error instanceof Error ? error.message : String(error);
}

export function answerLine(line: string): object {
  let id: unknown = null;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && "id" in value) id = value.id;
    return { id, ...answer(requests.parse(value)) };
  } catch (error) {
    if (process.env["HOTE_TRACE"] !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return { id, error: problemOf(error) };
  }
}

export function serveJsonLines(): void {
  onFault(({ pid, comm, error }) => process.stderr.write(`fault of ${comm}[${pid}]: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`));
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on("line", (line) => {
    if (line.trim() !== "") process.stdout.write(`${JSON.stringify(answerLine(line))}\n`);
  });
}
