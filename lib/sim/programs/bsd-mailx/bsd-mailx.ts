// mail: sends a message, or reads those of a mailbox (mailx(1), bsd-mailx).

import { type Blocking, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { runShell } from "../kit/shell-command.ts";
import { headerOf, type Message, readInput, readMailbox, storedText, writeFile } from "./_mailbox.ts";

const USAGE = `Usage: mail [-dEIinv] [-a header] [-b bcc-addr] [-c cc-addr] [-r from-addr]
            [-s subject] [--] to-addr ...
       mail [-dEHIiNnv] -f [name]
       mail [-dEHIiNnv] [-u user]
`;
const HELP = `    mail commands
type <message list>             show messages
next                            show the message that follows
from <message list>             one line for each of these messages
headers                         one line for each message
delete <message list>           mark messages as deleted
undelete <message list>         take the mark off
save <message list> folder      add messages to a folder
write <message list> file       add the texts to a file
reply <message list>            answer the sender alone
Reply <message list>            reply to all
mail <user list>                mail to specific users
preserve <message list>         make messages go back to system mailbox
quit                            quit, saving unresolved messages
exit                            quit, don't change system mailbox
!                               shell escape
A <message list> is numbers and ranges of messages, the current one without it.
`;

interface Letter {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly headers: readonly string[];
  readonly body: string;
}

function* send(sys: Sys, letter: Letter): Blocking<number> {
  const [readEnd, writeEnd] = sys.pipe();
  const pid = sys.fork(function* (child) {
    child.dup2(readEnd, 0);
    child.close(readEnd);
    child.close(writeEnd);
    try {
      return yield* child.exec("/usr/sbin/sendmail", ["send-mail", "-i", ...[...letter.to, ...letter.cc, ...letter.bcc].flatMap((one) => one.split(",")).map((one) => one.trim()).filter((one) => one !== "")], child.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* child.write(2, encode(`mail: cannot send message: process exited with a non-zero status\n`));
      return 1;
    }
  });
  sys.close(readEnd);
  const old = sys.sigaction(SIGNALS.PIPE, "ignore");
  try {
    yield* sys.write(writeEnd, encode(`To: ${letter.to.join(", ")}\n${letter.subject === "" ? "" : `Subject: ${letter.subject}\n`}${letter.cc.length === 0 ? "" : `Cc: ${letter.cc.join(", ")}\n`}MIME-Version: 1.0\nContent-Type: text/plain; charset="UTF-8"\nContent-Transfer-Encoding: 8bit\n${letter.headers.map((line) => `${line}\n`).join("")}\n${letter.body}`));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  sys.sigaction(SIGNALS.PIPE, old);
  sys.close(writeEnd);
  const status = (yield* sys.waitpid(pid))?.status;
  return status?.kind === "exited" ? status.status : 1;
}

/** What is typed: until a dot alone or Ctrl-D; "~" commands of mailx. */
function* compose(io: Io, start: Omit<Letter, "body">): Blocking<number> {
  const { sys } = io;
  const typed = sys.isatty(0);
  let { subject } = start;
  const prompt = function* (label: string): Blocking<string | undefined> {
    io.out.put(label);
    yield* io.out.flush();
    return yield* io.stdin.line();
  };
  if (typed && subject === "") subject = (yield* prompt("Subject: ")) ?? "";
  if (!typed) {
    const body = yield* readInput(sys);
    if (body === "") yield* io.stderr("Null message body; hope that's ok\n");
    return yield* send(sys, { ...start, subject, body });
  }
  let body = "";
  const to = [...start.to];
  for (;;) {
    const line = yield* io.stdin.line();
    if (line === undefined || line === ".") break;
    if (line === "~q" || line === "~x") return 1;
    if (line.startsWith("~s ")) subject = line.slice(3);
    else if (line.startsWith("~t ")) to.push(...line.slice(3).split(/\s+/));
    else if (line === "~p") io.out.put(`-------\nMessage contains:\nTo: ${to.join(" ")}\nSubject: ${subject}\n\n${body}(continue)\n`);
    else body += `${line.startsWith("~~") ? line.slice(1) : line}\n`;
    yield* io.out.flush();
  }
  const cc = (yield* prompt("Cc: ")) ?? "";
  io.out.put("");
  return yield* send(sys, { ...start, to, subject, cc: [...start.cc, ...(cc === "" ? [] : [cc])], body });
}

class Reader {
  readonly #io: Io;
  readonly #path: string;
  readonly #user: string;
  readonly messages: Message[];
  #current = 0;

  constructor(io: Io, path: string, user: string, messages: Message[]) {
    this.#io = io;
    this.#path = path;
    this.#user = user;
    this.messages = messages;
  }

  #line(index: number): string {
    const message = this.messages[index];
    if (message === undefined) return "";
    const [, sender = "", date = ""] = /^From (\S*)\s+(.*)/.exec(message.text) ?? [];
    const from = headerOf(message, "From") ?? sender;
    const shown = /<([^>]+)>/.exec(from)?.[1] ?? from.replace(/\s*\(.*\)$/, "");
    const mark = message.saved ? "*" : message.status === "new" ? "N" : message.status === "unread" ? "U" : " ";
    const subject = headerOf(message, "Subject") ?? "";
    const body = message.text;
    return `${index === this.#current ? ">" : " "}${mark}${String(index + 1).padStart(3)} ${shown.slice(0, 20).padEnd(20)} ${date.slice(0, 16).padEnd(16)} ${String(body.split("\n").length - 1).padStart(4)}/${String(encode(body).length).padEnd(5)} ${subject.slice(0, 25)}`.trimEnd();
  }

  banner(): void {
    const fresh = this.messages.filter((message) => message.status === "new").length;
    const unread = this.messages.filter((message) => message.status === "unread").length;
    const plural = this.messages.length === 1 ? "" : "s";
    this.#io.out.put(`Mail version 8.1.2 01/15/2001.  Type ? for help.\n"${this.#path}": ${this.messages.length} message${plural}${fresh > 0 ? ` ${fresh} new` : ""}${unread > 0 ? ` ${unread} unread` : ""}\n`);
    this.headers();
  }

  headers(): void {
    for (const [index, message] of this.messages.entries()) if (!message.deleted) this.#io.out.put(`${this.#line(index)}\n`);
  }

  /** "1-3 5", "*", "$", "."; undefined with a message. */
  #chosen(words: readonly string[]): readonly number[] | undefined {
    if (words.length === 0) return this.messages.length === 0 ? [] : [this.#current];
    const all = [...this.messages.keys()];
    const found = new Set<number>();
    for (const word of words) {
      const [, from = "", to] = /^(\d+|\$|\.|\^)(?:-(\d+|\$))?$/.exec(word) ?? [];
      const number = (text: string): number => (text === "$" ? this.messages.length : text === "." ? this.#current + 1 : text === "^" ? 1 : Number(text));
      if (word === "*") for (const index of all) found.add(index);
      else if (from !== "") {
        for (let at = number(from); at <= number(to ?? from); at++) {
          if (this.messages[at - 1] === undefined) {
            this.#io.out.put(`${at}: Invalid message number\n`);
            return undefined;
          }
          found.add(at - 1);
        }
      } else for (const index of all) if ((headerOf(this.messages[index] as Message, word.startsWith("/") ? "Subject" : "From") ?? "").toLowerCase().includes(word.replace(/^\//, "").toLowerCase())) found.add(index);
    }
    if (found.size === 0) {
      this.#io.out.put("No applicable messages\n");
      return undefined;
    }
    return [...found];
  }

  #type(index: number): void {
    const message = this.messages[index];
    if (message === undefined) return;
    this.#current = index;
    message.status = "read";
    const end = message.text.indexOf("\n\n");
    const head = message.text.slice(0, end).split("\n").slice(1).filter((line) => !/^(?:Status|Received|Return-Path|X-Original-To|Delivered-To|Message-Id|MIME-Version|Content-[A-Za-z-]+):|^[ \t]/i.test(line));
    this.#io.out.put(`Message ${index + 1}:\n${message.text.split("\n")[0] ?? ""}\n${head.join("\n")}\n${message.text.slice(end + 1).replace(/\n+$/, "\n")}\n`);
  }

  #next(): void {
    const start = this.messages[this.#current]?.status === "new" || this.messages[this.#current]?.status === "unread" ? this.#current : this.#current + 1;
    const index = this.messages.findIndex((message, at) => at >= start && !message.deleted);
    if (index < 0) this.#io.out.put("At EOF\n");
    else this.#type(index);
  }

  /** False: it is over. */
  *command(line: string): Blocking<boolean> {
    const io = this.#io;
    const [name = "", ...words] = line.trim().match(/^!.*|^[a-zA-Z]+|\?|\S+/g) ?? [];
    if (/^(?:\d|\$|\.|\*)/.test(name)) return yield* this.command(`type ${line.trim()}`);
    const is = (full: string, least: number): boolean => name.length >= least && full.startsWith(name);
    if (name === "" || name === "+" || is("next", 1)) this.#next();
    else if (name.startsWith("!")) yield* runShell(io.sys, line.trim().slice(1));
    else if (name === "?" || is("help", 4)) io.out.put(HELP);
    else if (is("quit", 1)) {
      yield* this.#quit();
      return false;
    } else if (name === "x" || is("exit", 2)) return false;
    else if (is("headers", 1)) this.headers();
    else if (is("type", 1) || is("print", 1) || is("more", 4)) for (const index of this.#chosen(words) ?? []) this.#type(index);
    else if (is("from", 1)) for (const index of this.#chosen(words) ?? []) io.out.put(`${this.#line(index)}\n`);
    else if (is("top", 2)) for (const index of this.#chosen(words) ?? []) io.out.put(`Message ${index + 1}:\n${(this.messages[index]?.text ?? "").split("\n").slice(0, 5).join("\n")}\n`);
    else if (is("delete", 1) || name === "dp" || name === "dt") {
      for (const index of this.#chosen(words) ?? []) (this.messages[index] as Message).deleted = true;
      const next = this.messages.findIndex((message, at) => at >= this.#current && !message.deleted);
      if (next >= 0) this.#current = next;
      if (name === "dp" || name === "dt") this.#type(this.#current);
    } else if (is("undelete", 1)) for (const index of this.#chosen(words) ?? []) (this.messages[index] as Message).deleted = false;
    else if (is("preserve", 3) || is("hold", 2)) for (const index of this.#chosen(words) ?? []) (this.messages[index] as Message).status = "unread";
    else if (is("save", 1) || is("copy", 1) || is("write", 1)) yield* this.#save(name, words);
    else if (is("mail", 1)) yield* compose(io, { to: words, cc: [], bcc: [], subject: "", headers: [] });
    else if (is("reply", 1) || is("respond", 4) || name === "R" || name === "Reply") {
      for (const index of this.#chosen(words) ?? []) {
        const message = this.messages[index] as Message;
        const to = headerOf(message, "Reply-To") ?? headerOf(message, "From") ?? "";
        const subject = headerOf(message, "Subject") ?? "";
        io.out.put(`To: ${to}\nSubject: ${/^re:/i.test(subject) ? subject : `Re: ${subject}`}\n\n`);
        yield* compose(io, { to: [/<([^>]+)>/.exec(to)?.[1] ?? to.replace(/\s*\(.*\)$/, "")], cc: [], bcc: [], subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`, headers: [] });
      }
    } else io.out.put(`Unknown command: "${name}"\n`);
    return true;
  }

  *#save(name: string, words: readonly string[]): Blocking<void> {
    const file = words.at(-1) ?? "";
    if (file === "" || /^\d+$/.test(file)) {
      this.#io.out.put("No file specified.\n");
      return;
    }
    const chosen = this.#chosen(words.slice(0, -1));
    if (chosen === undefined) return;
    const path = file.startsWith("+") ? `${this.#io.sys.environment.get("HOME") ?? ""}/${file.slice(1)}` : file;
    const body = chosen.map((index) => this.messages[index]?.text ?? "").map((one) => (name.startsWith("w") ? one.slice(one.indexOf("\n\n") + 2) : one)).join("");
    try {
      yield* writeFile(this.#io.sys, path, body, O.APPEND);
      this.#io.out.put(`"${file}" [${"New file"}] ${body.split("\n").length - 1}/${encode(body).length}\n`);
      if (!name.startsWith("c")) for (const index of chosen) (this.messages[index] as Message).saved = true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#io.out.put(`${file}: ${error.message}\n`);
    }
  }

  /** What was read goes to ~/mbox, the rest stays; of another file all that is not deleted stays. */
  *#quit(): Blocking<void> {
    const { sys } = this.#io;
    const system = this.#path.startsWith("/var/mail/") || this.#path.startsWith("/var/spool/mail/");
    const left = this.messages.filter((message) => !message.deleted && !message.saved);
    const read = system ? left.filter((message) => message.status === "read") : [];
    const held = left.filter((message) => !read.includes(message)).map((message): Message => (message.status === "new" ? { ...message, status: "unread" } : message));
    try {
      if (read.length > 0) {
        const home = sys.environment.get("HOME") ?? "/";
        yield* writeFile(sys, `${home}/mbox`, read.map(storedText).join(""), O.APPEND);
        this.#io.out.put(`Saved ${read.length} message${read.length === 1 ? "" : "s"} in mbox\n`);
      }
      yield* writeFile(sys, this.#path, held.map(storedText).join(""), O.TRUNC);
      if (held.length > 0 && system) this.#io.out.put(`Held ${held.length} message${held.length === 1 ? "" : "s"} in ${this.#path}\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#io.out.put(`${this.#path}: ${error.message}\n`);
    }
    void this.#user;
  }
}

export default program(
  {
    name: "bsd-mailx", path: "/usr/bin/bsd-mailx", links: ["/usr/bin/mail", "/usr/bin/mailx", "/usr/bin/Mail"], summary: "send and receive mail", operands: "users", seeAlso: ["sendmail(1)", "mailq(1)"],
    synopsis: ["[-dEIinv] [-a header] [-b bcc-addr] [-c cc-addr] [-r from-addr] [-s subject] [to-addr ...]", "[-dEHIiNnv] -f [name]", "[-dEHIiNnv] [-u user]"],
    options: [text(["-a"], "header", "one more line in the head"), text(["-b"], "bcc-addr", "blind copies"), text(["-c"], "cc-addr", "copies"), text(["-r"], "from-addr", "the sender"), text(["-s"], "subject", "the subject"), flag(["-E"], "no message without a body"), flag(["-e"], "only tell by the status whether there is mail"), flag(["-f"], "read another file (mbox)"), flag(["-H"], "show the headers and end"), flag(["-N"], "no headers at the start"), text(["-u"], "user", "this user's mailbox"), flag(["-I"], "interactive even when the input is no terminal"), flag(["-i"], "leave interrupts aside"), flag(["-n"], "do not read /etc/mail.rc"), flag(["-v"], "say more"), flag(["-d"], "say what is done")],
  },
  function* (sys, argv, io: Io) {
    const values = new Map<string, string[]>();
    const flags = new Set<string>();
    const operands: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (!word.startsWith("-") || word === "-") {
        operands.push(word);
        continue;
      }
      for (let letter = 1; letter < word.length; letter++) {
        const name = word.charAt(letter);
        if ("abcrsu".includes(name)) {
          const value = word.slice(letter + 1) || argv[++at];
          if (value === undefined) {
            yield* io.stderr(`mail: option requires an argument -- '${name}'\n${USAGE}`);
            return 1;
          }
          values.set(name, [...(values.get(name) ?? []), value]);
          break;
        }
        if (!"BdEeFfHIiNnv~".includes(name)) {
          yield* io.stderr(`mail: invalid option -- '${name}'\n${USAGE}`);
          return 1;
        }
        flags.add(name);
      }
    }
    if (operands.length > 0 && !flags.has("f")) {
      return yield* compose(io, { to: operands, cc: values.get("c") ?? [], bcc: values.get("b") ?? [], subject: values.get("s")?.at(-1) ?? "", headers: [...(values.get("a") ?? []), ...(values.get("r") ?? []).map((one) => `From: ${one}`)] });
    }
    const user = values.get("u")?.at(-1) ?? (yield* Accounts.read(sys)).userById(sys.getcred().ruid)?.name ?? "";
    const path = flags.has("f") ? (operands[0] ?? `${sys.environment.get("HOME") ?? ""}/mbox`) : (sys.environment.get("MAIL") ?? `/var/mail/${user}`);
    const messages = yield* readMailbox(sys, path);
    if (messages === undefined || messages.length === 0) {
      if (flags.has("e")) return 1;
      yield* io.stderr(flags.has("f") && messages === undefined ? `${path}: No such file or directory\n` : `No mail for ${user}\n`);
      return flags.has("f") && messages === undefined ? 1 : 0;
    }
    if (flags.has("e")) return 0;
    const reader = new Reader(io, path, user, messages);
    if (flags.has("H")) {
      reader.headers();
      return 0;
    }
    if (!flags.has("N")) reader.banner();
    for (;;) {
      if (sys.isatty(0) || flags.has("I")) io.out.put("& ");
      yield* io.out.flush();
      const line = yield* io.stdin.line();
      if (line === undefined) {
        io.out.put("\n");
        yield* reader.command("quit");
        return 0;
      }
      if (!(yield* reader.command(line))) return 0;
    }
  },
);
