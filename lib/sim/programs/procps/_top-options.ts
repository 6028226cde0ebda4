// The command line of top (top(1), 1. COMMAND-LINE Options).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { TOP_FIELDS } from "./_top-fields.ts";
import { currentWindow, FIELD_NUMBERS, type TopShared, type TopUsers } from "./_top-windows.ts";

export interface TopRun {
  batch: boolean;
  rounds: number;
  width: number | undefined;
  secure: boolean;
  /** what is printed instead of anything else */
  text: string | undefined;
}

const LONG: ReadonlyMap<string, string> = new Map([
  ["batch-mode", "b"], ["cmdline-toggle", "c"], ["delay", "d"], ["scale-summary-mem", "E"], ["scale-task-mem", "e"], ["threads-show", "H"], ["help", "h"], ["idle-toggle", "i"], ["iterations", "n"], ["list-fields", "O"], ["sort-override", "o"], ["pid", "p"],
  ["accum-time-toggle", "S"], ["secure-mode", "s"], ["filter-any-user", "U"], ["filter-only-euser", "u"], ["version", "V"], ["width", "w"], ["single-cpu-toggle", "1"],
]);
const WITH_VALUE = "dEenopUu";
const MOST_PIDS = 20;
const MOST_COLUMNS = 512;

const TOP_USAGE = "Usage:\n top [options]\n";
const TOP_VERSION = "top from procps-ng 4.0.2\n";

/** What is wrong with the words. */
export class TopComplaint extends Error {}

export function fieldNamed(name: string): string | undefined {
  const wanted = name.toLowerCase();
  return (wanted === "time" ? "TIME+" : undefined) ?? TOP_FIELDS.find((field) => field.name.toLowerCase() === wanted)?.name;
}

/** A name, a number, or one of them behind "!"; undefined when nobody has the name. */
export function usersNamed(accounts: Accounts, typed: string, any: boolean): TopUsers | undefined {
  const not = typed.startsWith("!");
  const name = not ? typed.slice(1) : typed;
  const uid = /^\d+$/.test(name) ? Number(name) : accounts.userByName(name)?.uid;
  return uid === undefined ? undefined : { uid, any, not };
}

function readPids(text: string, shared: TopShared): void {
  for (const one of text.split(",")) {
    if (!/^\d+$/.test(one)) throw new TopComplaint(`bad pid '${one}'`);
    if (shared.pids.length === MOST_PIDS) throw new TopComplaint(`pid limit (${MOST_PIDS}) exceeded`);
    shared.pids = [...shared.pids, Number(one)];
  }
}

/** One option with its value; changes what is there. */
function* applyOption(sys: Sys, letter: string, value: string, shared: TopShared, run: TopRun): Blocking<void> {
  const window = currentWindow(shared);
  switch (letter) {
    case "b": run.batch = true; break;
    case "c": window.fullCommand = !window.fullCommand; break;
    case "i": window.idle = !window.idle; break;
    case "1":
      window.eachCpu = !window.eachCpu;
      window.nodes = false;
      window.abreast = window.eachCpu;
      if (window.states === 3) window.states = 0;
      break;
    case "d": {
      const seconds = Number(value.replace(",", "."));
      if (value === "" || Number.isNaN(seconds)) throw new TopComplaint(`bad delay interval '${value}'`);
      if (seconds < 0) throw new TopComplaint("-d requires positive argument");
      if (run.secure) throw new TopComplaint('-d disallowed in "secure" mode');
      shared.delaySeconds = seconds;
      break;
    }
    case "n":
      if (!/^\d+$/.test(value) || Number(value) < 1) throw new TopComplaint(`bad iterations argument '${value}'`);
      run.rounds = Number(value);
      break;
    case "p":
      if (window.users) throw new TopComplaint("conflicting process selections (U/p/u)");
      readPids(value, shared);
      break;
    case "u": case "U": {
      if (shared.pids.length > 0 || window.users) throw new TopComplaint("conflicting process selections (U/p/u)");
      const users = usersNamed(yield* Accounts.read(sys), value, letter === "U");
      if (!users) throw new TopComplaint("Invalid user");
      window.users = users;
      break;
    }
    case "o": {
      const field = fieldNamed(value.replace(/^[+-]/, ""));
      if (!field) throw new TopComplaint(`unrecognized field name '${value}'`);
      window.sort = field;
      window.ascending = value.startsWith("-");
      break;
    }
    case "E": case "e": {
      const scale = value === "" ? -1 : (letter === "E" ? "kmgtpe" : "kmgtp").indexOf(value.toLowerCase());
      if (value.length !== 1 || scale < 0) throw new TopComplaint(`bad memory scaling arg '${value}'`);
      if (letter === "E") shared.summaryScale = scale;
      else shared.taskScale = scale;
      break;
    }
    case "w":
      if (value !== "" && (!/^\d+$/.test(value) || Number(value) < 3 || Number(value) > MOST_COLUMNS)) throw new TopComplaint(`bad width arg '${value}'`);
      run.width = value === "" ? columnsOf(sys) : Number(value);
      break;
    case "O": run.text ??= FIELD_NUMBERS.map((name) => `${name}\n`).join(""); break;
    case "S": window.cumulative = !window.cumulative; break;
    case "H": shared.threads = !shared.threads; break;
    case "s": run.secure = true; break;
    case "v": case "V": run.text ??= TOP_VERSION; break;
    default: run.text ??= TOP_USAGE;
  }
}

/** The words, cut by getopt's rules, and what they change. Throws TopComplaint. */
export function* readOptions(sys: Sys, words: readonly string[], shared: TopShared): Blocking<TopRun> {
  const run: TopRun = { batch: false, rounds: Number.POSITIVE_INFINITY, width: undefined, secure: false, text: undefined };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word.startsWith("--")) {
      const [name = "", given] = word.slice(2).split(/=(.*)/s);
      const letter = LONG.get(name);
      if (letter === undefined) throw new TopComplaint(`unrecognized option '--${name}'`);
      const needs = WITH_VALUE.includes(letter);
      if (needs && given === undefined && at + 1 >= words.length) throw new TopComplaint(`option '--${name}' requires an argument`);
      yield* applyOption(sys, letter, given ?? (needs ? (words[++at] ?? "") : ""), shared, run);
      continue;
    }
    if (!word.startsWith("-") || word === "-") throw new TopComplaint(`unknown option '${word}'`);
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] ?? "";
      if (!"bcd:E:e:hHiIn:Oo:p:SsU:u:vVw1".replaceAll(":", "").includes(letter)) throw new TopComplaint(`invalid option -- '${letter}'`);
      const rest = word.slice(i + 1);
      const takes = WITH_VALUE.includes(letter) || letter === "w";
      let value = "";
      if (takes && rest !== "") value = rest;
      else if (WITH_VALUE.includes(letter)) {
        if (at + 1 >= words.length) throw new TopComplaint(`option requires an argument -- '${letter}'`);
        value = words[++at] ?? "";
      } else if (letter === "w" && at + 1 < words.length && !(words[at + 1] ?? "").startsWith("-")) value = words[++at] ?? "";
      yield* applyOption(sys, letter, value, shared, run);
      if (takes) break;
    }
  }
  return run;
}

/** The columns that the environment or a terminal on the output tells. */
function columnsOf(sys: Sys): number | undefined {
  const told = Number(sys.environment.get("COLUMNS") ?? "");
  if (told > 0) return told;
  try {
    return sys.getWindowSize(1).cols;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}
