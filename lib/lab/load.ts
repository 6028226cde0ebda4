// Reads labs/ from disk: modules, labs, words in both languages. Everything is checked here, so that a broken lab names its file
// and line when the server starts and never fails under a learner.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { type Bank, BankError, parseBank } from "../quiz/bank.ts";
import { type LabWords, LabWordsError, parseLabWords } from "./lab-words.ts";
import type { Task } from "./evaluate.ts";
import { checkSchema, type LabFacts, labSchema, type ModuleFacts, moduleSchema } from "./schema.ts";

export interface Lab extends LabFacts {
  readonly module: string;
  readonly folder: string;
  readonly words: { readonly fr: LabWords; readonly en: LabWords };
}

export interface LabModule extends ModuleFacts {
  readonly folder: string;
  /** labs/<module>/questions.yaml; a module may have none */
  readonly bank: Bank | undefined;
}

/** A question that is answered at a terminal: one task on a host of its own. */
export interface OnHostQuestion {
  readonly host: string;
  readonly user: string;
  readonly task: Task;
}

export interface Catalogue {
  readonly modules: readonly LabModule[];
  readonly labs: ReadonlyMap<string, Lab>;
  /** by "MODULE/QUESTION" */
  readonly onHostQuestions: ReadonlyMap<string, OnHostQuestion>;
}

/** Names the file and what is wrong with it. */
class LabError extends Error {}

function readYaml<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  let value: unknown;
  try {
    value = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new LabError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new LabError(`${file}: ${result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}`);
  return result.data;
}

function readWords(file: string): LabWords {
  try {
    return parseLabWords(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof LabWordsError) throw new LabError(`${file}, ${error.message}`);
    throw error instanceof Error ? new LabError(`${file}: ${error.message}`) : error;
  }
}

function checkWords(lab: LabFacts, file: string, words: LabWords): void {
  for (const task of lab.tasks) if (!words.tasks.has(task.id)) throw new LabError(`${file}: no section {#${task.id}} for the task of that id in lab.yaml`);
  for (const anchor of words.tasks.keys()) if (!lab.tasks.some((task) => task.id === anchor)) throw new LabError(`${file}: section {#${anchor}} belongs to no task of lab.yaml`);
}

function loadLab(module: string, folder: string): Lab {
  const facts = readYaml(path.join(folder, "lab.yaml"), labSchema);
  if (facts.id !== path.basename(folder)) throw new LabError(`${folder}/lab.yaml: id is ${facts.id}, the folder is ${path.basename(folder)}`);
  const words = { fr: readWords(path.join(folder, "lab.fr.md")), en: readWords(path.join(folder, "lab.en.md")) };
  checkWords(facts, path.join(folder, "lab.fr.md"), words.fr);
  checkWords(facts, path.join(folder, "lab.en.md"), words.en);
  return { ...facts, module, folder, words };
}

function loadBank(file: string): Bank | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return parseBank(readFileSync(file, "utf8"), file);
  } catch (error) {
    throw error instanceof BankError ? new LabError(error.message) : error;
  }
}

const onHostChecks = z.array(checkSchema).min(1);

function addOnHostQuestions(module: string, folder: string, bank: Bank | undefined, questions: Map<string, OnHostQuestion>): void {
  for (const question of bank?.questions ?? []) {
    if (question.type !== "on-host") continue;
    const checks = onHostChecks.safeParse(question.checks);
    if (!checks.success) throw new LabError(`${folder}/questions.yaml: question "${question.id}": ${checks.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}`);
    questions.set(`${module}/${question.id}`, { host: question.host, user: question.user, task: { id: question.id, optional: false, checks: checks.data } });
  }
}

/** `labsFolder`: the project's labs/. Errors: LabError. */
export function loadCatalogue(labsFolder: string): Catalogue {
  const modules: LabModule[] = [];
  const labs = new Map<string, Lab>();
  const onHostQuestions = new Map<string, OnHostQuestion>();
  for (const name of readdirSync(labsFolder).sort()) {
    const folder = path.join(labsFolder, name);
    const file = path.join(folder, "module.yaml");
    if (!existsSync(file)) continue;
    const module = readYaml(file, moduleSchema);
    if (module.id !== name) throw new LabError(`${file}: id is ${module.id}, the folder is ${name}`);
    const bank = loadBank(path.join(folder, "questions.yaml"));
    modules.push({ ...module, folder, bank });
    addOnHostQuestions(module.id, folder, bank, onHostQuestions);
    for (const id of module.labs) {
      if (labs.has(id)) throw new LabError(`${file}: the lab ${id} stands in two modules`);
      labs.set(id, loadLab(module.id, path.join(folder, id)));
    }
  }
  modules.sort((a, b) => a.order - b.order);
  return { modules, labs, onHostQuestions };
}
