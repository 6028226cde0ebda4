// `npm run labs [LAB|MODULE...]`: plays every lab's solution, alternatives and mistakes on its host and looks at each verdict; of question banks (named by
// their module), what questions claim about output and the solutions of those answered at a terminal. Ends with "N passed, N failed";
// `--report FILE` also writes {"passed": N, "failed": N}.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Question } from "../quiz/question.ts";
import { type Lab, type LabModule, loadCatalogue } from "../lab/load.ts";
import type { Verdict } from "../lab/verdict.ts";
import { createActivityPlans } from "../session/activity-tasks.ts";
import { createWorld } from "../sim/world/world.ts";
import { leaveConsole, readTranscript, type Section } from "./labs/lab-transcript.ts";
import { TerminalDriver } from "./terminal-driver.ts";

const labsFolder = path.resolve("labs");
const catalogue = loadCatalogue(labsFolder);
const planOf = createActivityPlans(labsFolder);
let passed = 0;
let failed = 0;

function say(good: boolean, what: string): void {
  if (good) passed++;
  else failed++;
  if (!good) console.log(`FAILED: ${what}`);
}

const shown = (verdict: Verdict): string => (verdict.passed ? "passed" : `${verdict.code} ${JSON.stringify(verdict.facts)}`);

/** A learner who sits down at the lab's fresh host. */
class Attempt {
  readonly #world;
  readonly #driver: TerminalDriver;
  readonly #plan;
  readonly #verdicts = new Map<string, Verdict>();
  /** The last command that ended badly, for the report. */
  trouble = "";

  constructor(activity: string) {
    const plan = planOf(activity);
    if (!plan) throw new Error(`no plan for ${activity}`);
    this.#plan = plan;
    this.#world = createWorld({ host: plan.host, seed: 1, epochUs: Date.UTC(2026, 10, 21, 9) * 1000 });
    this.#driver = new TerminalDriver(this.#world, { rows: 30, cols: 100, user: plan.user });
    this.#driver.start();
  }

  /** As in a session, a task that has been passed stays passed: it is looked at after every command. */
  type(commands: readonly string[]): void {
    for (const command of commands) {
      if (command.endsWith(leaveConsole)) {
        for (const line of command.split("\n")) this.#driver.keys(line === leaveConsole ? line : `${line}\r`);
        this.#look();
        continue;
      }
      const { output, status } = this.#driver.run(command);
      if (status !== 0) this.trouble = `\n  $ ${command}\n  ${output.trim().split("\n").slice(-4).join("\n  ")}\n  (status ${status})`;
      this.#look();
    }
  }

  #look(): void {
    const view = this.#world.view();
    for (const task of this.#plan.tasks) if (this.#verdicts.get(task.id)?.passed !== true) this.#verdicts.set(task.id, this.#plan.evaluate(view, task));
  }

  verdict(task: string): Verdict {
    if (this.#verdicts.size === 0) this.#look();
    const verdict = this.#verdicts.get(task);
    if (!verdict) throw new Error(`no task ${task}`);
    return verdict;
  }
}

function attemptUpTo(lab: Lab, solution: readonly Section[], task: string): Attempt {
  const attempt = new Attempt(`lab:${lab.id}`);
  for (const section of solution) {
    if (section.task === task) break;
    attempt.type(section.commands);
  }
  return attempt;
}

function prove(lab: Lab): void {
  const folder = path.join(labsFolder, lab.module, lab.id);
  const tasks = lab.tasks.map((task) => task.id);
  const [solution, alternatives, mistakes] = [readTranscript(path.join(folder, "solution.t")), readTranscript(path.join(folder, "alternatives.t")), readTranscript(path.join(folder, "mistakes.t"))];
  say(solution.map((section) => section.task).join() === tasks.join(), `${lab.id}: solution.t has the sections ${solution.map((section) => section.task).join(", ") || "(none)"}; lab.yaml has the tasks ${tasks.join(", ")}`);
  const attempt = new Attempt(`lab:${lab.id}`);
  for (const section of solution) {
    say(!attempt.verdict(section.task).passed, `${lab.id}: ${section.task} passes before its solution`);
    attempt.trouble = "";
    attempt.type(section.commands);
    const verdict = attempt.verdict(section.task);
    say(verdict.passed, `${lab.id}: ${section.task} after its solution: ${shown(verdict)}${attempt.trouble}`);
  }
  for (const section of alternatives) {
    const other = attemptUpTo(lab, solution, section.task);
    other.trouble = "";
    other.type(section.commands);
    const verdict = other.verdict(section.task);
    say(verdict.passed, `${lab.id}: ${section.task}, other way ${section.word}: ${shown(verdict)}${other.trouble}`);
  }
  const given = new Set<string>();
  for (const section of mistakes) {
    const other = attemptUpTo(lab, solution, section.task);
    other.type(section.commands);
    const verdict = other.verdict(section.task);
    say(!verdict.passed && verdict.code === section.word, `${lab.id}: ${section.task}, mistake on line ${section.line}: expected ${section.word}, got ${shown(verdict)}${other.trouble}`);
    if (!verdict.passed) given.add(`${section.task} ${verdict.code}`);
  }
  console.log(`${lab.id}: ${tasks.length} tasks, ${alternatives.length} other ways, ${mistakes.length} mistakes that give ${given.size} reasons`);
}

/** Runs the commands as root on a fresh host; the last one's output. */
function outputOf(host: string, commands: readonly string[]): string {
  const driver = new TerminalDriver(createWorld({ host, seed: 1, epochUs: Date.UTC(2026, 10, 21, 9) * 1000 }), { rows: 30, cols: 100, user: "root" });
  driver.start();
  let output = "";
  for (const command of commands) output = driver.run(command).output;
  return output.replace(/[ \t]+$/gm, "").trim();
}

function proveQuestion(module: LabModule, question: Question): number {
  const name = `${module.id}/${question.id}`;
  for (const { host, run, prints, contains } of question.proof) {
    const output = outputOf(host, run);
    const good = (prints === undefined || output === prints.trim()) && (contains === undefined || output.includes(contains)) && (prints ?? contains) !== undefined;
    say(good, `${name}: ${run.at(-1)} on ${host}: expected ${prints ?? `a text with ${contains}`}, got\n  ${output.split("\n").join("\n  ")}`);
  }
  if (question.type !== "on-host" || question.solution.length === 0) return question.proof.length;
  const attempt = new Attempt(`question:${name}`);
  say(!attempt.verdict(question.id).passed, `${name}: passes before its solution`);
  attempt.type(question.solution);
  const verdict = attempt.verdict(question.id);
  say(verdict.passed, `${name}: after its solution: ${shown(verdict)}${attempt.trouble}`);
  for (const [index, mistake] of question.mistakes.entries()) {
    const other = new Attempt(`question:${name}`);
    other.type(mistake.run);
    const given = other.verdict(question.id);
    say(!given.passed && given.code === mistake.code && Object.hasOwn(question.feedback, mistake.code), `${name}: mistake ${index + 1}: expected ${mistake.code} and a sentence for it, got ${shown(given)}${other.trouble}`);
  }
  return question.proof.length;
}

function proveBank(module: LabModule): void {
  const questions = module.bank?.questions ?? [];
  let proofs = 0;
  for (const question of questions) proofs += proveQuestion(module, question);
  const atTerminal = questions.filter((question) => question.type === "on-host");
  const solved = atTerminal.filter((question) => question.solution.length > 0).length;
  const mistakes = atTerminal.reduce((sum, question) => sum + question.mistakes.length, 0);
  if (questions.length > 0) console.log(`${module.id}: ${questions.length} questions, ${proofs} claims about output, ${solved} solved at a terminal, ${mistakes} mistakes`);
}

const { values, positionals: wanted } = parseArgs({ options: { report: { type: "string" } }, allowPositionals: true });
for (const id of wanted) {
  if (!catalogue.labs.has(id) && !catalogue.modules.some((module) => module.id === id)) {
    console.error(`There is no lab ${id}. Labs: ${[...catalogue.labs.keys()].join(", ")}; modules: ${catalogue.modules.map((module) => module.id).join(", ")}`);
    process.exit(2);
  }
}
for (const lab of catalogue.labs.values()) if (wanted.length === 0 || wanted.includes(lab.id)) prove(lab);
for (const module of catalogue.modules) if (wanted.length === 0 || wanted.includes(module.id)) proveBank(module);
console.log(`${passed} passed, ${failed} failed`);
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify({ passed, failed }));
process.exit(failed === 0 ? 0 : 1);
