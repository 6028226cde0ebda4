// Entry of the bundle that lib/dev/sim.mjs runs.
import { serveJsonLines } from "./jsonl.ts";
import { openSimTerminal } from "./sim-terminal.ts";
import { hostNames } from "../sim/world/world.ts";

const usage = `usage: npm run sim -- [--host NAME] [--user NAME] [--lab ID] [--list] [--jsonl]

  --host NAME   the simulated host (default debian-12)
  --user NAME   who logs in (default root)
  --lab ID      the host of a lab, as the learner gets it
  --list        names of the hosts
  --jsonl       JSON lines on standard input and output
`;

const words = process.argv.slice(2);
const option = (name: string): string | undefined => {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
};

if (words.includes("--help")) process.stdout.write(usage);
else if (words.includes("--list")) process.stdout.write(`${hostNames().join("\n")}\n`);
else if (words.includes("--jsonl")) serveJsonLines();
else openSimTerminal({ host: option("--host") ?? "debian-12", user: option("--user") ?? "root", lab: option("--lab") });
