// The built server as a child of the tests (run from the project root), on a data folder of its own. `npm test` has built it before.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface OwnServer {
  readonly address: string;
  /** the administrator's link, as printed by the first start */
  setUpLink(): string;
  start(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
  end(): Promise<void>;
}

/** One that nobody listens at: several runs of the tests may share a machine. */
function freePort(): number {
  const ask = 'const s = require("net").createServer().listen(0, () => { process.stdout.write(String(s.address().port)); s.close(); })';
  return Number(execFileSync(process.execPath, ["-e", ask], { encoding: "utf8" }));
}

export function createOwnServer(): OwnServer {
  const port = freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "hote-browser-"));
  const root = process.cwd();
  let child: ChildProcess | undefined;
  let printed = "";

  async function ended(signal: NodeJS.Signals): Promise<void> {
    const own = child;
    if (!own || own.exitCode !== null) return;
    await new Promise<void>((resolve) => {
      own.once("exit", () => resolve());
      own.kill(signal);
    });
    child = undefined;
  }

  return {
    address: `http://localhost:${port}`,
    setUpLink: () => /\S+\/set-up\/\S+/.exec(printed)?.[0] ?? "",
    start: () =>
      new Promise<void>((resolve, reject) => {
        const own = spawn(process.execPath, ["dist/server.mjs"], {
          cwd: root,
          env: { ...process.env, NODE_ENV: "production", PORT: String(port), HOTE_ROOT: root, HOTE_DATA: folder, NEXT_TELEMETRY_DISABLED: "1" },
          stdio: ["ignore", "pipe", "pipe"],
        });
        child = own;
        let errors = "";
        const from = printed.length;
        own.stderr?.on("data", (data) => {
          errors += String(data);
          process.stderr.write(data);
        });
        own.stdout?.on("data", (data) => {
          printed += String(data);
          // The administrator's link leaves in the same write.
          if (printed.slice(from).includes("Hôte is ready")) resolve();
        });
        own.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${errors}`)));
      }),
    kill: () => ended("SIGKILL"),
    async end() {
      await ended("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
