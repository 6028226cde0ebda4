// debconf's answers: /var/cache/debconf/config.dat, a paragraph a question.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { parseParagraphs } from "../kit/debian/deb822.ts";
import { DpkgDatabase, readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { type Template, templates } from "./_templates.ts";

const CONFIG = "/var/cache/debconf/config.dat";

export interface Question {
  readonly name: string;
  readonly owners: string[];
  readonly template: string;
  value: string | undefined;
  seen: boolean;
  /** as debconf-set-selections said, for questions that nobody here asks */
  readonly type: string;
}

export class DebconfDatabase {
  readonly questions: Map<string, Question>;

  constructor(questions: Map<string, Question>) {
    this.questions = questions;
  }

  /** What is stored, and the questions of installed packages that nobody has answered yet. */
  static *read(sys: Sys): Blocking<DebconfDatabase> {
    const questions = new Map<string, Question>();
    const installed = yield* DpkgDatabase.read(sys);
    for (const [owner, list] of templates) if (installed.version(owner) !== undefined) for (const one of list) questions.set(one.name, { name: one.name, owners: [owner], template: one.name, value: undefined, seen: false, type: one.type });
    for (const fields of parseParagraphs(yield* readFile(sys, CONFIG))) {
      const name = fields.get("Name") ?? "";
      const template = templateOf(name);
      questions.set(name, { name, owners: (fields.get("Owners") ?? "").split(/,\s*/).filter((one) => one !== ""), template: fields.get("Template") ?? name, value: fields.get("Value"), seen: (fields.get("Flags") ?? "").includes("seen"), type: template?.type ?? "string" });
    }
    return new DebconfDatabase(questions);
  }

  value(name: string): string {
    return this.questions.get(name)?.value ?? templateOf(name)?.otherwise ?? "";
  }

  set(name: string, value: string, seen: boolean, owner?: string, type?: string): void {
    const known = this.questions.get(name);
    if (known) {
      known.value = value;
      known.seen = seen || known.seen;
      if (owner !== undefined && !known.owners.includes(owner)) known.owners.push(owner);
    } else this.questions.set(name, { name, owners: owner === undefined ? [] : [owner], template: name, value, seen, type: type ?? templateOf(name)?.type ?? "string" });
  }

  *write(sys: Sys): Blocking<void> {
    const text = [...this.questions.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((one) => `Name: ${one.name}\nTemplate: ${one.template}\n${one.value === undefined ? "" : `Value: ${one.value}\n`}Owners: ${one.owners.join(", ")}\n${one.seen ? "Flags: seen\n" : ""}`).join("\n");
    try {
      sys.rename(CONFIG, `${CONFIG}-old`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    yield* writeFile(sys, CONFIG, `${text}\n`);
  }
}

export function templateOf(name: string): Template | undefined {
  for (const list of templates.values()) for (const one of list) if (one.name === name) return one;
  return undefined;
}
