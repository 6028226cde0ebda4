// `npm run consistency`: random sequences of sixty commands of virsh and docker, far more than the tests play.
//   npm run consistency -- --seed 1 --runs 100     the sequences of seeds 1 to 100
//   npm run consistency -- --seed 7 --shrink       the one of seed 7, made as short as it still fails
//   npm run consistency -- --replay FILE           the commands of a file, a line each, with every check after each of them
import { readFileSync } from "node:fs";
import { sequenceOf } from "./consistency/commands.ts";
import { play } from "./consistency/play.ts";

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

function problemsOf(commands: readonly string[], every: number): readonly string[] {
  try {
    return play(commands, { checks: true, every }).problems.map(({ what }) => what);
  } catch (error) {
    return [`threw ${error instanceof Error ? `${error.message} ${error.stack ?? ""}` : String(error)}`];
  }
}

/** Leaves out ever smaller pieces as long as something is wrong at the end. */
function shrink(commands: readonly string[]): readonly string[] {
  let left = commands;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < left.length; ) {
      const shorter = [...left.slice(0, at), ...left.slice(at + size)];
      if (shorter.length > 0 && problemsOf(shorter, 1000).length > 0) left = shorter;
      else at += size;
    }
  }
  return left;
}

const file = option("replay");
if (file !== undefined) {
  const commands = readFileSync(file, "utf8").split("\n").filter((line) => line !== "");
  console.log(problemsOf(commands, 1).join("\n"));
} else {
  const first = Number(option("seed") ?? 1);
  const runs = Number(option("runs") ?? 1);
  let failed = 0;
  for (let seed = first; seed < first + runs; seed++) {
    const commands = sequenceOf(seed);
    const problems = problemsOf(commands, 12);
    if (problems.length === 0) continue;
    failed++;
    const shown = process.argv.includes("--shrink") ? shrink(commands) : [];
    console.log(JSON.stringify({ seed, problems: shown.length > 0 ? problemsOf(shown, 1000) : problems, commands: shown }, undefined, 1));
  }
  console.log(`${runs} sequences, ${failed} with something wrong`);
}
