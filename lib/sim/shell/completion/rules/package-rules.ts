// apt, apt-get, apt-cache, dpkg: words of their own completion files.

import type { Blocking } from "../../../kernel/sys.ts";
import { type Candidates, NOTHING } from "../candidates.ts";
import { commandLines, type CompletionContext, type CompletionRule, filedir, installedPackages, optionCandidates, shellWord, startingWith } from "./completion-context.ts";

const words = (text: string): string[] => text.split(" ");

const APT = words("list search show showsrc install reinstall remove purge autoremove autopurge update upgrade full-upgrade dist-upgrade edit-sources help source build-dep clean autoclean download changelog moo depends rdepends policy");
const APT_GET = words("update upgrade install reinstall remove purge source build-dep download changelog dist-upgrade dselect-upgrade clean autoclean autoremove autopurge check indextargets");
const APT_CACHE = words("add depends dotty dump dumpavail gencaches madison pkgnames policy rdepends search show showpkg showsrc stats unmet xvcg");
const APT_MARK = words("auto manual minimize-manual hold unhold showauto showmanual showhold install remove purge showinstall showremove showpurge");

const COMMON_OPTIONS = words("-d --download-only -y --assume-yes --assume-no -u --show-upgraded -m --ignore-missing -t --target-release --download --fix-missing --ignore-hold --upgrade --only-upgrade --allow-change-held-packages --allow-remove-essential --allow-downgrades --print-uris --trivial-only --remove --arch-only --allow-unauthenticated --allow-insecure-repositories --install-recommends --install-suggests --no-install-recommends --no-install-suggests --fix-policy -f --fix-broken -b --build -P --purge -q --quiet -s --simulate --reinstall --solver -o -c --config-file --option");
const BY_VERB: ReadonlyMap<string, readonly string[]> = new Map([
  ["install", COMMON_OPTIONS], ["reinstall", COMMON_OPTIONS], ["remove", COMMON_OPTIONS], ["purge", COMMON_OPTIONS], ["upgrade", COMMON_OPTIONS], ["dist-upgrade", COMMON_OPTIONS],
  ["full-upgrade", COMMON_OPTIONS], ["autoremove", COMMON_OPTIONS], ["list", words("--installed --upgradable --manual-installed -v --verbose -a --all-versions -t --target-release")],
  ["update", words("--list-cleanup --print-uris --allow-insecure-repositories")], ["show", words("-a --all-versions")], ["search", words("-n --names-only -f --full")],
]);

const INSTALLED = new Set(words("remove purge autoremove autopurge reinstall upgrade hold unhold auto manual showauto"));
const ANY_PACKAGE = new Set(words("install show search changelog depends rdepends policy download list pkgnames madison showpkg unmet full-upgrade dist-upgrade build-dep source showsrc dotty"));

function* packageNames(context: CompletionContext): Blocking<readonly string[]> {
  return yield* commandLines(context, `apt-cache --no-generate pkgnames ${shellWord(context.cur)} 2>/dev/null`);
}

function aptLike(verbs: readonly string[]): CompletionRule {
  return function* (context) {
    const verb = context.words.slice(1, -1).find((word) => verbs.includes(word));
    if (verb === undefined) return context.cur.startsWith("-") ? NOTHING : startingWith(context, verbs);
    if (context.prev === "-t" || context.prev === "--target-release") return startingWith(context, ["stable", "bookworm", "bookworm-updates", "bookworm-security"]);
    if (context.cur.startsWith("-")) return optionCandidates(context, BY_VERB.get(verb) ?? []);
    if (INSTALLED.has(verb)) return { list: yield* installedPackages(context) };
    if (!ANY_PACKAGE.has(verb)) return NOTHING;
    if (/^[./~]/.test(context.cur) && verb === "install") return yield* filedir(context);
    return { list: yield* packageNames(context) };
  };
}

const DPKG_OPTIONS = words(
  "--install --unpack --record-avail --configure --triggers-only --remove --purge --verify --get-selections --set-selections --clear-selections --update-avail --merge-avail --clear-avail --yet-to-unpack " +
  "--add-architecture --remove-architecture --print-architecture --print-foreign-architectures --compare-versions --help --force-help --debug=help --version --listfiles --list --status --search --audit " +
  "--print-avail --contents --info --field --control --extract --vextract --raw-extract --build --fsys-tarfile --admindir= --root= --instdir= --path-exclude= --path-include= --selected-only --skip-same-version " +
  "--pre-invoke= --post-invoke= --debug= --no-act --force-all --ignore-depends= --recursive --refuse-downgrade --auto-deconfigure --log= --no-debsig --no-pager --abort-after= --status-fd= --status-logger= --simulate --dry-run",
);
const SHORT_WITH_INSTALLED = /^(-[lLsrPpV]|--(list|listfiles|status|remove|purge|verify|print-avail))$/;
const WITH_ARCHIVES = /^(-[iAceIWxX]|--(install|unpack|info|contents|control|extract|field))$/;

function* dpkg(context: CompletionContext): Blocking<Candidates> {
  const action = context.words.slice(1, -1).find((word) => SHORT_WITH_INSTALLED.test(word) || WITH_ARCHIVES.test(word) || word === "-S" || word === "--search");
  if (context.cur.startsWith("-")) return optionCandidates(context, DPKG_OPTIONS);
  if (action === undefined) return NOTHING;
  if (SHORT_WITH_INSTALLED.test(action)) return { list: yield* installedPackages(context) };
  const files = yield* filedir(context);
  if (action === "-S" || action === "--search") return files;
  const folders = new Set((yield* filedir(context, true)).list);
  return { ...files, list: files.list.filter((name) => folders.has(name) || name.endsWith(".deb")) };
}

export const packageRules: readonly (readonly [string, CompletionRule])[] = [
  ["apt", aptLike(APT)], ["apt-get", aptLike(APT_GET)], ["apt-cache", aptLike(APT_CACHE)], ["apt-mark", aptLike(APT_MARK)], ["dpkg", dpkg],
  ["dpkg-reconfigure", function* (context) { return { list: yield* installedPackages(context) }; }],
  ["dpkg-query", dpkg],
];
