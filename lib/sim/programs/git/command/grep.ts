// git grep (git-grep(1)).
import { decode } from "../../../kernel/sys.ts";
import { compileRegex } from "../../kit/regex/compile-regex.ts";
import { Die } from "../base/die.ts";
import { gitCommand } from "../base/git-command.ts";
import { flag, number, optional, texts } from "../base/options.ts";
import { startPager } from "../base/pager.ts";
import { peel } from "../history/commits.ts";
import { resolve } from "../history/revision.ts";
import { treeFiles } from "../store/tree-files.ts";
import { isBinary } from "../work-tree/attributes.ts";
import { pathspec } from "../work-tree/pathspec.ts";
import { quotePath, relativePath } from "../work-tree/quote-path.ts";
import { WorkFiles } from "../work-tree/work-files.ts";

export const grep = gitCommand({
  name: "grep", summary: "print lines that match a pattern", needs: "work-tree", usage: ["git grep [<options>] [-e] <pattern> [<rev>...] [[--] <path>...]"],
  options: { cached: flag("cached", "search the index"), invert: flag("v invert-match", "lines that do not match"), ignoreCase: flag("i ignore-case", "ignore case"), word: flag("w word-regexp", "whole words"), text: flag("a text", "binary files too"), extended: flag("E extended-regexp", "extended patterns"), basic: flag("G basic-regexp", "basic patterns"), fixed: flag("F fixed-strings", "patterns are texts"), perl: flag("P perl-regexp", "Perl's patterns"), lineNumber: flag("n line-number", "line numbers"), noName: flag("h", "no names"), withName: flag("H", "names"), fullName: flag("full-name", "names from the top"), files: flag("l files-with-matches name-only", "only names"), without: flag("L files-without-match", "only names of files without a match"), count: flag("c count", "how many lines"), color: optional("color", "when", "use colours"), pattern: texts("e", "pattern", "a pattern"), quiet: flag("q quiet", "only the status"), after: number("A after-context", "n", "lines after"), before: number("B before-context", "n", "lines before"), context: number("C context", "n", "lines around"), only: flag("o only-matching", "only what matches") },
  *run(git, { options: given, args, dashes }) {
    const words = [...args];
    const patterns = given.pattern.length > 0 ? [...given.pattern] : [words.shift()].filter((one) => one !== undefined);
    if (patterns.length === 0) throw new Die("no pattern given");
    const syntax = given.fixed ? "fixed" : given.perl ? "pcre" : given.extended ? "ere" : "bre";
    const regexes = patterns.map((pattern) => compileRegex(pattern, { syntax, ignoreCase: given.ignoreCase ?? false, ...(given.word && { whole: "word" as const }) }));
    const trees: { readonly name: string; readonly id: string }[] = [];
    const limit = dashes === undefined ? words.length : dashes - (args.length - words.length);
    while (words.length > 0 && trees.length < limit) {
      const id = yield* resolve(git, words[0] ?? "");
      const tree = id === undefined ? undefined : yield* peel(git, id, "tree");
      if (tree === undefined) break;
      trees.push({ name: words.shift() ?? "", id: tree });
    }
    const paths = pathspec(git, words.length === 0 && git.prefix !== "" ? ["."] : words);
    yield* startPager(git);
    const colored = git.colors("grep", given.color);
    const magenta = (text: string) => (colored ? `\x1b[35m${text}\x1b[m` : text);
    const cyan = (text: string) => (colored ? `\x1b[36m${text}\x1b[m` : text);
    const green = (text: string) => (colored ? `\x1b[32m${text}\x1b[m` : text);
    let found = false;
    let separated = false;
    const search = function* (name: string, bytes: Uint8Array) {
      if (isBinary(bytes) && !given.text) {
        if (regexes.some((regex) => regex.test(decode(bytes)))) {
          found = true;
          if (!given.quiet) git.say(`Binary file ${name} matches\n`);
        }
        return;
      }
      const lines = decode(bytes).split("\n");
      if (lines.at(-1) === "") lines.pop();
      const hits = lines.map((line) => regexes.some((regex) => regex.test(line)) !== (given.invert ?? false));
      if (git.sys.charge(1 + (bytes.length >> 3))) yield* git.sys.preempt();
      const any = hits.includes(true);
      if (given.without) {
        if (!any) git.put(`${magenta(name)}\n`);
        found ||= !any;
        return;
      }
      if (!any) return;
      found = true;
      if (given.quiet) return;
      if (given.files) git.put(`${magenta(name)}\n`);
      else if (given.count) git.put(given.noName ? `${hits.filter(Boolean).length}\n` : `${magenta(name)}${cyan(":")}${hits.filter(Boolean).length}\n`);
      else {
        const [before, after] = [given.before ?? given.context ?? 0, given.after ?? given.context ?? 0];
        let last = -1;
        for (const [i, line] of lines.entries()) {
          const near = hits[i] || hits.slice(Math.max(0, i - after), i).includes(true) || hits.slice(i + 1, i + 1 + before).includes(true);
          if (!near) continue;
          if (before + after > 0 && ((last >= 0 && i > last + 1) || (last < 0 && separated))) git.put(`${cyan("--")}\n`);
          last = i;
          separated = true;
          const mark = hits[i] ? ":" : "-";
          const head = `${given.noName ? "" : `${magenta(name)}${cyan(mark)}`}${given.lineNumber ? `${green(String(i + 1))}${cyan(mark)}` : ""}`;
          const parts: string[] = [];
          for (let at = 0; at <= line.length && (colored || given.only) && hits[i] && !given.invert; ) {
            const match = regexes.map((regex) => regex.exec(line, at)).find((one) => one !== undefined && one !== null);
            const [start, end] = [match?.[0] ?? -1, match?.[1] ?? -1];
            if (start < 0 || end <= start) break;
            if (given.only) git.put(`${head}${colored ? `\x1b[1;31m${line.slice(start, end)}\x1b[m` : line.slice(start, end)}\n`);
            parts.push(line.slice(at, start), `\x1b[1;31m${line.slice(start, end)}\x1b[m`);
            at = end;
            parts.push("");
            if (at >= line.length) break;
          }
          if (given.only) continue;
          const rest = parts.filter((_, n) => n % 3 !== 2);
          const consumed = rest.reduce((sum, part) => sum + part.replace(/\x1b\[[0-9;]*m/g, "").length, 0);
          git.put(`${head}${colored && rest.length > 0 ? rest.join("") + line.slice(consumed) : line}\n`);
        }
      }
      yield* git.flushIfFull();
    };
    if (trees.length > 0) {
      for (const tree of trees) for (const [path, file] of yield* treeFiles(git.sys, git.objects, tree.id)) if (paths.matches(path) && (file.mode & 0o170000) === 0o100000) yield* search(`${tree.name}:${quotePath(given.fullName ? path : relativePath(path, git.prefix))}`, (yield* git.objects.read(file.id)).body);
    } else {
      const index = yield* git.repository.index();
      const files = new WorkFiles(git);
      for (const path of index.paths) {
        const entry = index.stages(path)[0];
        if (!entry || !paths.matches(path) || (entry.mode & 0o170000) !== 0o100000) continue;
        const stat = given.cached ? undefined : files.stat(path);
        if (!given.cached && !stat) continue;
        yield* search(quotePath(given.fullName ? path : relativePath(path, git.prefix)), stat ? yield* files.blobOf(path, stat) : (yield* git.objects.read(entry.id)).body);
      }
    }
    return found ? 0 : 1;
  },
});
