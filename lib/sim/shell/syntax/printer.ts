// The tree back to text, in the layout of bash's print_cmd.c: what `declare -f`, `type`, job lines and `export -f` show. Words are printed
// from their source, command substitutions inside them from their tree.
// (More than 400 lines: a printer for each kind of command, in two layouts.)
import type { CaseClause, Command, ForCommand, HereDocument, IfCommand, List, Redirect, SimpleCommand, Test, Word } from "./tree.ts";

const INDENT = 4;

/** A whole function, as `declare -f name` prints it (without a final newline). */
export function printFunction(name: string, body: Command): string {
  const printer = new Printer();
  return printer.functionDefinition(name, body);
}

/** A function as `export -f` puts it into the environment, without name: one blank before each line (print_cmd.c, named_function_string without FUNC_MULTILINE). */
export function printExportedFunction(body: Command): string {
  return new Printer().exportedFunction(body);
}

/** A command on one line where bash has it so (job texts, BASH_COMMAND). */
export function printCommand(command: Command): string {
  const printer = new Printer();
  printer.command(command);
  return printer.finish();
}

function printWord(word: Word): string {
  if (word.embedded.length === 0) return word.text;
  let out = "";
  let at = 0;
  for (const item of word.embedded) {
    if (!item.body || item.start < at || word.text.startsWith("$((", item.start)) continue;
    const prefix = word.text.slice(item.start, item.start + 2);
    const inner = printEmbedded(item.body);
    out += `${word.text.slice(at, item.start)}${prefix}${inner.startsWith("(") ? " " : ""}${inner})`;
    at = item.end;
  }
  return out + word.text.slice(at);
}

/** A substitution's commands, which keep their newlines (print_cmd.c, print_comsub). */
export function printEmbedded(body: List): string {
  const printer = new Printer(true);
  printer.list(body);
  return printer.finish();
}

function redirectText(redirect: Redirect): string {
  const source = redirect.variable !== undefined ? `{${redirect.variable}}` : redirect.fd === undefined ? "" : String(redirect.fd);
  const operator = redirect.operator;
  const target = printWord(redirect.target);
  switch (operator) {
    case "<<": case "<<-":
      return `${redirect.fd === 0 ? "" : source}${operator}${redirect.hereDocument?.quoted ? `'${redirect.hereDocument.delimiter}'` : target}`;
    case "<&": case ">&": {
      const shown = redirect.fd === undefined ? (operator === "<&" ? "0" : "1") : String(redirect.fd);
      if (redirect.variable === undefined && /^[0-9]+-?$|^-$/.test(redirect.target.text)) return `${shown}${redirect.target.text === "-" ? ">&" : operator}${target}`;
      if (redirect.target.text === "-") return `${source}>&-`;
      return `${redirect.fd === (operator === "<&" ? 0 : 1) ? "" : source}${operator}${target}`;
    }
    case "<>":
      // print_cmd.c leaves the 1 out here, where the 0 is meant
      return `${redirect.variable !== undefined ? source : redirect.fd === 1 ? "" : String(redirect.fd ?? 0)}<> ${target}`;
    case "<": case ">": case ">>": case ">|":
      return `${(redirect.fd === (operator === "<" ? 0 : 1)) ? "" : source}${operator} ${target}`;
    case "<<<":
      return `${redirect.fd === 0 ? "" : source}${operator} ${target}`;
    default:
      return `${operator} ${target}`;
  }
}

class Printer {
  #out = "";
  #indentation = 0;
  #step = INDENT;
  #skipIndent = 0;
  #insideFunction = 0;
  #deferred: HereDocument[] = [];
  #wasHereDocument = false;
  readonly #keepsNewlines: boolean;

  constructor(keepsNewlines = false) {
    this.#keepsNewlines = keepsNewlines;
  }

  finish(): string {
    this.#hereDocuments("");
    return this.#out;
  }

  functionDefinition(name: string, body: Command): string {
    this.#out = `${name} () \n`;
    this.#functionBody(body);
    return this.#out;
  }

  exportedFunction(body: Command): string {
    this.#out = "() { ";
    this.#step = 0;
    this.#indentation = 1;
    this.#insideFunction++;
    if (body.type === "group") this.list(body.body);
    else this.command(body);
    this.#hereDocuments("");
    this.#indentation = 0;
    if (body.type === "group" && body.redirects.length > 0) {
      this.#newline("} ");
      this.#redirects(body.redirects);
    } else this.#newline("}");
    return this.#out;
  }

  #functionBody(body: Command): void {
    const redirects = "redirects" in body ? body.redirects : [];
    const plain = body.type === "group" ? body : undefined;
    this.#newline("{ \n");
    this.#insideFunction++;
    this.#indentation += this.#step;
    if (plain) this.list(plain.body);
    else this.command(body);
    this.#hereDocuments("");
    this.#indentation -= this.#step;
    this.#insideFunction--;
    if (plain && redirects.length > 0) {
      this.#newline("} ");
      this.#redirects(redirects);
    } else this.#newline("}");
  }

  #newline(text: string): void {
    if (this.#out !== "" && !(this.#out.endsWith("\n") && text.startsWith("{ "))) this.#out += "\n";
    this.#out += " ".repeat(this.#indentation) + text;
  }

  #semicolon(): void {
    const last = this.#out.charAt(this.#out.length - 1);
    if (last === "&" || last === "\n") return;
    this.#out += ";";
  }

  #indent(): void {
    if (this.#skipIndent > 0) this.#skipIndent--;
    else this.#out += " ".repeat(this.#indentation);
  }

  #hereDocuments(text: string): void {
    if (this.#deferred.length === 0) {
      this.#out += text;
      return;
    }
    const documents = this.#deferred;
    this.#deferred = [];
    // print_cmd.c: print_deferred_heredocs puts the connector before the bodies, save for `;`
    const connector = text !== "" && text !== ";";
    if (connector) this.#out += text;
    for (const document of documents) this.#out += `\n${document.body.text}${document.delimiter}`;
    this.#out += connector ? "\n " : "\n";
    this.#wasHereDocument = true;
  }

  list(list: List, keepDocuments = false): void {
    const items = list.items;
    items.forEach((item, index) => {
      const last = index === items.length - 1;
      if (index > 0 || items.length > 1) {
        if (index === 0) {
          this.#indent();
          this.#skipIndent++;
        }
      }
      this.command(item.command);
      // The tree of bash leans left: what is the second part of a connection has its documents printed before the next connector.
      if (index > 0 && !(last && keepDocuments)) this.#hereDocuments("");
      if (item.background) {
        this.#hereDocuments(" &");
        if (!last) {
          this.#out += " ";
          this.#skipIndent++;
        }
      } else if (!last) {
        const newline = this.#keepsNewlines && item.newline === true;
        if (this.#deferred.length === 0) {
          if (!this.#wasHereDocument) this.#out += newline ? "\n" : ";";
          else {
            this.#wasHereDocument = false;
            if (newline) this.#out += "\n";
          }
        } else {
          this.#hereDocuments(this.#insideFunction > 0 ? "" : ";");
          if (newline) this.#out += "\n";
        }
        if (this.#insideFunction > 0) this.#out += "\n";
        else {
          if (!newline) this.#out += " ";
          this.#skipIndent++;
        }
      } else if (!keepDocuments) this.#hereDocuments("");
    });
  }

  command(command: Command): void {
    if (command.type === "list") {
      this.list(command);
      return;
    }
    if (command.type === "and-or") {
      this.#indent();
      this.#skipIndent++;
      this.command(command.first);
      for (const { operator, command: next } of command.rest) {
        this.#hereDocuments(` ${operator} `);
        this.#skipIndent++;
        this.command(next);
      }
      this.#hereDocuments("");
      return;
    }
    if (command.type === "pipeline") {
      this.#indent();
      this.#skipIndent++;
      if (command.timed !== "no") this.#out += command.timed === "posix" ? "time -p " : "time ";
      if (command.negated) this.#out += "! ";
      if (command.commands.length === 0) this.#skipIndent--;
      command.commands.forEach((part, index) => {
        if (index > 0) {
          this.#hereDocuments(" |");
          this.#out += " ";
          this.#skipIndent++;
        }
        this.command(part);
      });
      return;
    }
    this.#indent();
    switch (command.type) {
      case "simple":
        this.#simple(command);
        return;
      case "for": case "select":
        this.#for(command);
        break;
      case "arithmetic-for":
        this.#out += `for ((${command.initial.text || "1"}; ${command.test.text || "1"}; ${command.step.text || "1"}))`;
        this.#doGroup(command.body, true);
        break;
      case "while": case "until":
        this.#out += `${command.type} `;
        this.#skipIndent++;
        this.list(command.condition);
        this.#hereDocuments("");
        this.#semicolon();
        this.#out += " do\n";
        this.#body(command.body);
        this.#semicolon();
        this.#newline("done");
        break;
      case "if":
        this.#if(command);
        break;
      case "case":
        this.#out += `case ${printWord(command.word)} in `;
        this.#clauses(command.clauses);
        this.#newline("esac");
        break;
      case "group":
        this.#group(command.body);
        break;
      case "subshell":
        this.#out += "( ";
        this.#skipIndent++;
        this.list(command.body);
        this.#hereDocuments("");
        this.#out += " )";
        break;
      case "arithmetic":
        this.#out += `((${command.expression.text}))`;
        break;
      case "conditional":
        this.#out += "[[ ";
        this.#test(command.test);
        this.#out += " ]]";
        break;
      case "function": {
        this.#out += `function ${command.name} () \n`;
        this.#nestedFunction(command.body);
        break;
      }
      case "coproc":
        this.#out += `coproc ${command.name} `;
        this.#skipIndent++;
        this.command(command.body);
        break;
      default:
    }
    if (command.redirects.length > 0) {
      this.#out += " ";
      this.#redirects(command.redirects);
    }
  }

  #nestedFunction(body: Command): void {
    this.#out += " ".repeat(this.#indentation) + "{ \n";
    this.#insideFunction++;
    this.#indentation += this.#step;
    if (body.type === "group") this.list(body.body);
    else this.command(body);
    this.#hereDocuments("");
    this.#wasHereDocument = false;
    this.#indentation -= this.#step;
    this.#insideFunction--;
    const redirects = body.type === "group" ? body.redirects : [];
    this.#newline(redirects.length > 0 ? "} " : "}");
    if (redirects.length > 0) this.#redirects(redirects);
  }

  #simple(command: SimpleCommand): void {
    const words = [...command.assignments.map((assignment) => printWord(assignment.word)), ...command.words.map(printWord)];
    this.#out += words.join(" ");
    if (command.redirects.length > 0) {
      if (words.length > 0) this.#out += " ";
      this.#redirects(command.redirects);
    }
  }

  #redirects(redirects: readonly Redirect[]): void {
    redirects.forEach((redirect, index) => {
      if (index > 0) this.#out += " ";
      this.#out += redirectText(redirect);
      if (redirect.hereDocument) this.#deferred.push(redirect.hereDocument);
    });
  }

  #body(body: List): void {
    this.#indentation += this.#step;
    this.list(body);
    this.#hereDocuments("");
    this.#indentation -= this.#step;
  }

  #doGroup(body: List, afterNewline: boolean): void {
    if (afterNewline) this.#newline("do\n");
    this.#body(body);
    this.#semicolon();
    this.#newline("done");
  }

  #for(command: ForCommand): void {
    const words = command.words === undefined ? '"$@"' : command.words.map(printWord).join(" ");
    this.#out += `${command.type} ${command.name} in ${words};`;
    this.#doGroup(command.body, true);
  }

  #if(command: IfCommand): void {
    this.#out += "if ";
    this.#skipIndent++;
    this.list(command.condition, true);
    this.#semicolon();
    this.#out += " then\n";
    this.#body(command.then);
    if (command.else) {
      this.#semicolon();
      this.#newline("else\n");
      this.#body(command.else);
    }
    this.#semicolon();
    this.#newline("fi");
  }

  #clauses(clauses: readonly CaseClause[]): void {
    this.#indentation += this.#step;
    for (const clause of clauses) {
      this.#newline("");
      this.#out += `${clause.patterns.map(printWord).join(" | ")})\n`;
      if (clause.body) this.#body(clause.body);
      this.#newline(clause.terminator);
    }
    this.#indentation -= this.#step;
  }

  #group(body: List): void {
    this.#out += "{ ";
    if (this.#insideFunction === 0) this.#skipIndent++;
    else {
      this.#out += "\n";
      this.#indentation += this.#step;
    }
    this.list(body);
    this.#hereDocuments("");
    if (this.#insideFunction > 0) {
      this.#out += "\n";
      this.#indentation -= this.#step;
      this.#out += " ".repeat(this.#indentation);
    } else {
      this.#semicolon();
      this.#out += " ";
    }
    this.#out += "}";
  }

  #test(test: Test): void {
    switch (test.type) {
      case "parenthesis":
        this.#out += "( ";
        this.#test(test.test);
        this.#out += " )";
        return;
      case "and": case "or":
        this.#test(test.left);
        this.#out += test.type === "and" ? " && " : " || ";
        this.#test(test.right);
        return;
      case "not":
        this.#out += "! ";
        this.#test(test.test);
        return;
      case "unary":
        this.#out += `${test.operator} ${printWord(test.operand)}`;
        return;
      case "binary":
        this.#out += `${printWord(test.left)} ${test.operator} ${printWord(test.right)}`;
        return;
      case "word":
        this.#out += `-n ${printWord(test.word)}`;
    }
  }
}
