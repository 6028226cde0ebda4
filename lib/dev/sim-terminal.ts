// A simulated host in this process's own terminal: keys in, bytes out, virtual time at the pace of the real clock.
import { createWorld } from "../sim/world/world.ts";
import "../session/native-text.ts";

export interface SimTerminalOptions {
  readonly host: string;
  readonly user: string;
  readonly lab: string | undefined;
}

const tickMs = 10;
const stepsPerTick = 400_000;

export function openSimTerminal(options: SimTerminalOptions): void {
  const { stdin, stdout } = process;
  if (options.lab !== undefined) {
    process.stderr.write(`sim: --lab ${options.lab}: start it with "npm run labs" or in the browser; opening ${options.host} instead\n`);
  }
  let world: ReturnType<typeof createWorld>;
  try {
    world = createWorld({ host: options.host, seed: 1, epochUs: Date.now() * 1000, user: options.user });
  } catch (error) {
    process.stderr.write(`sim: ${error instanceof Error ? error.message : String(error)} (see --list)\n`);
    process.exitCode = 1;
    return;
  }
  const terminal = world.openTerminal({ rows: stdout.rows ?? 24, cols: stdout.columns ?? 80, user: options.user });
  if (stdin.isTTY) stdin.setRawMode(true);
  const startMs = Date.now();
  const finish = (): void => {
    clearInterval(timer);
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.pause();
    process.exitCode = terminal.exitStatus ?? 0;
  };
  const tick = (): void => {
    world.step((Date.now() - startMs) * 1000, stepsPerTick);
    const output = terminal.takeOutput();
    if (output.length > 0) stdout.write(output);
    if (terminal.closed) finish();
  };
  const timer = setInterval(tick, tickMs);
  stdin.on("data", (bytes) => {
    terminal.input(new Uint8Array(bytes));
    tick();
  });
  stdin.on("end", () => terminal.hangup());
  stdout.on("resize", () => terminal.resize(stdout.rows, stdout.columns));
}
