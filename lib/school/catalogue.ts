// The labs and banks as the school sees them: read once a process, and the columns of an instructor's matrix.
import path from "node:path";
import { type Catalogue, type Lab, loadCatalogue } from "../lab/load.ts";
import { typesetFrench } from "./french-catalogue.ts";
import { questionKey, stepKey } from "./progress.ts";

let known: Catalogue | undefined;

export function labsFolder(): string {
  return path.join(process.env["HOTE_ROOT"] ?? process.cwd(), "labs");
}

/** Errors: LabError or BankError, which name the file. In development the files are read again each time. */
export function catalogue(): Catalogue {
  if (known === undefined || process.env.NODE_ENV === "development") {
    known = loadCatalogue(labsFolder());
    typesetFrench(known);
  }
  return known;
}

export function labOf(activity: string): Lab | undefined {
  return activity.startsWith("lab:") ? catalogue().labs.get(activity.slice(4)) : undefined;
}

interface Column {
  readonly key: string;
  readonly title: string;
}

export interface ColumnGroup {
  readonly kind: "lab" | "quiz";
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
}

/** The steps of every lab and the questions of every bank, in the order of the road map. */
export function columnGroups(locale: "fr" | "en"): readonly ColumnGroup[] {
  const groups: ColumnGroup[] = [];
  const { modules, labs } = catalogue();
  for (const module of modules) {
    for (const id of module.labs) {
      const lab = labs.get(id);
      if (!lab) continue;
      const columns = lab.tasks.map((task) => ({ key: stepKey(`lab:${id}`, task.id), title: lab.words[locale].tasks.get(task.id)?.title ?? task.id }));
      groups.push({ kind: "lab", id, title: lab.words[locale].title, columns });
    }
    if (module.bank) {
      const columns = module.bank.questions.map((question) => ({ key: questionKey(module.id, question.id), title: question.ask[locale] }));
      groups.push({ kind: "quiz", id: module.id, title: module.bank.title[locale], columns });
    }
  }
  return groups;
}
