// Which commands somebody may have meant: a distance where swaps cost nothing, insertions little, deletions most (git-config(1), help.autoCorrect).

const SWAP = 0;
const SUBSTITUTION = 2;
const INSERTION = 1;
const DELETION = 3;
const FAR = 7;

/** From `a` to `b` with weighted steps; a swap is of neighbours. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j * INSERTION);
  for (let i = 0; i < a.length; i++) {
    const row = [(i + 1) * DELETION];
    for (let j = 0; j < b.length; j++) {
      let best = (last[j] ?? 0) + (a[i] === b[j] ? 0 : SUBSTITUTION);
      if (i > 0 && j > 0 && a[i - 1] === b[j] && a[i] === b[j - 1]) best = Math.min(best, (beforeLast[j - 1] ?? 0) + SWAP);
      best = Math.min(best, (last[j + 1] ?? 0) + DELETION, (row[j] ?? 0) + INSERTION);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Every command of git 2.39, also those that are not simulated. */
const ALL = "add add--interactive am annotate apply archive bisect bisect--helper blame branch bugreport bundle cat-file check-attr check-ignore check-mailmap check-ref-format checkout checkout--worker checkout-index cherry cherry-pick clean clone column commit commit-graph commit-tree config count-objects credential credential-cache credential-cache--daemon credential-store daemon describe diagnose diff diff-files diff-index diff-tree difftool difftool--helper env--helper fast-export fast-import fetch fetch-pack filter-branch fmt-merge-msg for-each-ref for-each-repo format-patch fsck fsck-objects fsmonitor--daemon gc get-tar-commit-id grep hash-object help hook http-backend http-fetch http-push imap-send index-pack init init-db instaweb interpret-trailers log ls-files ls-remote ls-tree mailinfo mailsplit maintenance merge merge-base merge-file merge-index merge-octopus merge-one-file merge-ours merge-recursive merge-recursive-ours merge-recursive-theirs merge-resolve merge-subtree merge-tree mergetool mktag mktree multi-pack-index mv name-rev notes pack-objects pack-redundant pack-refs patch-id pickaxe prune prune-packed pull push quiltimport range-diff read-tree rebase receive-pack reflog remote remote-ext remote-fd remote-ftp remote-ftps remote-http remote-https repack replace request-pull rerere reset restore rev-list rev-parse revert rm send-pack sh-i18n--envsubst shell shortlog show show-branch show-index show-ref sparse-checkout stage stash status stripspace submodule submodule--helper subtree switch symbolic-ref tag unpack-file unpack-objects update-index update-ref update-server-info upload-archive upload-archive--writer upload-pack var verify-commit verify-pack verify-tag version web--browse whatchanged worktree write-tree";

const COMMON = new Set(["add", "bisect", "branch", "clone", "commit", "diff", "fetch", "grep", "init", "log", "merge", "mv", "pull", "push", "rebase", "reset", "restore", "rm", "show", "status", "switch", "tag"]);

export function similarCommands(name: string, known: readonly string[]): string[] {
  const scored = [...new Set([...ALL.split(" "), ...known])].map((candidate) => {
    // A common command that begins so needs nothing more.
    const score = COMMON.has(candidate) && candidate.startsWith(name) ? 0 : distance(name, candidate) + 1;
    return { candidate, score };
  });
  scored.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
  const beginnings = scored.filter((one) => one.score === 0);
  const best = scored[beginnings.length]?.score ?? 0;
  return best < FAR ? scored.filter((one) => one.score === 0 || one.score === best).map((one) => one.candidate) : [];
}
