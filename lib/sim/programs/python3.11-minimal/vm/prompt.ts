// The interactive prompt: plain lines from the terminal, `>>> ` and `... `.

import type { Namespace, Run } from "../objects/value.ts";
import { settle } from "../objects/value.ts";
import { exceptions } from "../objects/exception.ts";
import { compileModule } from "../code/compile.ts";
import { Parser } from "../syntax/parser.ts";
import { SyntaxProblem } from "../syntax/syntax-problem.ts";
import { syntaxException } from "./compile-source.ts";
import { Frame } from "./frame.ts";
import { BUILD, COMPILER, VERSION } from "../modules/sys.ts";
import { str } from "./text-form.ts";
import { exceptionReport } from "./traceback.ts";
import { reported } from "./main.ts";
import type { Vm } from "./vm.ts";

function* readLine(vm: Vm, name: "ps1" | "ps2"): Run<string> {
  const text = vm.moduleNamespace("sys")?.get(name) ?? (name === "ps1" ? ">>> " : "... ");
  yield* vm.streams.flushOut(vm);
  yield* vm.streams.writeError(vm, typeof text === "string" ? text : yield* settle(str(vm, text)));
  return yield* vm.streams.stdin.readLine(vm);
}

/** Whether more lines are wanted before the text can be run. */
function isIncomplete(text: string): boolean {
  const lines = text.split("\n");
  const last = lines[lines.length - 2] ?? "";
  try {
    const parser = new Parser(text);
    parser.interactive();
    // A block goes on until an empty line.
    return isCompound(text) && last !== "";
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) return false;
    if (error.incomplete && /never closed|triple-quoted|unexpected EOF/.test(error.message)) return true;
    if (isCompound(text) && last !== "" && (error.incomplete || /expected (?:an indented block|'except' or)/.test(error.message))) return true;
    return false;
  }
}

function isCompound(text: string): boolean {
  return /^(?:@|(?:if|for|while|def|class|with|try|async|match)\b)/.test(text);
}

/** Reads and runs statements until the end of input; the exit status. */
export function* prompt(vm: Vm, namespace: Namespace, banner: boolean): Run<number> {
  if (banner) yield* vm.streams.writeError(vm, `Python ${VERSION} (${BUILD}) [${COMPILER}] on linux\nType "help", "copyright", "credits" or "license" for more information.\n`);
  for (;;) {
    let text = "";
    try {
      const first = yield* readLine(vm, "ps1");
      if (first === "") {
        yield* vm.streams.writeError(vm, "\n");
        return 0;
      }
      text = first.endsWith("\n") ? first : `${first}\n`;
      while (isIncomplete(text)) {
        const more = yield* readLine(vm, "ps2");
        if (more === "") {
          yield* vm.streams.writeError(vm, "\n");
          break;
        }
        text += more.endsWith("\n") ? more : `${more}\n`;
      }
      yield* runStatement(vm, text, namespace);
    } catch (error) {
      const exception = vm.exceptionOf(error);
      vm.depth = 0;
      vm.nativeDepth = 0;
      vm.frame = undefined;
      if (exception.cls.isSubclassOf(exceptions.SystemExit)) return yield* reported(vm, exception);
      yield* vm.streams.flushOut(vm);
      if (exception.cls === exceptions.KeyboardInterrupt && exception.traceback.length === 0) yield* vm.streams.writeError(vm, "\nKeyboardInterrupt\n");
      else yield* vm.streams.writeError(vm, yield* exceptionReport(vm, exception));
      vm.moduleNamespace("sys")?.set("last_value", exception);
    }
  }
}

function* runStatement(vm: Vm, text: string, namespace: Namespace): Run<void> {
  if (text.trim() === "") return;
  const parser = new Parser(text);
  let code: ReturnType<typeof compileModule>;
  try {
    code = compileModule(parser, { filename: "<stdin>", lines: undefined, internal: false }, "single");
  } catch (error) {
    if (error instanceof SyntaxProblem) throw syntaxException(error, "<stdin>", parser.tokenizer.lines);
    throw error;
  }
  yield* settle(vm.runFrame(new Frame(code, namespace, undefined, [], [])));
}
