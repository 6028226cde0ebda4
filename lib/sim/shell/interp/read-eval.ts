// Reading and carrying out commands one after the other: text at hand (-c, eval, source, traps) and sources that give lines (script on
// standard input, terminal). Follows eval.c: reader_loop, evalstring.c: parse_and_execute.
import type { Blocking } from "../../kernel/sys.ts";
import { type CommandSource, LineInterrupted } from "../front-end.ts";
import { scanContinuation } from "../readline/command-continuation.ts";
import { parserFor } from "../syntax/parse.ts";
import { Parser } from "../syntax/parser.ts";
import { IncompleteInput, SyntaxProblem } from "../syntax/syntax-error.ts";
import type { List } from "../syntax/tree.ts";
import { DiscardCommand, Interrupted, ShellExit } from "./flow.ts";
import { notifyJobs } from "./foreground.ts";
import type { TextOptions } from "./language.ts";
import { reportSyntax } from "./report-syntax.ts";
import type { Shell } from "./shell.ts";
import { attend } from "./traps.ts";

function aliasLookup(shell: Shell): ((name: string) => string | undefined) | undefined {
  return shell.shopts.expand_aliases ? (name) => shell.aliases.get(name) : undefined;
}

/** Runs all of a text in this shell. Commands are parsed one at a time: aliases and options of one hold for the next. */
export function* runText(shell: Shell, text: string, options: TextOptions): Blocking<number> {
  let parser = parserFor(text, { extglob: shell.shopts.extglob, posix: shell.options.posix, dash: shell.strict, noArrays: shell.ash, alias: aliasLookup(shell), firstLine: options.firstLine ?? 1 });
  let status = 0;
  let extglob = shell.shopts.extglob;
  let aliases = shell.shopts.expand_aliases;
  let warnings = 0;
  for (;;) {
    if (shell.shopts.extglob !== extglob || shell.shopts.expand_aliases !== aliases) {
      // An option that changes how text is read takes hold with the next command.
      extglob = shell.shopts.extglob;
      aliases = shell.shopts.expand_aliases;
      const position = parser.position;
      const old = parser.lexer;
      parser = new Parser(old.text.slice(position), { extglob, posix: shell.options.posix, dash: shell.strict, noArrays: shell.ash, alias: aliasLookup(shell), complete: true, firstLine: old.lineAt(position) });
      warnings = 0;
    }
    let list: List | undefined;
    const start = shell.options.verbose ? parser.position : undefined;
    try {
      list = parser.nextCommand();
      if (start !== undefined) yield* shell.errorText(parser.lexer.text.slice(start, parser.position).replace(/[^\n]$/, "$&\n"));
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      yield* reportWarnings(shell, parser, warnings);
      yield* reportSyntax(shell, error, options.inputName);
      options.onSyntaxError?.();
      if (shell.strict) throw new ShellExit(2, true);
      if (error.status === 0) return options.inputName === "eval" ? 2 : shell.lastStatus;
      shell.lastStatus = error.status;
      shell.pipeStatus = [error.status];
      if (error.status === 1 && error.quotedLine !== undefined) {
        status = 1;
        parser.skipLine(error.position);
        continue;
      }
      return error.status;
    }
    if (parser.warnings.length > warnings) warnings = yield* reportWarnings(shell, parser, warnings);
    if (!list) return status;
    if (list.items.length === 0) continue;
    if (shell.options.noexec && !shell.interactive) continue;
    try {
      const [before, last] = list.items.length > 1 ? list.items.slice(-2) : [undefined, list.items[0]];
      // execute_cmd.c, optimize_connection_fork: not behind a "&"
      if (options.tail && last && !last.background && before?.background !== true && last.command.type === "simple" && parser.atEnd) shell.tail = last.command;
      const outcome = shell.language.run(shell, list);
      status = typeof outcome === "number" ? outcome : yield* outcome;
      if (shell.attention) yield* attend(shell);
      if (shell.jobs.all.length > 0 && (options.inputName === "" || (options.inputName === "-c" && !parser.atEnd))) yield* tellOfJobs(shell);
    } catch (error) {
      if (!(error instanceof DiscardCommand)) throw error;
      status = error.status;
      shell.lastStatus = status;
      shell.pipeStatus = [status];
      if (shell.isChild && shell.subshellLevel > 0) throw error;
    }
    if (shell.flow !== "none") return status;
    if (shell.options.onecmd && options.inputName === "" && !shell.dash) throw new ShellExit(status);
  }
}

/** What is known of jobs is told between lines (parse.y: shell_getc). */
function* tellOfJobs(shell: Shell): Blocking<void> {
  if (!shell.interactive && !shell.strict) yield* notifyJobs(shell);
}

function* reportWarnings(shell: Shell, parser: Parser, from: number): Blocking<number> {
  const { warnings } = parser;
  for (const warning of warnings.slice(from)) {
    yield* shell.errorText(shell.interactive ? `${shell.shellName}: ${warning.message}\n` : `${shell.frames[0]?.source || shell.arg0}: line ${warning.line}: ${warning.message}\n`);
  }
  return warnings.length;
}

/** Runs a tree and gives traps their turn. */
function* settle(shell: Shell, list: List): Blocking<number> {
  const outcome = shell.language.run(shell, list);
  const status = typeof outcome === "number" ? outcome : yield* outcome;
  if (shell.attention) yield* attend(shell);
  if (shell.jobs.all.length > 0) yield* tellOfJobs(shell);
  return status;
}

export interface SourceHooks {
  /** A whole command was read, or one that has a syntax error. */
  entered(text: string, valid: boolean): Blocking<void>;
}

/** Lines from a source until it ends. For a terminal: errors and interrupts come back to the prompt. */
export function* runSource(shell: Shell, source: CommandSource, hooks: SourceHooks | undefined): Blocking<number> {
  let lineNumber = 1;
  for (;;) {
    let text = "";
    let lines = 0;
    let list: List | undefined;
    let ended = false;
    let failed = false;
    const endsOfInput: number[] = [];
    let inHereDocument = false;
    let told = 0;
    try {
      for (;;) {
        const line = yield* source.nextLine(text === "" ? "PS1" : "PS2");
        if (line === undefined && inHereDocument && shell.interactive && !shell.dash) {
          // Ctrl-D ends the here-document only (make_cmd.c: make_here_document)
          endsOfInput.push(text.length);
          source.hereDocumentEnded?.();
        } else if (line === undefined) {
          ended = true;
          if (text === "") return shell.lastStatus;
        } else {
          text += `${line}\n`;
          lines++;
          if (shell.options.verbose) yield* shell.errorText(`${line}\n`);
        }
        const parser = new Parser(text, { extglob: shell.shopts.extglob, posix: shell.options.posix, dash: shell.strict, noArrays: shell.ash, alias: aliasLookup(shell), complete: ended, firstLine: lineNumber, comments: shell.shopts.interactive_comments || !shell.interactive, ...(endsOfInput.length > 0 ? { endsOfInput } : {}) });
        try {
          list = parser.nextCommand();
        } catch (error) {
          if (!(error instanceof IncompleteInput)) throw error;
          ({ inHereDocument } = error);
          if (endsOfInput.length > 0) told = yield* reportWarnings(shell, parser, told);
          continue;
        }
        // A backslash joins the next line even to a command that could end here.
        if (!ended && text.endsWith("\\\n") && scanContinuation(text.slice(0, -1)).backslash) continue;
        if (parser.warnings.length > told) yield* reportWarnings(shell, parser, told);
        break;
      }
      if (hooks && list && list.items.length > 0) yield* hooks.entered(text, true);
      // what came while dash read is done before the command
      if (shell.strict && shell.attention) yield* attend(shell);
      if (list && list.items.length > 0 && (!shell.options.noexec || shell.interactive)) yield* settle(shell, list);
      else if (shell.attention) yield* attend(shell);
    } catch (error) {
      failed = true;
      if (error instanceof SyntaxProblem) {
        if (hooks) yield* hooks.entered(text, false);
        yield* reportSyntax(shell, error, "");
        const closing = ended ? /looking for matching `(.)'/.exec(error.message)?.[1] : undefined;
        if (closing !== undefined) source.brokenOff?.(closing);
        if (error.status !== 0) {
          shell.lastStatus = error.status;
          shell.pipeStatus = [error.status];
        }
        if (!shell.interactive) return shell.lastStatus;
      } else if (error instanceof DiscardCommand || (error instanceof ShellExit && error.isError && shell.interactive && !shell.isChild)) {
        shell.lastStatus = error.status;
        shell.pipeStatus = [error.status];
        if (shell.isChild && shell.subshellLevel > 0) throw error;
      } else if (error instanceof LineInterrupted || (error instanceof Interrupted && shell.interactive)) {
        if (error instanceof Interrupted) yield* shell.errorText("\n");
        shell.lastStatus = 130;
        shell.pipeStatus = error instanceof Interrupted ? error.statuses : [130];
      } else throw error;
      resetState(shell);
    }
    lineNumber += lines;
    if (shell.flow === "return" && shell.returnDepth > 0) return shell.lastStatus;
    shell.flow = "none";
    if (shell.options.onecmd) return shell.lastStatus;
    // Ctrl-D inside a command ends only that command; behind a backslash the command is carried out first.
    if (ended && (!shell.interactive || (!failed && !shell.strict && text.endsWith("\\\n")))) return shell.lastStatus;
  }
}

/** After a jump to the top level. */
export function resetState(shell: Shell): void {
  shell.flow = "none";
  shell.loopDepth = 0;
  shell.ignoreErrors = 0;
  shell.builtinName = "";
  shell.functionDepth = 0;
  shell.returnDepth = 0;
  shell.inTrap = 0;
  shell.inDebugTrap = false;
  shell.frames = shell.baseFrames;
  shell.variables.scopes.length = 1;
}
