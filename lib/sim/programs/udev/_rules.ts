// Rules of udev(7): reading the files, and what they say of one device. Doing it is _event.ts's work.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

export type Operator = "==" | "!=" | "=" | "+=" | "-=" | ":=";

export interface Token {
  readonly key: string;
  /** what stands in braces */
  readonly attribute: string | undefined;
  readonly operator: Operator;
  readonly value: string;
}

export interface Rule {
  readonly file: string;
  readonly line: number;
  readonly tokens: readonly Token[];
}

export interface RuleProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** KEY: whether it matches, is assigned, and whether braces must, may or must not follow. */
const KEYS: ReadonlyMap<string, readonly [match: boolean, assign: boolean, braces: "none" | "needed" | "allowed"]> = new Map([
  ["ACTION", [true, false, "none"]], ["DEVPATH", [true, false, "none"]], ["KERNEL", [true, false, "none"]], ["KERNELS", [true, false, "none"]], ["SUBSYSTEM", [true, false, "none"]], ["SUBSYSTEMS", [true, false, "none"]], ["DRIVER", [true, false, "none"]], ["DRIVERS", [true, false, "none"]],
  ["ATTRS", [true, false, "needed"]], ["CONST", [true, false, "needed"]], ["TEST", [true, false, "allowed"]], ["PROGRAM", [true, false, "none"]], ["RESULT", [true, false, "none"]], ["TAGS", [true, false, "none"]],
  ["ATTR", [true, true, "needed"]], ["SYSCTL", [true, true, "needed"]], ["ENV", [true, true, "needed"]], ["TAG", [true, true, "none"]], ["NAME", [true, true, "none"]], ["SYMLINK", [true, true, "none"]], ["IMPORT", [true, true, "needed"]],
  ["OWNER", [false, true, "none"]], ["GROUP", [false, true, "none"]], ["MODE", [false, true, "none"]], ["SECLABEL", [false, true, "needed"]], ["RUN", [false, true, "allowed"]], ["LABEL", [false, true, "none"]], ["GOTO", [false, true, "none"]], ["OPTIONS", [false, true, "none"]],
]);

const TOKEN = /^\s*([A-Z_]+)(?:\{([^}]*)\})?\s*(==|!=|\+=|-=|:=|=)\s*(e?)"((?:[^"\\]|\\.)*)"\s*,?/;

/** The whole text of a file; what is wrong with a line takes the line away. */
export function parseRules(file: string, text: string): { readonly rules: readonly Rule[]; readonly problems: readonly RuleProblem[] } {
  const rules: Rule[] = [];
  const problems: RuleProblem[] = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    let content = lines[index] ?? "";
    if (/^\s*(?:#|$)/.test(content)) continue;
    while (content.endsWith("\\") && index + 1 < lines.length) content = content.slice(0, -1) + (lines[++index] ?? "").trimStart();
    const complain = (message: string): void => void problems.push({ file, line, message });
    const tokens: Token[] = [];
    let rest = content.trim();
    let good = true;
    while (rest !== "") {
      const match = TOKEN.exec(rest);
      if (match === null) {
        complain("Invalid key/value pair, ignoring.");
        good = false;
        break;
      }
      const [whole, key = "", attribute, operator = "==", escaped, value = ""] = match;
      rest = rest.slice(whole.length).trimStart();
      const known = KEYS.get(key);
      const matches = operator === "==" || operator === "!=";
      if (known === undefined) complain(`Invalid key '${key}'.`);
      else if (known[2] === "none" && attribute !== undefined) complain(`Invalid attribute for ${key}.`);
      else if (known[2] === "needed" && (attribute ?? "") === "") complain(`Invalid attribute for ${key}.`);
      else if (matches && !known[0]) complain(`Invalid operator for ${key}.`);
      else if (!matches && !known[1] && !(key === "PROGRAM" && operator === "=")) complain(`Invalid operator for ${key}.`);
      else {
        tokens.push({ key, attribute, operator: operator as Operator, value: escaped === "e" ? value.replace(/\\(.)/g, (_, letter: string) => ({ n: "\n", t: "\t" })[letter] ?? letter) : value.replaceAll('\\"', '"') });
        continue;
      }
      good = false;
      break;
    }
    if (good && tokens.length > 0) rules.push({ file, line, tokens });
  }
  const labels = new Set(rules.flatMap((rule) => rule.tokens.filter((token) => token.key === "LABEL").map((token) => token.value)));
  for (const rule of rules) for (const token of rule.tokens) if (token.key === "GOTO" && !labels.has(token.value)) problems.push({ file, line: rule.line, message: `GOTO="${token.value}" has no matching label, ignoring` });
  return { rules, problems };
}

export const RULE_DIRECTORIES = ["/etc/udev/rules.d", "/run/udev/rules.d", "/usr/local/lib/udev/rules.d", "/usr/lib/udev/rules.d"] as const;
/** What packages ship is modelled in the devices themselves: these are the administrator's. */
const OWN_DIRECTORIES = RULE_DIRECTORIES.slice(0, 3);

/** Path of each file, in the order of their names; one in /etc hides those of the same name. */
export function ruleFiles(sys: Sys, directories: readonly string[] = OWN_DIRECTORIES): readonly string[] {
  const files = new Map<string, string>();
  for (const directory of directories) {
    try {
      for (const { name } of sys.readdir(directory)) if (name.endsWith(".rules") && !files.has(name)) files.set(name, `${directory}/${name}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

export function* readRules(sys: Sys): Blocking<{ readonly rules: readonly Rule[]; readonly problems: readonly RuleProblem[] }> {
  const rules: Rule[] = [];
  const problems: RuleProblem[] = [];
  for (const path of ruleFiles(sys)) {
    const parsed = parseRules(path, (yield* readTextFile(sys, path)) ?? "");
    rules.push(...parsed.rules);
    problems.push(...parsed.problems);
  }
  return { rules, problems };
}
