// Fetching: what is wanted from the other side, and the references that remember it (git-fetch(1)).
import type { Blocking } from "../../../kernel/sys.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import { abbreviated } from "../diff/diff-output.ts";
import { commits, peel } from "../history/commits.ts";
import { type Refspec, fetchSpecs, mapRef, currentBranch } from "../history/upstream.ts";
import { writeFile } from "../store/file-bytes.ts";
import { NULL_ID, type ObjectId } from "../store/object-id.ts";
import { refCandidates, shortRefName } from "../store/ref-name.ts";
import { type Connection, type RemoteRef, connect } from "./connection.ts";
import { FLUSH, packet, send } from "./packet-line.ts";
import { shownUrl } from "./remote-url.ts";
import { O } from "../../../kernel/sys.ts";

/** The URL of a remote, or the word itself. */
export function remoteUrl(git: Git, name: string, pushing = false): string {
  const own = pushing ? git.config.get(`remote.${name}.pushurl`) : undefined;
  let url = own ?? git.config.get(`remote.${name}.url`) ?? name;
  let best = "";
  for (const entry of git.config.entries) {
    const match = /^url\.(.*)\.(pushinsteadof|insteadof)$/.exec(entry.key);
    if (!match || entry.value === undefined || (match[2] === "pushinsteadof" && !pushing) || !url.startsWith(entry.value) || entry.value.length <= best.length) continue;
    best = entry.value;
    url = (match[1] ?? "") + url.slice(entry.value.length);
  }
  return url;
}

export const isRemote = (git: Git, name: string): boolean => git.config.has(`remote.${name}.url`);

/** A relative path of the user is from where the user stands. */
export function placedUrl(git: Git, url: string): string {
  if (git.prefix === "" || url.includes(":") || url.startsWith("/") || url.startsWith("~")) return url;
  return git.prefix + url;
}

/** Asks for objects and takes them in. Returns the edges of a shallow fetch. Throws Die. */
export function* requestObjects(git: Git, connection: Connection, wants: readonly ObjectId[], options: { readonly depth?: number; readonly keep: boolean; readonly progress: boolean }): Blocking<readonly ObjectId[]> {
  const { sys, objects } = git;
  const missing: ObjectId[] = [];
  for (const id of new Set(wants)) if (options.depth !== undefined || !(yield* objects.has(id))) missing.push(id);
  if (missing.length === 0) {
    yield* send(sys, connection.output, FLUSH);
    return [];
  }
  const haves: ObjectId[] = [];
  const tips: ObjectId[] = [];
  for (const ref of [...(yield* git.refs.list()), { id: (yield* git.refs.read("HEAD")) ?? NULL_ID }]) {
    const commit = ref.id === NULL_ID ? undefined : yield* peel(git, ref.id, "commit");
    if (commit !== undefined) tips.push(commit);
  }
  for (const id of yield* commits(git).ancestors(tips)) {
    haves.push(id);
    if (haves.length >= 4096) break;
  }
  yield* send(sys, connection.output, ...missing.map((id, i) => packet(`want ${id}${i === 0 ? " shallow agent=git/2.39.5" : ""}\n`)), ...(options.depth === undefined ? [] : [packet(`deepen ${options.depth}\n`)]), FLUSH);
  const edges: ObjectId[] = [];
  if (options.depth !== undefined) for (let line = yield* connection.reader.line(); line !== undefined; line = yield* connection.reader.line()) if (line.startsWith("shallow ")) edges.push(line.slice(8));
  yield* send(sys, connection.output, ...(options.depth === undefined ? haves : []).map((id) => packet(`have ${id}\n`)), packet("done\n"));
  yield* connection.reader.line();
  const pack = yield* connection.reader.rest();
  const count = new DataView(pack.buffer, pack.byteOffset, pack.byteLength).getUint32(8);
  const limit = git.config.integer("fetch.unpacklimit", git.config.integer("transfer.unpacklimit", 100));
  if (options.progress && count > 0) {
    yield* git.err(`remote: Enumerating objects: ${count}, done.\x1b[K\nremote: Counting objects: 100% (${count}/${count}), done.\x1b[K\nremote: Total ${count} (delta 0), reused 0 (delta 0), pack-reused 0\x1b[K\n`);
    yield* git.err(options.keep || count >= limit ? `Receiving objects: 100% (${count}/${count}), done.\n` : `Unpacking objects: 100% (${count}/${count}), ${sizeText(pack.length)} | ${sizeText(pack.length)}/s, done.\n`);
  }
  if (count > 0) yield* objects.takePack(pack, options.keep ? 0 : limit);
  if (edges.length > 0) yield* writeFile(sys, `${git.repository.gitDir}/shallow`, [...edges].sort().map((id) => `${id}\n`).join(""));
  return edges;
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1048576) return `${(bytes / 1024).toFixed(2)} KiB`;
  return `${(bytes / 1048576).toFixed(2)} MiB`;
}

export interface FetchSettings {
  readonly remote: string;
  readonly specs: readonly Refspec[];
  readonly tags: "auto" | "all" | "none";
  readonly prune: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly depth: number | undefined;
  readonly append: boolean;
  readonly dryRun: boolean;
  readonly reflog: string;
  /** specs came from the command line */
  readonly explicit: boolean;
}

interface Wanted {
  readonly remote: RemoteRef;
  readonly local: string | undefined;
  readonly force: boolean;
  /** for pull */
  readonly merge: boolean;
}

const findRemoteRef = (refs: readonly RemoteRef[], name: string): RemoteRef | undefined => {
  for (const candidate of name === "" ? ["HEAD"] : refCandidates(name)) {
    const found = refs.find((ref) => ref.name === candidate);
    if (found) return found;
  }
  return /^[0-9a-f]{40}$/.test(name) ? { name, id: name } : undefined;
};

/** Fetches; false when a reference could not be updated. Throws Die. */
export function* fetchRefs(git: Git, settings: FetchSettings): Blocking<boolean> {
  const { refs, sys } = git;
  const { remote } = settings;
  const known = isRemote(git, remote);
  const url = remoteUrl(git, remote);
  const program = git.config.get(`remote.${remote}.uploadpack`);
  const connection = yield* connect(git, url, "git-upload-pack", program);
  const available = connection.refs.filter((ref) => !ref.name.endsWith("^{}"));
  const wanted: Wanted[] = [];
  const add = (one: Wanted) => {
    if (!wanted.some((other) => other.remote.name === one.remote.name && other.local === one.local)) wanted.push(one);
  };
  const configured = known ? fetchSpecs(git, remote) : [];
  const branch = yield* currentBranch(git);
  const mergeNames = branch !== undefined && git.config.get(`branch.${branch}.remote`) === remote ? git.config.all(`branch.${branch}.merge`).map((entry) => entry.value ?? "") : [];
  for (const spec of settings.specs) {
    if (spec.from.startsWith("^")) continue;
    if (spec.from.includes("*")) {
      for (const ref of available) {
        const local = mapRef(spec, ref.name);
        if (local !== undefined) add({ remote: ref, local: local === "" ? undefined : local, force: spec.force || settings.force, merge: settings.explicit ? true : mergeNames.includes(ref.name) });
      }
      continue;
    }
    const ref = findRemoteRef(available, spec.from);
    if (!ref) {
      yield* connection.close();
      throw new Die(`couldn't find remote ref ${spec.from || "HEAD"}`);
    }
    const target = spec.to === "" ? undefined : spec.to.startsWith("refs/") ? spec.to : ref.name.startsWith("refs/tags/") ? `refs/tags/${spec.to}` : `refs/heads/${spec.to}`;
    add({ remote: ref, local: target, force: spec.force || settings.force, merge: true });
    // What is named for once is remembered where it would be anyway.
    if (settings.explicit && target === undefined) for (const own of configured) {
      const local = mapRef(own, ref.name);
      if (local !== undefined && local !== "") add({ remote: ref, local, force: own.force, merge: false });
    }
  }
  if (settings.specs.length === 0) {
    const head = available.find((ref) => ref.name === "HEAD");
    if (head) add({ remote: head, local: undefined, force: false, merge: true });
  }
  if (!settings.explicit && mergeNames.length === 0 && known && !wanted.some((one) => one.merge)) {
    const [first] = wanted;
    if (first && !settings.specs[0]?.from.includes("*")) wanted[0] = { ...first, merge: true };
  }
  // Tags of what comes along.
  const tagRefs = available.filter((ref) => ref.name.startsWith("refs/tags/"));
  const wants = wanted.map((one) => one.remote.id);
  const newTags: RemoteRef[] = [];
  if (settings.tags === "all") for (const ref of tagRefs) add({ remote: ref, local: ref.name, force: settings.force, merge: false });
  const allWants = [...wants, ...(settings.tags === "all" ? tagRefs.map((ref) => ref.id) : [])];
  const progress = sys.isatty(2) && !settings.quiet;
  if (settings.tags === "auto" && wanted.some((one) => one.local !== undefined)) {
    // A tag follows when what it marks is there or comes.
    for (const ref of tagRefs) {
      if ((yield* refs.read(ref.name)) !== undefined) continue;
      const peeled = connection.refs.find((one) => one.name === `${ref.name}^{}`)?.id ?? ref.id;
      newTags.push({ name: ref.name, id: peeled });
    }
  }
  yield* requestObjects(git, connection, allWants, { keep: false, progress, ...(settings.depth !== undefined && { depth: settings.depth }) });
  yield* connection.close();
  const following: RemoteRef[] = [];
  for (const tag of newTags) {
    const real = tagRefs.find((ref) => ref.name === tag.name);
    if (!real || !(yield* git.objects.has(tag.id))) continue;
    following.push(real);
  }
  const missing: ObjectId[] = [];
  for (const ref of following) if (!(yield* git.objects.has(ref.id))) missing.push(ref.id);
  if (missing.length > 0) {
    const second = yield* connect(git, url, "git-upload-pack", program);
    yield* requestObjects(git, second, missing, { keep: false, progress: false });
    yield* second.close();
  }
  for (const ref of following) add({ remote: ref, local: ref.name, force: false, merge: false });
  return yield* storeRefs(git, settings, url, wanted, known ? configured : [], available);
}

function* storeRefs(git: Git, settings: FetchSettings, url: string, wanted: readonly Wanted[], configured: readonly Refspec[], available: readonly RemoteRef[]): Blocking<boolean> {
  const { refs, sys, repository } = git;
  const from = shownUrl(url);
  const columns = git.columns;
  const display = (one: Wanted) => (one.remote.name.startsWith("refs/heads/") ? one.remote.name.slice(11) : one.remote.name.startsWith("refs/tags/") ? one.remote.name.slice(10) : one.remote.name.startsWith("refs/remotes/") ? one.remote.name.slice(13) : one.remote.name);
  let width = 10;
  for (const one of wanted) {
    const target = one.local === undefined ? "FETCH_HEAD" : shortRefName(one.local);
    const length = display(one).length;
    if (21 + length + 4 + target.length < columns) width = Math.max(width, length);
  }
  const rows: string[] = [];
  let ok = true;
  const row = (code: string, summary: string, remote: string, local: string, note = "") => rows.push(` ${code} ${git.inLanguage(summary).padEnd(17)} ${remote.padEnd(width)} -> ${local}${note === "" ? "" : `  (${git.inLanguage(note)})`}`);
  const heads: { readonly line: string; readonly merge: boolean }[] = [];
  const pruned: string[] = [];
  if (settings.prune) {
    const specs = settings.explicit ? settings.specs : configured;
    for (const ref of yield* refs.list("refs/")) {
      for (const spec of specs) {
        const back = spec.to === "" ? undefined : mapRef({ force: false, from: spec.to, to: spec.from }, ref.name);
        if (back === undefined || available.some((one) => one.name === back)) continue;
        if ((yield* refs.symbolicTarget(ref.name)) !== undefined) continue;
        if (!settings.dryRun) yield* refs.update(ref.name, { id: undefined, message: "" });
        pruned.push(` - ${git.inLanguage("[deleted]").padEnd(17)} ${git.inLanguage("(none)").padEnd(width)} -> ${shortRefName(ref.name)}`);
      }
    }
  }
  const current = yield* refs.symbolicTarget("HEAD");
  for (const one of wanted) {
    const { name, id } = one.remote;
    const kind = name.startsWith("refs/heads/") ? "branch" : name.startsWith("refs/tags/") ? "tag" : name.startsWith("refs/remotes/") ? "remote-tracking branch" : "";
    const described = name === "HEAD" ? from : `${kind === "" ? "" : `${kind} `}'${display(one)}' of ${from}`;
    if (!settings.dryRun) heads.push({ line: `${id}\t${one.merge ? "" : "not-for-merge"}\t${described}\n`, merge: one.merge });
    if (one.local === undefined) {
      row("*", kind === "" ? "branch" : kind, name === "HEAD" ? "HEAD" : display(one), "FETCH_HEAD");
      continue;
    }
    const old = yield* refs.read(one.local);
    const local = shortRefName(one.local);
    const tagLike = one.local.startsWith("refs/tags/");
    const reflog = (what: string) => `${settings.reflog}: ${what}`;
    if (old === id) {
      if (settings.verbose) row("=", "[up to date]", display(one), local);
      continue;
    }
    if (current === one.local && repository.place.workTree !== undefined && old !== undefined) throw new Die(`refusing to fetch into branch '${one.local}' checked out at '${repository.place.workTree}'`);
    if (old === undefined) {
      const [summary, text] = name.startsWith("refs/tags/") ? ["[new tag]", "storing tag"] : name.startsWith("refs/heads/") ? ["[new branch]", "storing head"] : ["[new ref]", "storing ref"];
      if (!settings.dryRun) yield* refs.update(one.local, { id, message: reflog(text) });
      row("*", summary, display(one), local);
      continue;
    }
    if (tagLike) {
      if (one.force) {
        if (!settings.dryRun) yield* refs.update(one.local, { id, message: reflog("updating tag") });
        row("t", "[tag update]", display(one), local);
      } else {
        row("!", "[rejected]", display(one), local, "would clobber existing tag");
        ok = false;
      }
      continue;
    }
    const [a, b] = [yield* peel(git, old, "commit"), yield* peel(git, id, "commit")];
    const forward = a !== undefined && b !== undefined && (yield* commits(git).isAncestor(a, b));
    const [short, next] = [yield* abbreviated(git, old), yield* abbreviated(git, id)];
    if (forward) {
      if (!settings.dryRun) yield* refs.update(one.local, { id, message: reflog("fast-forward") });
      row(" ", `${short}..${next}`, display(one), local);
    } else if (one.force) {
      if (!settings.dryRun) yield* refs.update(one.local, { id, message: reflog("forced-update") });
      row("+", `${short}...${next}`, display(one), local, "forced update");
    } else {
      row("!", "[rejected]", display(one), local, "non-fast-forward");
      ok = false;
    }
  }
  const sorted = [...heads.filter((one) => one.merge), ...heads.filter((one) => !one.merge)];
  if (!settings.dryRun) yield* writeFile(sys, `${repository.gitDir}/FETCH_HEAD`, sorted.map((one) => one.line).join(""), 0o666, settings.append ? O.CREAT | O.APPEND : O.CREAT | O.TRUNC);
  const out = [...pruned, ...rows];
  if (out.length > 0 && !settings.quiet) yield* git.err(`From ${from}\n${out.map((line) => `${line}\n`).join("")}`);
  else if (!ok) yield* git.err(`From ${from}\n${rows.filter((line) => line.startsWith(" !")).map((line) => `${line}\n`).join("")}`);
  return ok;
}
