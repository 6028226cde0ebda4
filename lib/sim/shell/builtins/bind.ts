// bind: readline's key bindings and variables (bash(1), SHELL BUILTIN COMMANDS).
import { type Blocking, SysError, strerror } from "../../kernel/sys.ts";
import type { KeyBindings } from "../front-end.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, parseOptions, refuse } from "./builtin.ts";
import { readFileNow } from "../expand/run-now.ts";
import { readHistoryFile } from "../readline/history-file.ts";

const KEYS_A_LINE = 5;

function functionTable(bindings: KeyBindings, keymap: string | undefined): string {
  let text = "";
  for (const name of bindings.functionNames()) {
    const keys = bindings.keysOf(name, keymap);
    text += keys.length === 0 ? `# ${name} (not bound)\n` : keys.map((key) => `"${key}": ${name}\n`).join("");
  }
  return text;
}

function functionSentences(bindings: KeyBindings, keymap: string | undefined): string {
  let text = "";
  for (const name of bindings.functionNames()) {
    const keys = bindings.keysOf(name, keymap);
    if (keys.length === 0) text += `${name} is not bound to any keys\n`;
    else text += `${name} can be found on ${keys.slice(0, KEYS_A_LINE).map((key) => `"${key}"`).join(", ")}${keys.length > KEYS_A_LINE ? ", ...\n" : ".\n"}`;
  }
  return text;
}

function query(bindings: KeyBindings, name: string, keymap: string | undefined): { readonly text: string; readonly status: number } {
  const keys = bindings.keysOf(name, keymap);
  if (keys.length === 0) return { text: `${name} is not bound to any keys.\n`, status: 1 };
  return { text: `${name} can be invoked via ${keys.slice(0, KEYS_A_LINE).map((key) => `"${key}"`).join(", ")}${keys.length > KEYS_A_LINE ? ", ...\n" : ".\n"}`, status: 0 };
}

/** history-size is HISTSIZE (bashhist.c: stifle_history). */
function variables(shell: Shell, bindings: KeyBindings): readonly (readonly [name: string, value: string])[] {
  const size = shell.getVariable("HISTSIZE") ?? "";
  return bindings.variables().map(([name, value]) => (name === "history-size" && /^[0-9]+$/.test(size) ? [name, size] : [name, value]));
}

function* run(shell: Shell, args: readonly string[]): Blocking<number> {
  const bindings = shell.lineEditing?.bindings;
  if (!bindings) return yield* refuse(shell, "line editing not enabled");
  if (!shell.interactive) yield* shell.complain("warning: line editing not enabled");
  const parsed = parseOptions(args, "lvpVPsSXf:q:u:m:r:x:");
  const keymap = parsed.value("m");
  if (keymap !== undefined && !bindings.isKeymap(keymap)) return yield* refuse(shell, `\`${keymap}': invalid keymap name`);
  let status = 0;
  for (const [letter, argument] of parsed.options) {
    let text = "";
    switch (letter) {
      case "l":
        text = bindings.functionNames().map((name) => `${name}\n`).join("");
        break;
      case "p":
        text = `\n${functionTable(bindings, keymap)}`;
        break;
      case "P":
        text = `\n${functionSentences(bindings, keymap)}`;
        break;
      case "v":
        text = variables(shell, bindings).map(([name, value]) => `set ${name} ${value}\n`).join("");
        break;
      case "V":
        text = variables(shell, bindings).map(([name, value]) => `${name} is set to \`${value}'\n`).join("");
        break;
      case "s":
        text = bindings.macros(keymap).map(([keys, macro]) => `"${keys}": "${macro}"\n`).join("");
        break;
      case "S":
        text = bindings.macros(keymap).map(([keys, macro]) => `${keys} outputs ${macro}\n`).join("");
        break;
      case "X":
        text = bindings.shellCommands(keymap).map(([keys, command]) => `"${keys}": "${command}"\n`).join("");
        break;
      case "q":
      case "u":
        if (!bindings.functionNames().includes(argument)) {
          yield* shell.complain(`\`${argument}': unknown function name`);
          status = 1;
        } else if (letter === "q") {
          const answer = query(bindings, argument, keymap);
          text = answer.text;
          status = answer.status;
        } else bindings.unbindFunction(argument, keymap);
        break;
      case "r":
        bindings.unbindKeys(argument.replace(/^"(.*)"$/, "$1"), keymap);
        break;
      case "x": {
        const problem = bindings.bindShellCommand(argument, keymap);
        if (problem !== undefined) {
          yield* shell.complain(problem);
          status = 1;
        }
        break;
      }
      case "f":
        try {
          for (const problem of bindings.parseFile(yield* readHistoryFile(shell.sys, argument), (path) => readFileNow(shell.sys, path))) yield* shell.errorText(`readline: ${argument}: ${problem}\n`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* shell.complain(`${argument}: cannot read: ${strerror(error.errno)}`);
          status = 1;
        }
        break;
    }
    yield* shell.writeText(1, text);
  }
  for (const line of parsed.rest) {
    const problem = bindings.parseLine(line, keymap);
    if (problem !== undefined) yield* shell.errorText(`readline: ${problem}\n`);
  }
  return status;
}

const bind: Builtin = {
  name: "bind", usage: "bind [-lpsvPSVX] [-m keymap] [-f filename] [-q name] [-u name] [-r keyseq] [-x keyseq:shell-command] [keyseq:readline-function or readline-command]",
  help: "Shows and changes what keys do in the line editor. -l names its functions, -p -P what they are bound to, -v -V its\nvariables, -s -S macros, -X keys that run shell commands; -q asks for one function, -u and -r unbind,\n-x binds a shell command, -f reads a file, -m chooses the keymap.",
  run,
};
export default bind;
