// `npm run labs [LAB|MODULE...]`: plays every lab's solution, alternatives and mistakes on its host and looks at each verdict; of question banks (named by
// their module), what questions claim about output and the solutions of those answered at a terminal. Ends with "N passed, N failed";
// `--report FILE` also writes {"passed": N, "failed": N}.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Question } from "../quiz/question.ts";
import { type Lab, type LabModule, loadCatalogue } from "../lab/load.ts";
import type { Verdict } from "../lab/verdict.ts";
import { createActivityPlans } from "../session/activity-tasks.ts";
import { createWorld } from "../sim/world/world.ts";
import { leaveConsole, readTranscript, type Section } from "./labs/lab-transcript.ts";
import { onAllProcessors, serveJobs } from "./on-all-processors.ts";
import { TerminalDriver } from "./terminal-driver.ts";
import "../session/native-text.ts";

const labsFolder = path.resolve("labs");
const catalogue = loadCatalogue(labsFolder);
const planOf = createActivityPlans(labsFolder);

/** What a proof found: whether each thing that must hold does. */
interface Finding {
  readonly good: boolean;
  readonly what: string;
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

/** A lab's solution step by step, or one of its other ways or mistakes: each begins at a fresh host, so they are proved beside each other. */
interface Job {
  readonly lab?: string;
  readonly part?: "solution" | "alternatives" | "mistakes";
  /** place among the other ways or the mistakes, or the questions of the module */
  readonly place: number;
  readonly module?: string;
}

function sectionsOf(lab: Lab): Readonly<Record<"solution" | "alternatives" | "mistakes", readonly Section[]>> {
  const folder = path.join(labsFolder, lab.module, lab.id);
  return { solution: readTranscript(path.join(folder, "solution.t")), alternatives: readTranscript(path.join(folder, "alternatives.t")), mistakes: readTranscript(path.join(folder, "mistakes.t")) };
}

function jobsOf(lab: Lab): readonly Job[] {
  const { alternatives, mistakes } = sectionsOf(lab);
  const each = (part: "alternatives" | "mistakes", sections: readonly Section[]): readonly Job[] => sections.map((_, place) => ({ lab: lab.id, part, place }));
  return [{ lab: lab.id, part: "solution", place: 0 }, ...each("alternatives", alternatives), ...each("mistakes", mistakes)];
}

function* proveSolution(lab: Lab, solution: readonly Section[]): Generator<Finding> {
  const tasks = lab.tasks.map((task) => task.id);
  yield { good: solution.map((section) => section.task).join() === tasks.join(), what: `${lab.id}: solution.t has the sections ${solution.map((section) => section.task).join(", ") || "(none)"}; lab.yaml has the tasks ${tasks.join(", ")}` };
  const attempt = new Attempt(`lab:${lab.id}`);
  for (const section of solution) {
    yield { good: !attempt.verdict(section.task).passed, what: `${lab.id}: ${section.task} passes before its solution` };
    attempt.trouble = "";
    attempt.type(section.commands);
    const verdict = attempt.verdict(section.task);
    yield { good: verdict.passed, what: `${lab.id}: ${section.task} after its solution: ${shown(verdict)}${attempt.trouble}` };
  }
}

function proveSection(lab: Lab, solution: readonly Section[], part: "alternatives" | "mistakes", section: Section): Finding {
  const other = attemptUpTo(lab, solution, section.task);
  other.trouble = "";
  other.type(section.commands);
  const verdict = other.verdict(section.task);
  if (part === "alternatives") return { good: verdict.passed, what: `${lab.id}: ${section.task}, other way ${section.word}: ${shown(verdict)}${other.trouble}` };
  return { good: !verdict.passed && verdict.code === section.word, what: `${lab.id}: ${section.task}, mistake on line ${section.line}: expected ${section.word}, got ${shown(verdict)}${other.trouble}` };
}

function findingsOf(job: Job): readonly Finding[] {
  const lab = catalogue.labs.get(job.lab ?? "");
  if (lab && job.part) {
    const sections = sectionsOf(lab);
    if (job.part === "solution") return [...proveSolution(lab, sections.solution)];
    const section = sections[job.part][job.place];
    return section ? [proveSection(lab, sections.solution, job.part, section)] : [];
  }
  const module = catalogue.modules.find(({ id }) => id === job.module);
  const question = module?.bank?.questions[job.place];
  return module && question ? [...proveQuestion(module, question)] : [];
}

/** Runs the commands as root on a fresh host; the last one's output. */
function outputOf(host: string, commands: readonly string[]): string {
  const driver = new TerminalDriver(createWorld({ host, seed: 1, epochUs: Date.UTC(2026, 10, 21, 9) * 1000 }), { rows: 30, cols: 100, user: "root" });
  driver.start();
  let output = "";
  for (const command of commands) output = driver.run(command).output;
  return output.replace(/[ \t]+$/gm, "").trim();
}

function* proveQuestion(module: LabModule, question: Question): Generator<Finding> {
  const name = `${module.id}/${question.id}`;
  for (const { host, run, prints, contains } of question.proof) {
    const output = outputOf(host, run);
    const good = (prints === undefined || output === prints.trim()) && (contains === undefined || output.includes(contains)) && (prints ?? contains) !== undefined;
    yield { good, what: `${name}: ${run.at(-1)} on ${host}: expected ${prints ?? `a text with ${contains}`}, got\n  ${output.split("\n").join("\n  ")}` };
  }
  if (question.type !== "on-host" || question.solution.length === 0) return;
  const attempt = new Attempt(`question:${name}`);
  yield { good: !attempt.verdict(question.id).passed, what: `${name}: passes before its solution` };
  attempt.type(question.solution);
  const verdict = attempt.verdict(question.id);
  yield { good: verdict.passed, what: `${name}: after its solution: ${shown(verdict)}${attempt.trouble}` };
  for (const [index, mistake] of question.mistakes.entries()) {
    const other = new Attempt(`question:${name}`);
    other.type(mistake.run);
    const given = other.verdict(question.id);
    yield { good: !given.passed && given.code === mistake.code && Object.hasOwn(question.feedback, mistake.code), what: `${name}: mistake ${index + 1}: expected ${mistake.code} and a sentence for it, got ${shown(given)}${other.trouble}` };
  }
}

function summaryOfLab(lab: Lab): string {
  const { alternatives, mistakes } = sectionsOf(lab);
  return `${lab.id}: ${lab.tasks.length} tasks, ${alternatives.length} other ways, ${mistakes.length} mistakes that give ${new Set(mistakes.map(({ task, word }) => `${task} ${word}`)).size} reasons`;
}

function summaryOfBank(module: LabModule): string {
  const questions = module.bank?.questions ?? [];
  const atTerminal = questions.filter((question) => question.type === "on-host");
  const proofs = questions.reduce((sum, question) => sum + question.proof.length, 0);
  const mistakes = atTerminal.reduce((sum, question) => sum + question.mistakes.length, 0);
  return `${module.id}: ${questions.length} questions, ${proofs} claims about output, ${atTerminal.filter((question) => question.solution.length > 0).length} solved at a terminal, ${mistakes} mistakes`;
}

async function main(): Promise<void> {
  const { values, positionals: wanted } = parseArgs({ options: { report: { type: "string" } }, allowPositionals: true });
  for (const id of wanted) {
    if (!catalogue.labs.has(id) && !catalogue.modules.some((module) => module.id === id)) {
      console.error(`There is no lab ${id}. Labs: ${[...catalogue.labs.keys()].join(", ")}; modules: ${catalogue.modules.map((module) => module.id).join(", ")}`);
      process.exit(2);
    }
  }
  const labs = [...catalogue.labs.values()].filter((lab) => wanted.length === 0 || wanted.includes(lab.id));
  const banks = catalogue.modules.filter((module) => (wanted.length === 0 || wanted.includes(module.id)) && (module.bank?.questions.length ?? 0) > 0);
  const parts = [
    ...labs.map((lab) => ({ jobs: jobsOf(lab), summary: summaryOfLab(lab) })),
    ...banks.map((module) => ({ jobs: (module.bank?.questions ?? []).map((_, place): Job => ({ module: module.id, place })), summary: summaryOfBank(module) })),
  ];
  const findings: (readonly Finding[])[] = [];
  await onAllProcessors<Job, readonly Finding[]>(fileURLToPath(import.meta.url), parts.flatMap(({ jobs }) => jobs), (found, place) => {
    findings[place] = found;
  });
  let at = 0;
  for (const { jobs, summary } of parts) {
    for (const { good, what } of findings.slice(at, at + jobs.length).flat()) if (!good) console.log(`FAILED: ${what}`);
    at += jobs.length;
    console.log(summary);
  }
  const passed = findings.flat().filter(({ good }) => good).length;
  const failed = findings.flat().length - passed;
  console.log(`${passed} passed, ${failed} failed`);
  if (values.report !== undefined) writeFileSync(values.report, JSON.stringify({ passed, failed }));
  process.exit(failed === 0 ? 0 : 1);
}

if (!serveJobs(findingsOf)) await main();
