// git remote (git-remote(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { Die, Quit } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { type GitCommand, wordCommand } from "../base/git-command.ts";
import { mapRef, fetchSpecs } from "../history/upstream.ts";
import { parsedOrDie } from "../store/config.ts";
import { withSectionRenamed, withValue, withoutEntries } from "../store/config-file.ts";
import { isValidRefName, shortRefName } from "../store/ref-name.ts";
import { connect } from "../transport/connection.ts";
import { isRemote, remoteUrl } from "../transport/fetch-refs.ts";
import { FLUSH, send } from "../transport/packet-line.ts";
import { commits } from "../history/commits.ts";
import { editConfig } from "./branch.ts";
import { fetch } from "./fetch.ts";

const USAGE = ["git remote [-v | --verbose]", "git remote add [-t <branch>] [-m <master>] [-f] [--tags | --no-tags] [--mirror=<fetch|push>] <name> <url>", "git remote rename [--[no-]progress] <old> <new>", "git remote remove <name>", "git remote set-head <name> (-a | --auto | -d | --delete | <branch>)", "git remote [-v | --verbose] show [-n] <name>", "git remote prune [-n | --dry-run] <name>", "git remote [-v | --verbose] update [-p | --prune] [(<group> | <remote>)...]", "git remote set-branches [--add] <name> <branch>...", "git remote get-url [--push] [--all] <name>", "git remote set-url [--push] <name> <newurl> [<oldurl>]", "git remote set-url --add <name> <newurl>", "git remote set-url --delete <name> <url>"];

const fail = (...lines: readonly string[]): never => { throw new Quit(2, ...lines); };
const usage = (verb: string): never => { throw new Quit(129, `usage: ${USAGE.find((line) => line.includes(` ${verb} `)) ?? "git remote"}`, ""); };
const noSuch = (name: string): never => fail(`error: No such remote: '${name}'`);

const remotesOf = (git: Git): string[] => git.config.subsections("remote").filter((name) => git.config.entries.some((entry) => entry.key.startsWith(`remote.${name}.`))).sort();

function* list(git: Git, verbose: boolean): Blocking<number> {
  for (const name of remotesOf(git)) {
    if (!verbose) {
      git.put(`${name}\n`);
      continue;
    }
    const urls = git.config.all(`remote.${name}.url`).map(() => remoteUrl(git, name));
    const push = git.config.all(`remote.${name}.pushurl`).map((entry) => entry.value ?? "");
    git.put(`${name}\t${urls[0] ?? name} (fetch)\n${(push.length > 0 ? push : git.config.all(`remote.${name}.url`).map((entry) => entry.value ?? "")).map((url) => `${name}\t${url} (push)\n`).join("")}`);
  }
  return 0;
}

function* add(git: Git, words: readonly string[]): Blocking<number> {
  let fetching = false;
  let tags: string | undefined;
  let mirror: string | undefined;
  let head: string | undefined;
  const branches: string[] = [];
  const args: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "-f" || word === "--fetch") fetching = true;
    else if (word === "--tags") tags = "--tags";
    else if (word === "--no-tags") tags = "--no-tags";
    else if (word.startsWith("--mirror")) mirror = word.slice(9) || "both";
    else if (word === "-t") branches.push(words[++i] ?? "");
    else if (word === "-m") head = words[++i];
    else if (word.startsWith("-")) throw new Quit(129, `error: unknown ${word.startsWith("--") ? `option \`${word.slice(2)}'` : `switch \`${word.slice(1, 2)}'`}`, `usage: git remote add [<options>] <name> <url>`, "");
    else args.push(word);
  }
  const [name, url] = args;
  if (name === undefined || url === undefined || args.length > 2) throw new Quit(129, "usage: git remote add [<options>] <name> <url>", "");
  if (isRemote(git, name)) throw new Quit(3, `error: remote ${name} already exists.`);
  if (!isValidRefName(`refs/remotes/${name}/test`)) throw new Die(`'${name}' is not a valid remote name`);
  yield* editConfig(git, (text) => {
    let out = withValue(text, `remote.${name}.url`, url);
    if (mirror === undefined || mirror === "fetch" || mirror === "both") {
      const specs = mirror !== undefined ? ["+refs/*:refs/*"] : branches.length > 0 ? branches.map((branch) => `+refs/heads/${branch}:refs/remotes/${name}/${branch}`) : [`+refs/heads/*:refs/remotes/${name}/*`];
      for (const spec of specs) out = withValue(out, `remote.${name}.fetch`, spec, { add: true });
    }
    if (mirror === "push" || mirror === "both") out = withValue(out, `remote.${name}.mirror`, "true");
    if (tags !== undefined) out = withValue(out, `remote.${name}.tagOpt`, tags);
    return out;
  });
  if (fetching) {
    git.say(`Updating ${name}\n`);
    const status = yield* fetch.run(git, [name]);
    if (status !== 0) return 1;
  }
  if (head !== undefined) yield* git.refs.setSymbolic(`refs/remotes/${name}/HEAD`, `refs/remotes/${name}/${head}`);
  return 0;
}

function* remove(git: Git, name: string): Blocking<number> {
  if (!remotesOf(git).includes(name)) return noSuch(name);
  const specs = fetchSpecs(git, name);
  for (const ref of yield* git.refs.list("refs/remotes/")) {
    if (ref.name === `refs/remotes/${name}/HEAD` || specs.some((spec) => mapRef({ force: false, from: spec.to, to: spec.from }, ref.name) !== undefined)) yield* git.refs.remove(ref.name);
  }
  yield* editConfig(git, (text) => {
    let out = text;
    for (const branch of git.config.subsections("branch")) {
      if (git.config.get(`branch.${branch}.remote`) !== name) continue;
      out = withoutEntries(out, parsedOrDie(out, ".git/config").filter((entry) => entry.key === `branch.${branch}.remote` || entry.key === `branch.${branch}.merge`));
    }
    return withSectionRenamed(out, `remote.${name}`, undefined) ?? out;
  });
  return 0;
}

function* rename(git: Git, from: string, to: string): Blocking<number> {
  if (!remotesOf(git).includes(from)) return noSuch(from);
  if (isRemote(git, to)) throw new Quit(3, `error: remote ${to} already exists.`);
  if (!isValidRefName(`refs/remotes/${to}/test`)) throw new Die(`'${to}' is not a valid remote name`);
  const list = yield* git.refs.list(`refs/remotes/${from}/`);
  const head = yield* git.refs.symbolicTarget(`refs/remotes/${from}/HEAD`);
  yield* editConfig(git, (text) => {
    let out = withSectionRenamed(text, `remote.${from}`, `remote.${to}`) ?? text;
    for (const entry of parsedOrDie(out, ".git/config").filter((one) => one.key === `remote.${to}.fetch`)) out = withValue(out, `remote.${to}.fetch`, (entry.value ?? "").replace(`:refs/remotes/${from}/`, `:refs/remotes/${to}/`), { replace: [entry] });
    for (const branch of git.config.subsections("branch")) if (git.config.get(`branch.${branch}.remote`) === from) out = withValue(out, `branch.${branch}.remote`, to);
    return out;
  });
  for (const ref of list) {
    if (ref.name === `refs/remotes/${from}/HEAD`) continue;
    const target = `refs/remotes/${to}/${ref.name.slice(`refs/remotes/${from}/`.length)}`;
    yield* git.refs.copy(ref.name, target, `remote: renamed ${ref.name} to ${target}`, true);
  }
  if (head !== undefined) {
    yield* git.refs.remove(`refs/remotes/${from}/HEAD`);
    yield* git.refs.setSymbolic(`refs/remotes/${to}/HEAD`, head.replace(`refs/remotes/${from}/`, `refs/remotes/${to}/`));
  }
  return 0;
}

function* show(git: Git, name: string, offline: boolean): Blocking<number> {
  const url = remoteUrl(git, name);
  const known = remotesOf(git).includes(name);
  let there: ReadonlyMap<string, string> = new Map();
  let head: string | undefined = "(not queried)";
  if (!offline) {
    const connection = yield* connect(git, url, "git-upload-pack");
    yield* send(git.sys, connection.output, FLUSH);
    yield* connection.close();
    there = new Map(connection.refs.map((ref) => [ref.name, ref.id]));
    head = connection.headTarget === undefined ? undefined : shortRefName(connection.headTarget);
  }
  git.say(`* remote ${name}\n  Fetch URL: ${url}\n  Push  URL: ${remoteUrl(git, name, true)}\n  HEAD branch: ${head ?? "(unknown)"}\n`);
  const mine = (yield* git.refs.list(`refs/remotes/${name}/`)).map((ref) => ref.name).filter((ref) => ref !== `refs/remotes/${name}/HEAD`);
  const rows = new Map<string, string>();
  if (!offline) {
    for (const ref of there.keys()) {
      if (!ref.startsWith("refs/heads/")) continue;
      const tracking = known ? fetchSpecs(git, name).map((spec) => mapRef(spec, ref)).find((one) => one !== undefined) : undefined;
      rows.set(ref.slice(11), tracking !== undefined && mine.includes(tracking) ? "tracked" : `new (next fetch will store in remotes/${name})`);
    }
    for (const ref of mine) if (![...there.keys()].some((one) => fetchSpecs(git, name).some((spec) => mapRef(spec, one) === ref))) rows.set(ref.slice(5), "stale (use 'git remote prune' to remove)");
  } else for (const ref of mine) rows.set(ref.slice(`refs/remotes/${name}/`.length), "");
  if (rows.size > 0) {
    const width = Math.max(...[...rows.keys()].map((one) => one.length));
    git.say(`  Remote branch${rows.size === 1 ? "" : "es"}:${offline ? " (status not queried)" : ""}\n${[...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([one, what]) => (offline ? `    ${one}\n` : `    ${one.padEnd(width)}${git.inLanguage(` ${what}`)}\n`)).join("")}`);
  }
  const pulls = git.config.subsections("branch").filter((branch) => git.config.get(`branch.${branch}.remote`) === name && git.config.has(`branch.${branch}.merge`)).sort();
  if (pulls.length > 0) {
    const width = Math.max(...pulls.map((one) => one.length));
    const anyRebase = pulls.some((one) => git.config.boolean(`branch.${one}.rebase`, false));
    git.say(`  Local branch${pulls.length === 1 ? "" : "es"} configured for 'git pull':\n${pulls.map((one) => {
      const rebases = git.config.boolean(`branch.${one}.rebase`, false);
      return `    ${one.padEnd(width)} ${git.inLanguage(`${rebases ? "rebases onto remote " : anyRebase ? " merges with remote " : "merges with remote "}${shortRefName(git.config.get(`branch.${one}.merge`) ?? "")}`)}\n`;
    }).join("")}`);
  }
  const pushes: { readonly local: string; readonly state: string }[] = [];
  for (const ref of yield* git.refs.list("refs/heads/")) {
    const other = there.get(ref.name);
    if (other === undefined) continue;
    const has = yield* git.objects.has(other);
    const state = other === ref.id ? "up to date" : has && (yield* commits(git).isAncestor(other, ref.id)) ? "fast-forwardable" : "local out of date";
    pushes.push({ local: ref.name.slice(11), state });
  }
  if (pushes.length > 0) {
    const width = Math.max(...pushes.map((one) => one.local.length));
    git.say(`  Local ref${pushes.length === 1 ? "" : "s"} configured for 'git push'${offline ? " (status not queried)" : ""}:\n${pushes.map((one) => `    ${one.local.padEnd(width)} pushes to ${one.local.padEnd(width)} (${one.state})\n`).join("")}`);
  } else if (offline) git.say("  Local ref configured for 'git push' (status not queried):\n    (matching) pushes to (matching)\n");
  return 0;
}

function* prune(git: Git, name: string, dry: boolean): Blocking<number> {
  const connection = yield* connect(git, remoteUrl(git, name), "git-upload-pack");
  yield* send(git.sys, connection.output, FLUSH);
  yield* connection.close();
  const specs = fetchSpecs(git, name);
  const stale: string[] = [];
  for (const ref of yield* git.refs.list()) {
    if ((yield* git.refs.symbolicTarget(ref.name)) !== undefined) continue;
    for (const spec of specs) {
      const back = mapRef({ force: false, from: spec.to, to: spec.from }, ref.name);
      if (back !== undefined && !connection.refs.some((one) => one.name === back)) stale.push(ref.name);
    }
  }
  if (stale.length > 0) git.say(`Pruning ${name}\nURL: ${remoteUrl(git, name)}\n`);
  for (const ref of stale) {
    if (!dry) yield* git.refs.update(ref, { id: undefined, message: "" });
    git.say(` * [${dry ? "would prune" : "pruned"}] ${shortRefName(ref)}\n`);
  }
  return 0;
}

function* setUrl(git: Git, words: readonly string[]): Blocking<number> {
  const key = words.includes("--push") ? "pushurl" : "url";
  const adding = words.includes("--add");
  const deleting = words.includes("--delete");
  const [name, url, old] = words.filter((word) => !word.startsWith("--"));
  if (name === undefined || url === undefined) return usage("set-url");
  if (!remotesOf(git).includes(name)) return fail(`error: No such remote '${name}'`);
  const full = `remote.${name}.${key}`;
  const entries = git.config.all(full);
  if (old !== undefined && !entries.some((entry) => entry.value === old)) throw new Die(`No such URL found: ${old}`);
  if (deleting && !entries.some((entry) => entry.value === url)) throw new Die(`No such URL found: ${url}`);
  if (deleting && key === "url" && entries.length === 1) throw new Die("Will not delete all non-push URLs");
  yield* editConfig(git, (text) => {
    if (adding) return withValue(text, full, url, { add: true });
    const same = parsedOrDie(text, ".git/config").filter((entry) => entry.key === full);
    if (deleting) return withoutEntries(text, same.filter((entry) => entry.value === url));
    return withValue(text, full, url, old === undefined ? { replace: same.slice(0, 1) } : { replace: same.filter((entry) => entry.value === old) });
  });
  return 0;
}

export const remote: GitCommand = wordCommand({
  name: "remote", summary: "manage the repositories that are followed", usage: USAGE, needs: "repository", options: [{ names: ["-v", "--verbose"], argument: undefined, argumentOptional: false, help: "show the URLs too", support: "simulated" }], subcommands: ["add", "rename", "remove", "set-head", "show", "prune", "update", "set-branches", "get-url", "set-url"], operands: "none",
  *run(git, words) {
    const verbose = words[0] === "-v" || words[0] === "--verbose";
    const [verb, ...rest] = verbose ? words.slice(1) : words;
    const plain = rest.filter((word) => !word.startsWith("-"));
    switch (verb) {
      case undefined: return yield* list(git, verbose);
      case "add": return yield* add(git, rest);
      case "rename": return plain[0] === undefined || plain[1] === undefined ? usage("rename") : yield* rename(git, plain[0], plain[1]);
      case "remove": case "rm": return plain[0] === undefined ? usage("remove") : yield* remove(git, plain[0]);
      case "show": {
        if (plain.length === 0) return yield* list(git, verbose);
        for (const name of plain) yield* show(git, name, rest.includes("-n"));
        return 0;
      }
      case "prune": {
        if (plain.length === 0) return usage("prune");
        for (const name of plain) yield* prune(git, name, rest.includes("-n") || rest.includes("--dry-run"));
        return 0;
      }
      case "update": return yield* fetch.run(git, [...(rest.includes("-p") || rest.includes("--prune") ? ["--prune"] : []), ...(plain.length > 0 ? ["--multiple", ...plain] : ["--all"])]);
      case "get-url": {
        const [name] = plain;
        if (name === undefined) return usage("get-url");
        if (!isRemote(git, name)) return fail(`error: No such remote '${name}'`);
        const push = git.config.all(`remote.${name}.pushurl`);
        const urls = (rest.includes("--push") && push.length > 0 ? push : git.config.all(`remote.${name}.url`)).map((entry) => entry.value ?? "");
        git.put(rest.includes("--all") ? urls.map((url) => `${url}\n`).join("") : `${remoteUrl(git, name, rest.includes("--push"))}\n`);
        return 0;
      }
      case "set-url": return yield* setUrl(git, rest);
      case "set-branches": {
        const [name = "", ...branches] = plain;
        if (!isRemote(git, name)) return fail(`error: No such remote '${name}'`);
        yield* editConfig(git, (text) => {
          let out = rest.includes("--add") ? text : withoutEntries(text, parsedOrDie(text, ".git/config").filter((entry) => entry.key === `remote.${name}.fetch`));
          for (const branch of branches) out = withValue(out, `remote.${name}.fetch`, `+refs/heads/${branch}:refs/remotes/${name}/${branch}`, { add: true });
          return out;
        });
        return 0;
      }
      case "set-head": {
        const [name = "", branch] = plain;
        const full = `refs/remotes/${name}/HEAD`;
        if (rest.includes("-d") || rest.includes("--delete")) {
          yield* git.refs.remove(full);
          return 0;
        }
        let target = branch;
        if (rest.includes("-a") || rest.includes("--auto")) {
          const connection = yield* connect(git, remoteUrl(git, name), "git-upload-pack");
          yield* send(git.sys, connection.output, FLUSH);
          yield* connection.close();
          target = connection.headTarget?.replace(/^refs\/heads\//, "");
          if (target === undefined) throw new Quit(1, "error: Cannot determine remote HEAD");
        }
        if (target === undefined) return usage("set-head");
        if ((yield* git.refs.read(`refs/remotes/${name}/${target}`)) === undefined) throw new Quit(1, `error: Not a valid ref: refs/remotes/${name}/${target}`);
        yield* git.refs.setSymbolic(full, `refs/remotes/${name}/${target}`);
        if (branch === undefined) git.say(`${name}/HEAD set to ${target}\n`);
        return 0;
      }
      default: throw new Quit(129, `error: unknown subcommand: \`${verb}'`, USAGE.map((line, i) => `${i === 0 ? "usage: " : "   or: "}${line}`).join("\n"), "");
    }
  },
});
