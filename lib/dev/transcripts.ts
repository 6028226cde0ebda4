// npm run transcripts -- [--report FILE] [--quiet] [PATH...]
// Replays recorded transcripts (transcripts/transcript-file.ts) on the simulation and shows each command that answers otherwise. PATH is a file or a folder
// of them; without one, the transcripts of the project (lib/sim/transcripts).
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { answerLine } from "./jsonl.ts";
import { onAllProcessors, serveJobs } from "./on-all-processors.ts";
import { normalise, sameAnswer } from "./transcripts/same-answer.ts";
import { parseTranscript } from "./transcripts/transcript-file.ts";
import "../session/native-text.ts";

/** The environment that the recordings were made in. */
const recordedEnvironment = {
  LANG: "C.UTF-8", LC_ALL: "C.UTF-8", TERM: "xterm", PAGER: "cat", MANPAGER: "cat", SYSTEMD_PAGER: "cat", SYSTEMD_COLORS: "0", SYSTEMD_URLIFY: "0", COLUMNS: "100", LINES: "40",
  HISTFILE: "",
};

function filesUnder(place: string): readonly string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() || entry.name.endsWith(".t") ? filesUnder(path.join(place, entry.name)) : []));
}

function ask(request: object): { readonly output?: string; readonly status?: number; readonly error?: string } {
  return answerLine(JSON.stringify(request));
}

function indented(text: string): string {
  return text.split("\n").map((line) => `      ${line}`).join("\n");
}

interface Job {
  readonly file: string;
  readonly quiet: boolean;
}

interface Answers {
  readonly passed: number;
  readonly failed: number;
  /** the answers that differ, to be read */
  readonly differences: string;
}

/** Replays one file; counts the commands that answered as recorded and those that did not. */
function replay({ file, quiet }: Job): Answers {
  const { head, cases } = parseTranscript(readFileSync(file, "utf8"));
  const counts = { passed: 0, failed: 0, differences: "" };
  const booted = ask({ op: "boot", id: file, host: head.host, user: head.user, cols: 100, cwd: head.cwd ?? null, login: head.login, env: recordedEnvironment });
  if (booted.error !== undefined) throw new Error(`${file}: ${booted.error}`);
  for (const recorded of cases) {
    if (recorded.output === "(timeout)") continue;
    const answer = ask({ op: "run", id: file, command: recorded.command });
    const output = (answer.output ?? answer.error ?? "").replaceAll("\r\n", "\n");
    if (answer.status === recorded.status && sameAnswer(recorded.output, output)) {
      counts.passed++;
      continue;
    }
    counts.failed++;
    if (quiet) continue;
    counts.differences += `${file}:${recorded.line}: $ ${recorded.command}\n    recorded [${recorded.status}]:\n${indented(normalise(recorded.output))}\n`;
    counts.differences += `    got [${answer.status}]:\n${indented(normalise(output))}\n`;
  }
  ask({ op: "halt", id: file });
  return counts;
}

async function main(): Promise<void> {
  const places: string[] = [];
  let report: string | undefined;
  let quiet = false;
  const given = process.argv.slice(2);
  for (let index = 0; index < given.length; index++) {
    const word = given[index];
    if (word === "--report") report = given[++index];
    else if (word === "--quiet") quiet = true;
    else if (word !== undefined) places.push(word);
  }
  if (places.length === 0) places.push("lib/sim/transcripts");
  const total = { passed: 0, failed: 0 };
  const files = places.flatMap(filesUnder);
  await onAllProcessors<Job, Answers>(fileURLToPath(import.meta.url), files.map((file) => ({ file, quiet })), ({ passed, failed, differences }, place) => {
    total.passed += passed;
    total.failed += failed;
    console.log(`${differences}${String(passed).padStart(4)}/${passed + failed}  ${files[place]}`);
  });
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (report !== undefined) writeFileSync(report, JSON.stringify(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
}

if (!serveJobs(replay)) await main();
