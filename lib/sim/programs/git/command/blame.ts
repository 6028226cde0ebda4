// git blame (git-blame(1)); `annotate` is near enough.
import { decode } from "../../../kernel/sys.ts";
import { nameExists } from "../../kit/presence.ts";
import { textWidth } from "../../kit/width.ts";
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { dateMode, showDate } from "../base/git-date.ts";
import { flag, texts, text } from "../base/options.ts";
import { startPager } from "../base/pager.ts";
import { lineChanges, linesOf } from "../diff/line-changes.ts";
import { treePairs } from "../diff/pairs.ts";
import { DEFAULT_RENAME_SCORE, withRenames } from "../diff/renames.ts";
import { commits } from "../history/commits.ts";
import { commitOrDie } from "../history/revision.ts";
import { subjectOf } from "../store/commit-object.ts";
import { readBytes } from "../store/file-bytes.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { entryAtPath } from "../store/tree-files.ts";
import { normalPath } from "../work-tree/pathspec.ts";
import { compileRegex } from "../../kit/regex/compile-regex.ts";

interface Origin {
  readonly commit: ObjectId;
  readonly path: string;
}

export const blame = gitCommand({
  name: "blame", plumbing: true, summary: "who changed each line of a file last, and in which commit", needs: "repository", usage: ["git blame [<options>] [<rev-opts>] [<rev>] [--] <file>"],
  options: { suppress: flag("s", "no names and dates"), email: flag("e show-email", "mail addresses instead of names"), long: flag("l", "whole ids"), rawTime: flag("t", "times as numbers"), lines: texts("L", "range", "only those lines"), porcelain: flag("p porcelain", "for scripts"), linePorcelain: flag("line-porcelain", "for scripts"), showName: flag("f show-name", "the file's name"), showNumber: flag("n show-number", "the line's first number"), root: flag("root", "accepted"), boundary: flag("b", "no ids for the edge"), whitespace: flag("w", "white space does not count"), date: text("date", "format", "how dates are shown"), moves: flag("M", "accepted"), copies: flag("C", "accepted"), progress: flag("progress", "show progress"), abbrev: text("abbrev", "n", "digits of ids") },
  *run(git, { options: given, args, dashes }) {
    const store = commits(git);
    let [first, second] = args;
    if (first === undefined) throw new Die("usage: git blame [<options>] [<rev-opts>] [<rev>] [--] <file>", 129);
    // FILE, REV FILE, REV -- FILE
    if (second !== undefined && dashes === undefined && nameExists(git.sys, git.prefix + first) && !nameExists(git.sys, git.prefix + second)) [first, second] = [second, first];
    const revision = second === undefined ? undefined : first;
    const file = normalPath(git, second ?? first);
    let tip: ObjectId;
    let bytes: Uint8Array;
    let working = false;
    if (revision === undefined) {
      const head = yield* git.refs.read("HEAD");
      if (head === undefined) throw new Die("no such ref: HEAD");
      tip = head;
      if (!(yield* entryAtPath(git.objects, (yield* store.get(head)).tree, file))) throw new Die(nameExists(git.sys, file) ? `no such path '${file}' in HEAD` : `Cannot lstat '${file}': No such file or directory`);
      if (!nameExists(git.sys, file)) throw new Die(`Cannot lstat '${file}': No such file or directory`);
      bytes = yield* readBytes(git.sys, file);
      working = true;
    } else {
      tip = yield* commitOrDie(git, revision, `bad revision '${revision}'`);
      const entry = yield* entryAtPath(git.objects, (yield* store.get(tip)).tree, file);
      if (!entry) throw new Die(`no such path ${file} in ${revision}`);
      bytes = (yield* git.objects.read(entry.id)).body;
    }
    const lines = linesOf(decode(bytes));
    const owners: (Origin & { readonly line: number } | undefined)[] = lines.map(() => undefined);
    const rules = given.whitespace ? { ignoreAllSpace: true } : {};
    // Lines that nobody has taken yet, by where they are in a commit's version.
    interface Task {
      readonly commit: ObjectId;
      readonly path: string;
      readonly lines: readonly string[];
      readonly open: readonly (readonly [final: number, here: number])[];
    }
    const pending: Task[] = [];
    const start = yield* entryAtPath(git.objects, (yield* store.get(tip)).tree, file);
    const committed = start ? linesOf(decode((yield* git.objects.read(start.id)).body)) : [];
    const all = lines.map((_, i) => [i, i] as const);
    if (working) {
      const changes = yield* lineChanges(git.sys, committed, lines, rules);
      const open: (readonly [number, number])[] = [];
      for (const [final] of all) {
        const inside = changes.find((change) => final >= change.to && final < change.to + change.inserted);
        if (inside) owners[final] = { commit: NULL_ID, path: file, line: final };
        else open.push([final, final - changes.filter((change) => change.to + change.inserted <= final).reduce((sum, change) => sum + change.inserted - change.deleted, 0)]);
      }
      pending.push({ commit: tip, path: file, lines: committed, open });
    } else pending.push({ commit: tip, path: file, lines, open: all });
    for (let task = pending.shift(); task; task = pending.shift()) {
      const commit = yield* store.get(task.commit);
      let open = task.open;
      for (const parent of commit.parents) {
        if (open.length === 0) break;
        const tree = (yield* store.get(parent)).tree;
        let path = task.path;
        let entry = yield* entryAtPath(git.objects, tree, path);
        if (!entry) {
          const renamed = (yield* withRenames(git, yield* treePairs(git, tree, commit.tree), { minimum: DEFAULT_RENAME_SCORE, copies: false })).find((pair) => pair.status === "R" && pair.new?.path === task.path);
          if (!renamed?.old) continue;
          path = renamed.old.path;
          entry = yield* entryAtPath(git.objects, tree, path);
          if (!entry) continue;
        }
        const before = linesOf(decode((yield* git.objects.read(entry.id)).body));
        const changes = yield* lineChanges(git.sys, before, task.lines, rules);
        const passed: (readonly [number, number])[] = [];
        const kept: (readonly [number, number])[] = [];
        for (const [final, here] of open) {
          if (changes.some((change) => here >= change.to && here < change.to + change.inserted)) kept.push([final, here]);
          else passed.push([final, here - changes.filter((change) => change.to + change.inserted <= here).reduce((sum, change) => sum + change.inserted - change.deleted, 0)]);
          if (git.sys.charge(1 + (changes.length >> 2))) yield* git.sys.preempt();
        }
        if (passed.length > 0) pending.push({ commit: parent, path, lines: before, open: passed });
        open = kept;
      }
      for (const [final, here] of open) owners[final] = { commit: task.commit, path: task.path, line: here };
    }
    let from = 0;
    let to = lines.length;
    for (const range of given.lines) {
      const [a = "", b = ""] = range.split(",");
      const find = function* (word: string, otherwise: number, base: number): Generator<never, number> {
        if (word === "") return otherwise;
        if (word.startsWith("/")) {
          const regex = compileRegex(word.replace(/^\/|\/$/g, ""), { syntax: "bre" });
          const at = lines.findIndex((line, i) => i >= base && regex.test(line));
          return at < 0 ? otherwise : at + 1;
        }
        return word.startsWith("+") ? base + Number(word) : word.startsWith("-") ? base - 1 + Number(word) + 1 : Number(word);
      };
      from = (yield* find(a, 1, 0)) - 1;
      to = yield* find(b, lines.length, from);
      if (from >= lines.length) throw new Die(`file ${file} has only ${lines.length} line${lines.length === 1 ? "" : "s"}`);
    }
    yield* startPager(git);
    const who = yield* git.calendar.now();
    const rows: { id: string; name: string; date: string; text: string; number: number; path: string; line: number; commit: ObjectId }[] = [];
    const mode = given.date === undefined ? (git.config.get("blame.date") === undefined ? dateMode("iso") : dateMode(git.config.get("blame.date") ?? "iso")) : dateMode(given.date);
    let digits = given.long ? 40 : given.abbrev === undefined ? 7 : Number(given.abbrev);
    for (const owner of owners) if (!given.long && owner && owner.commit !== NULL_ID && given.abbrev === undefined) digits = Math.max(digits, (yield* git.objects.abbreviate(owner.commit)).length);
    const told = new Set<string>();
    for (let i = from; i < Math.min(to, lines.length); i++) {
      const owner = owners[i] ?? { commit: tip, path: file, line: i };
      const none = owner.commit === NULL_ID;
      const commit = none ? undefined : yield* store.get(owner.commit);
      const author = commit?.author ?? { name: "Not Committed Yet", email: "not.committed.yet", ...who };
      const edge = commit !== undefined && commit.parents.length === 0 && !given.root && !git.config.boolean("blame.showroot", false);
      if (given.porcelain || given.linePorcelain) {
        const again = told.has(owner.commit) && !given.linePorcelain;
        told.add(owner.commit);
        let group = 1;
        const last = owners[i - 1];
        const continues = i > from && last?.commit === owner.commit && last.line === owner.line - 1;
        if (!continues) while (owners[i + group]?.commit === owner.commit && owners[i + group]?.line === owner.line + group && i + group < to) group++;
        git.put(`${owner.commit} ${owner.line + 1} ${i + 1}${continues ? "" : ` ${group}`}\n`);
        if (!again) {
          const committer = commit?.committer ?? author;
          git.put(`author ${author.name}\nauthor-mail <${author.email}>\nauthor-time ${author.seconds}\nauthor-tz ${author.zone}\ncommitter ${committer.name}\ncommitter-mail <${committer.email}>\ncommitter-time ${committer.seconds}\ncommitter-tz ${committer.zone}\nsummary ${commit ? subjectOf(commit.message) : `Version of ${file} from ${file}`}\n${edge ? "boundary\n" : commit?.parents[0] !== undefined && (yield* entryAtPath(git.objects, (yield* store.get(commit.parents[0])).tree, owner.path)) ? `previous ${commit.parents[0]} ${owner.path}\n` : none ? `previous ${tip} ${file}\n` : ""}filename ${owner.path}\n`);
        }
        git.put(`\t${(lines[i] ?? "").replace(/\n$/, "")}\n`);
        continue;
      }
      const id = edge ? `^${owner.commit.slice(0, given.long ? 39 : digits)}` : owner.commit.slice(0, given.long ? 40 : digits + 1);
      rows.push({ id: edge && given.boundary ? " ".repeat(id.length) : id, name: given.email ? `<${author.email}>` : author.name, date: given.rawTime ? `${author.seconds} ${author.zone}` : yield* showDate(git.calendar, author, mode), text: (lines[i] ?? "").replace(/\n$/, ""), number: i + 1, path: owner.path, line: owner.line + 1, commit: owner.commit });
    }
    const nameWidth = Math.max(0, ...rows.map((row) => textWidth(row.name)));
    const numberWidth = String(lines.length).length;
    const named = given.showName || rows.some((row) => row.path !== file);
    const pathWidth = Math.max(0, ...rows.map((row) => row.path.length));
    const lineWidth = Math.max(0, ...rows.map((row) => String(row.line).length));
    for (const row of rows) {
      const head = `${row.id}${named ? ` ${row.path.padEnd(pathWidth)}` : ""}${given.showNumber ? ` ${String(row.line).padStart(lineWidth)}` : ""}`;
      git.put(given.suppress ? `${head} ${String(row.number).padStart(numberWidth)}) ${row.text}\n` : `${head} (${row.name}${" ".repeat(nameWidth - textWidth(row.name))} ${row.date} ${String(row.number).padStart(numberWidth)}) ${row.text}\n`);
    }
    return 0;
  },
});
