// The text of a patch as changes to files: unified, context, normal diffs and ed scripts, with what stands around them. Text is latin1.

export class MalformedPatch extends Error {}

export interface HunkLine {
  readonly op: " " | "-" | "+";
  readonly text: string;
  /** "\ No newline at end of file" follows */
  readonly noNewline: boolean;
}

export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly HunkLine[];
  /** behind "@@ ... @@" */
  readonly section: string;
}

export interface FilePatch {
  readonly kind: "unified" | "context" | "normal" | "ed";
  readonly oldName: string | undefined;
  readonly newName: string | undefined;
  readonly indexName: string | undefined;
  /** times behind the names, as written */
  readonly oldStamp: string;
  readonly newStamp: string;
  /** octal digits of git's headers */
  readonly newMode: number | undefined;
  readonly deletes: boolean;
  readonly creates: boolean;
  readonly renameFrom: string | undefined;
  readonly renameTo: string | undefined;
  readonly copyFrom: string | undefined;
  /** what leads up to the first hunk, for messages */
  readonly leading: readonly string[];
  /** 1-based line of the first hunk */
  readonly line: number;
  readonly hunks: readonly Hunk[];
  readonly edScript: readonly string[];
}

interface Header {
  old: { name: string; stamp: string } | undefined;
  new: { name: string; stamp: string } | undefined;
  index: string | undefined;
  newMode: number | undefined;
  deletes: boolean;
  creates: boolean;
  renameFrom: string | undefined;
  renameTo: string | undefined;
  copyFrom: string | undefined;
}

const emptyHeader = (): Header => ({ old: undefined, new: undefined, index: undefined, newMode: undefined, deletes: false, creates: false, renameFrom: undefined, renameTo: undefined, copyFrom: undefined });

export class PatchReader {
  readonly #lines: readonly string[];
  readonly #endsWithNewline: boolean;
  #at = 0;

  constructor(text: string) {
    this.#endsWithNewline = text.endsWith("\n");
    this.#lines = (this.#endsWithNewline ? text.slice(0, -1) : text).split("\n");
    if (text === "") this.#lines = [];
  }

  /** The next file's patch; undefined when only garbage is left. Throws MalformedPatch. */
  next(forced: "unified" | "context" | "normal" | "ed" | undefined): FilePatch | undefined {
    const start = this.#at;
    const header = emptyHeader();
    for (let i = this.#at; i < this.#lines.length; i++) {
      const line = this.#line(i);
      readHeader(line, this.#lines[i - 1], header);
      const kind = forced ?? this.#kindAt(i, header);
      if (kind && this.#startsHere(kind, i)) {
        this.#at = i;
        const leading = this.#lines.slice(start, i);
        const common = {
          kind, oldName: header.old?.name, newName: header.new?.name, indexName: header.index, oldStamp: header.old?.stamp ?? "", newStamp: header.new?.stamp ?? "",
          newMode: header.newMode, deletes: header.deletes, creates: header.creates, renameFrom: header.renameFrom, renameTo: header.renameTo, copyFrom: header.copyFrom,
          leading, line: i + 1,
        };
        if (kind === "ed") return { ...common, hunks: [], edScript: this.#edScript() };
        const hunks: Hunk[] = [];
        for (;;) {
          const hunk = kind === "unified" ? this.#unified() : kind === "context" ? this.#context() : this.#normal();
          if (!hunk) break;
          hunks.push(hunk);
        }
        return { ...common, hunks, edScript: [] };
      }
      // A change of git's without hunks: a rename, a mode.
      const isNext = /^diff --git /.test(this.#line(i + 1)) || i + 1 >= this.#lines.length;
      if (isNext && (header.renameTo !== undefined || header.newMode !== undefined || header.creates || header.deletes) && header.index !== undefined && !forced) {
        this.#at = i + 1;
        return {
          kind: "unified", oldName: header.old?.name, newName: header.new?.name, indexName: header.index, oldStamp: "", newStamp: "", newMode: header.newMode, deletes: header.deletes,
          creates: header.creates, renameFrom: header.renameFrom, renameTo: header.renameTo, copyFrom: header.copyFrom, leading: this.#lines.slice(start, i + 1), line: i + 1, hunks: [], edScript: [],
        };
      }
    }
    this.#at = this.#lines.length;
    return undefined;
  }

  #line(i: number): string {
    return this.#lines[i] ?? "";
  }

  #startsHere(kind: string, i: number): boolean {
    const line = this.#line(i);
    if (kind === "unified") return /^@@ -\d/.test(line);
    if (kind === "context") return /^\*{15}/.test(line);
    return kind === "ed" ? /^\d+(,\d+)?[acd]$/.test(line) : /^\d+(,\d+)?[acd]\d+(,\d+)?$/.test(line);
  }

  #kindAt(i: number, header: Header): "unified" | "context" | "normal" | "ed" | undefined {
    const line = this.#line(i);
    if (/^@@ -\d+(,\d+)? \+\d+(,\d+)? @@/.test(line) && header.old && header.new) return "unified";
    if (/^\*{15}/.test(line) && header.old && header.new && /^\*\*\* \d/.test(this.#line(i + 1))) return "context";
    if (/^\d+(,\d+)?[acd]\d+(,\d+)?$/.test(line) && /^[<>] /.test(`${this.#line(i + 1)} `)) return "normal";
    if (/^\d+(,\d+)?[acd]$/.test(line) && (line.endsWith("d") || this.#lines.indexOf(".", i + 1) > 0)) return "ed";
    return undefined;
  }

  #malformed(i: number): never {
    throw new MalformedPatch(`malformed patch at line ${i + 1}: ${this.#line(i) === "" ? " " : this.#line(i)}\n`);
  }

  #noNewline(): boolean {
    if (!this.#line(this.#at).startsWith("\\ ")) return false;
    this.#at++;
    return true;
  }

  #unified(): Hunk | undefined {
    const found = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/.exec(this.#line(this.#at));
    if (!found || this.#at >= this.#lines.length) return undefined;
    this.#at++;
    let oldLeft = Number(found[2] ?? "1");
    let newLeft = Number(found[4] ?? "1");
    const oldStart = Number(found[1]) + (oldLeft === 0 ? 1 : 0);
    const newStart = Number(found[3]) + (newLeft === 0 ? 1 : 0);
    const lines: HunkLine[] = [];
    while (oldLeft > 0 || newLeft > 0) {
      if (this.#at >= this.#lines.length) throw new MalformedPatch(`malformed patch at line ${this.#at}:  \n`);
      const line = this.#line(this.#at);
      const op = line === "" || line.startsWith("\t") ? " " : line[0];
      if ((op !== " " && op !== "-" && op !== "+") || (op !== "+" && oldLeft === 0) || (op !== "-" && newLeft === 0)) this.#malformed(this.#at);
      this.#at++;
      if (op !== "+") oldLeft--;
      if (op !== "-") newLeft--;
      const text = line.startsWith("\t") ? line : line.slice(1);
      lines.push({ op, text, noNewline: this.#noNewline() });
    }
    return { oldStart, newStart, lines, section: found[5] ?? "" };
  }

  #context(): Hunk | undefined {
    if (!/^\*{15}/.test(this.#line(this.#at))) return undefined;
    const section = this.#line(this.#at).slice(15);
    const oldRange = /^\*\*\* (\d+)(?:,(\d+))?/.exec(this.#line(++this.#at));
    if (!oldRange) this.#malformed(this.#at);
    this.#at++;
    const block = (end: (line: string) => boolean) => {
      const lines: { readonly mark: string; readonly text: string; readonly noNewline: boolean }[] = [];
      while (this.#at < this.#lines.length && !end(this.#line(this.#at))) {
        const line = this.#line(this.#at);
        const mark = line[0] ?? " ";
        if (line !== "" && !/^[-+! ]( |$)/.test(line)) break;
        this.#at++;
        lines.push({ mark, text: line.slice(2), noNewline: this.#noNewline() });
      }
      return lines;
    };
    const before = block((line) => /^--- \d/.test(line));
    const newRange = /^--- (\d+)(?:,(\d+))?/.exec(this.#line(this.#at));
    if (!newRange) this.#malformed(this.#at);
    this.#at++;
    const count = (range: RegExpExecArray) => (range[2] === undefined ? (Number(range[1]) === 0 ? 0 : 1) : Number(range[2]) - Number(range[1]) + 1);
    let after = block((line) => /^\*\*\*/.test(line) || /^(diff|Index|Only) /.test(line));
    // A side without changes is left out: it is the context of the other.
    let old = before;
    if (old.length === 0 && count(oldRange) > 0) old = after.filter((line) => line.mark === " ");
    if (after.length === 0 && count(newRange) > 0) after = before.filter((line) => line.mark === " ");
    const lines: HunkLine[] = [];
    let [i, j] = [0, 0];
    while (i < old.length || j < after.length) {
      const [a, b] = [old[i], after[j]];
      if (a && a.mark !== " ") {
        lines.push({ op: "-", text: a.text, noNewline: a.noNewline });
        i++;
      } else if (b && b.mark !== " ") {
        lines.push({ op: "+", text: b.text, noNewline: b.noNewline });
        j++;
      } else if (a) {
        lines.push({ op: " ", text: a.text, noNewline: a.noNewline });
        i++;
        j++;
      } else if (b) {
        lines.push({ op: " ", text: b.text, noNewline: b.noNewline });
        j++;
      }
    }
    return { oldStart: Number(oldRange[1]) + (count(oldRange) === 0 ? 1 : 0), newStart: Number(newRange[1]) + (count(newRange) === 0 ? 1 : 0), lines, section };
  }

  #normal(): Hunk | undefined {
    const found = /^(\d+)(?:,(\d+))?([acd])(\d+)(?:,(\d+))?$/.exec(this.#line(this.#at));
    if (!found) return undefined;
    this.#at++;
    const letter = found[3];
    const oldCount = letter === "a" ? 0 : Number(found[2] ?? found[1]) - Number(found[1]) + 1;
    const newCount = letter === "d" ? 0 : Number(found[5] ?? found[4]) - Number(found[4]) + 1;
    const lines: HunkLine[] = [];
    const take = (count: number, mark: "<" | ">", op: "-" | "+") => {
      for (let i = 0; i < count; i++) {
        const line = this.#line(this.#at);
        if (!line.startsWith(mark)) this.#malformed(this.#at);
        this.#at++;
        lines.push({ op, text: line.slice(2), noNewline: this.#noNewline() });
      }
    };
    take(oldCount, "<", "-");
    if (letter === "c") {
      if (this.#line(this.#at) !== "---") this.#malformed(this.#at);
      this.#at++;
    }
    take(newCount, ">", "+");
    return { oldStart: Number(found[1]) + (letter === "a" ? 1 : 0), newStart: Number(found[4]) + (letter === "d" ? 1 : 0), lines, section: "" };
  }

  #edScript(): string[] {
    const script: string[] = [];
    while (this.#at < this.#lines.length && /^(\d+(,\d+)?)?[acds]/.test(this.#line(this.#at))) {
      const command = this.#line(this.#at++);
      script.push(command);
      if (!/[ac]$/.test(command)) continue;
      while (this.#at < this.#lines.length) {
        const line = this.#line(this.#at++);
        script.push(line);
        if (line === ".") break;
      }
    }
    return script;
  }
}

function readHeader(line: string, previous: string | undefined, header: Header): void {
  const git = /^diff --git (\S+) (\S+)$/.exec(line);
  if (git) {
    Object.assign(header, emptyHeader());
    header.index = git[2];
    header.old = { name: git[1] ?? "", stamp: "" };
    header.new = { name: git[2] ?? "", stamp: "" };
    return;
  }
  const mode = /^(?:new file mode|new mode|deleted file mode) ([0-7]+)$/.exec(line);
  if (mode) {
    if (line.startsWith("deleted")) header.deletes = true;
    else header.newMode = Number.parseInt(mode[1] ?? "0", 8) & 0o777;
    if (line.startsWith("new file")) header.creates = true;
    return;
  }
  if (line.startsWith("rename from ")) header.renameFrom = line.slice(12);
  else if (line.startsWith("rename to ")) header.renameTo = line.slice(10);
  else if (line.startsWith("copy from ")) header.copyFrom = line.slice(10);
  else if (line.startsWith("copy to ")) header.renameTo = line.slice(8);
  else if (line.startsWith("Index:")) header.index = line.slice(6).trim();
  else if (line.startsWith("*** ") && !/^\*\*\* \d+(,\d+)? \*\*\*\*/.test(line)) header.old = nameAndStamp(line.slice(4));
  else if (line.startsWith("--- ") && !/^--- \d+(,\d+)? ----/.test(line)) {
    if (previous?.startsWith("*** ")) header.new = nameAndStamp(line.slice(4));
    else header.old = nameAndStamp(line.slice(4));
  } else if (line.startsWith("+++ ")) header.new = nameAndStamp(line.slice(4));
}

function nameAndStamp(text: string): { name: string; stamp: string } {
  if (text.startsWith('"')) {
    const found = /^"((?:[^"\\]|\\.)*)"\t?(.*)$/.exec(text);
    if (found) return { name: (found[1] ?? "").replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : c)), stamp: found[2] ?? "" };
  }
  const tab = text.indexOf("\t");
  if (tab >= 0) return { name: text.slice(0, tab), stamp: text.slice(tab + 1) };
  return { name: text.trimEnd(), stamp: "" };
}
