// git rev-parse (git-rev-parse(1)).
import { Die, Quit } from "../base/die.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { AMBIGUOUS, findRef, resolve, verifyFilename } from "../history/revision.ts";
import { currentBranch, upstreamName, upstreamOf } from "../history/upstream.ts";
import { commits } from "../history/commits.ts";
import { shortRefName } from "../store/ref-name.ts";
import { exists } from "../../kit/presence.ts";

const QUERIES = new Set(["--git-dir", "--absolute-git-dir", "--git-common-dir", "--show-toplevel", "--show-prefix", "--show-cdup", "--is-inside-work-tree", "--is-inside-git-dir", "--is-bare-repository", "--is-shallow-repository", "--show-superproject-working-tree", "--show-object-format", "--git-path"]);

export const revParse: GitCommand = wordCommand({
  name: "rev-parse", plumbing: true, summary: "turn names into ids, and ask about the repository", needs: "repository", operands: "none",
  usage: ["git rev-parse --parseopt [<options>] -- [<args>...]", "git rev-parse --sq-quote [<arg>...]", "git rev-parse [<options>] [<arg>...]"],
  options: [...QUERIES, "--verify", "--short", "--abbrev-ref", "--symbolic-full-name", "--symbolic", "--all", "--branches", "--tags", "--remotes", "--quiet"].map((name) => ({ names: [name], argument: undefined, argumentOptional: false, help: name.slice(2).replaceAll("-", " "), support: "simulated" as const })),
  *run(git, words) {
    const { sys } = git;
    let verify = false;
    let quiet = false;
    let short: number | undefined;
    let abbrevRef = false;
    let symbolic: "no" | "short" | "full" = "no";
    let absolute = false;
    let shown = 0;
    let afterDashes = false;
    const shownId = function* (id: string) {
      return short === undefined ? id : yield* git.objects.abbreviate(id, short);
    };
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? "";
      if (afterDashes) {
        git.put(`${word}\n`);
        continue;
      }
      if (word === "--") {
        git.put("--\n");
        afterDashes = true;
        continue;
      }
      if (QUERIES.has(word)) {
        const { place } = git.repository;
        const inside = (`${sys.getcwd()}/`).startsWith(`${place.gitDir}/`);
        if (word === "--git-dir" || word === "--git-common-dir") git.put(`${absolute ? place.gitDir : word === "--git-common-dir" && git.prefix !== "" ? `${"../".repeat(git.prefix.split("/").length - 1)}.git` : place.shownGitDir}\n`);
        else if (word === "--absolute-git-dir") git.put(`${place.gitDir}\n`);
        else if (word === "--show-toplevel") {
          if (place.workTree === undefined || inside) throw new Die("this operation must be run in a work tree");
          git.put(`${place.workTree}\n`);
        } else if (word === "--show-prefix") git.put(`${git.prefix}\n`);
        else if (word === "--show-cdup") git.put(`${git.prefix === "" ? "" : "../".repeat(git.prefix.split("/").length - 1)}\n`);
        else if (word === "--is-inside-work-tree") git.put(`${place.workTree !== undefined && !inside}\n`);
        else if (word === "--is-inside-git-dir") git.put(`${inside}\n`);
        else if (word === "--is-bare-repository") git.put(`${git.config.boolean("core.bare", false)}\n`);
        else if (word === "--is-shallow-repository") git.put(`${exists(sys, `${place.gitDir}/shallow`)}\n`);
        else if (word === "--show-object-format") git.put("sha1\n");
        else if (word === "--git-path") git.put(`${place.shownGitDir}/${words[++i] ?? ""}\n`);
        continue;
      }
      if (word === "--verify") verify = true;
      else if (word === "-q" || word === "--quiet") quiet = true;
      else if (word === "--short" || word.startsWith("--short=")) {
        short = Number(word.slice(8)) || 7;
        verify = true;
      } else if (word === "--abbrev-ref" || word.startsWith("--abbrev-ref=")) abbrevRef = true;
      else if (word === "--symbolic-full-name") symbolic = "full";
      else if (word === "--symbolic") symbolic = "short";
      else if (word === "--path-format=absolute") absolute = true;
      else if (word === "--path-format=relative") absolute = false;
      else if (word === "--revs-only" || word === "--no-revs" || word === "--flags" || word === "--no-flags" || word === "--default" || word === "--sq") continue;
      else if (word === "--all" || word === "--branches" || word === "--tags" || word === "--remotes") {
        const prefix = { "--all": "refs/", "--branches": "refs/heads/", "--tags": "refs/tags/", "--remotes": "refs/remotes/" }[word];
        for (const ref of yield* git.refs.list(prefix)) git.put(`${symbolic === "full" ? ref.name : symbolic === "short" ? shortRefName(ref.name) : ref.id}\n`);
      } else if (word === "--sq-quote") {
        git.put(`${words.slice(i + 1).map((one) => ` '${one.replaceAll("'", "'\\''")}'`).join("")}\n`);
        return 0;
      } else if (word.startsWith("--") || (word.startsWith("-") && word !== "-" && !verify)) {
        if (verify) throw new Die("Needed a single revision");
        git.put(`${word}\n`);
      } else {
        const range = /^(.*?)(\.\.\.?)(.*)$/.exec(word);
        if (range && !verify && !(range[1] === "" && range[3] === "")) {
          const [a, b] = [yield* resolve(git, range[1] || "HEAD"), yield* resolve(git, range[3] || "HEAD")];
          if (a !== undefined && b !== undefined) {
            git.put(`${yield* shownId(b)}\n${range[2] === ".." ? "^" : ""}${yield* shownId(a)}\n`);
            if (range[2] === "...") for (const base of yield* commits(git).mergeBases(a, b)) git.put(`^${base}\n`);
            continue;
          }
        }
        const negated = word.startsWith("^");
        const name = negated ? word.slice(1) : word;
        if (abbrevRef || symbolic !== "no") {
          const upstream = /^(.*)@\{(?:u|upstream|push)\}$/i.exec(name);
          if (upstream) {
            const branch = upstream[1] === "" || upstream[1] === "HEAD" ? yield* currentBranch(git) : upstream[1];
            const found = branch === undefined ? undefined : upstreamOf(git, branch);
            if (branch === undefined) throw new Die("HEAD does not point to a branch");
            if (!found) throw new Die(`no upstream configured for branch '${branch}'`);
            git.put(`${abbrevRef ? upstreamName(found) : (found.tracking ?? "")}\n`);
            continue;
          }
          if (name === "HEAD" || name === "@") {
            const target = yield* git.refs.symbolicTarget("HEAD");
            if ((yield* git.refs.read("HEAD")) === undefined) {
              git.put("HEAD\n");
              throw new Die(AMBIGUOUS(name));
            }
            git.put(`${target === undefined ? "HEAD" : abbrevRef ? shortRefName(target) : target}\n`);
            continue;
          }
          const ref = yield* findRef(git, name);
          if (ref) {
            git.put(`${symbolic === "full" ? ref.name : shortRefName(ref.name)}\n`);
            continue;
          }
        }
        const id = yield* resolve(git, name);
        if (id !== undefined && (verify && short !== undefined ? yield* git.objects.has(id) : true)) {
          shown++;
          if (verify && shown > 1) throw new Die("Needed a single revision");
          git.put(`${negated ? "^" : ""}${yield* shownId(id)}\n`);
          continue;
        }
        if (verify) {
          if (quiet) throw new Quit(1);
          throw new Die("Needed a single revision");
        }
        git.put(`${word}\n`);
        yield* git.out.flush();
        verifyFilename(git, word, true);
      }
    }
    if (verify && shown === 0) {
      if (quiet) throw new Quit(1);
      throw new Die("Needed a single revision");
    }
    return 0;
  },
});
