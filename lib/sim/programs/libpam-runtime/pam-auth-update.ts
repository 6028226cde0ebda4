// pam-auth-update: chooses the profiles of /usr/share/pam-configs and writes /etc/pam.d/common-* (pam-auth-update(8), libpam-runtime 1.5.2).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { DebconfDatabase } from "../debconf/_database.ts";
import { chooseFrontend } from "../debconf/_frontend.ts";
import { readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { blocksOf, commonFile, conflictsOf, isModified, keepOptions, type ManagedBlocks, modulesOfState, parseProfile, type Profile, profileName, readBlocks, savedState, sortProfiles, type StackType, TYPES, withBlocks } from "./_profiles.ts";
import { pamQuestion, questionTitle } from "./_questions.ts";

interface Call {
  root: string;
  force: boolean;
  package: boolean;
  readonly remove: Set<string>;
  readonly enable: Set<string>;
  readonly disable: Set<string>;
}

/** What it does not know it passes over. */
function parse(argv: readonly string[]): Call {
  const call: Call = { root: "", force: false, package: false, remove: new Set(), enable: new Set(), disable: new Set() };
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at];
    if (word === "--force") call.force = true;
    else if (word === "--package") call.package = true;
    else if (word === "--root") call.root = argv[++at] ?? "";
    else if (word === "--remove" || word === "--enable" || word === "--disable") {
      const set = word === "--remove" ? call.remove : word === "--enable" ? call.enable : call.disable;
      while (at + 1 < argv.length && argv[at + 1]?.startsWith("--") !== true) set.add(argv[++at] ?? "");
      if (set.size > 0) call.package = true;
    }
  }
  return call;
}

function* readProfiles(sys: Sys, directory: string): Blocking<readonly Profile[]> {
  const found: Profile[] = [];
  for (const { name } of sys.readdir(directory)) {
    if (name.startsWith(".") || name.endsWith("~")) continue;
    const profile = parseProfile(name, yield* readFile(sys, `${directory}/${name}`));
    if (profile.fields.get("auth")?.includes("pam_tally") !== true) found.push(profile);
  }
  return sortProfiles(found);
}

interface Stack {
  readonly text: string;
  readonly there: ManagedBlocks | undefined;
  readonly expected: ManagedBlocks;
}

/** The five files as they are, and as the saved state says that they were written. */
function* readStacks(sys: Sys, root: string, profiles: readonly Profile[]): Blocking<{ readonly stacks: ReadonlyMap<StackType, Stack>; readonly enabled: readonly string[]; readonly modified: boolean }> {
  const stacks = new Map<StackType, Stack>();
  const enabled = new Set<string>();
  let modified = false;
  for (const type of TYPES) {
    const state = yield* readFile(sys, `${root}/var/lib/pam/${type}`);
    const ids = modulesOfState(state);
    for (const id of ids) enabled.add(id);
    const content = yield* readFile(sys, `${root}/etc/pam.d/common-${type}`);
    const there = readBlocks(content);
    const expected = blocksOf(profiles.filter(({ id }) => ids.includes(id)), type);
    if (isModified(there, expected)) modified = true;
    stacks.set(type, { text: content, there, expected });
  }
  return { stacks, enabled: [...enabled], modified };
}

export default program(
  {
    name: "pam-auth-update", path: "/usr/sbin/pam-auth-update", manSection: 8, showsHelp: true, summary: "choose which PAM profiles of packages /etc/pam.d uses", synopsis: ["[--enable PROFILE...] [--disable PROFILE...] [--package [--remove PROFILE...]] [--force] [--root DIR]"],
    options: [
      text(["--enable"], "PROFILE", "enable these profiles, without asking"), text(["--disable"], "PROFILE", "disable these profiles, without asking"), flag(["--package"], "called by a package's script: ask only about what is new"),
      text(["--remove"], "PROFILE", "a package goes: its profiles are taken out"), flag(["--force"], "write the files anew, whatever was changed by hand"), text(["--root"], "DIR", "work on the system below this directory"),
    ],
    description: [
      "The files /etc/pam.d/common-auth, common-account, common-password, common-session and common-session-noninteractive are included by those of the services. Packages put profiles into /usr/share/pam-configs; pam-auth-update asks which of them to use and writes the managed blocks of the files.",
      "Lines outside the blocks stay. Options that were added to a line of a block by hand stay too; whoever changed more keeps the files until --force.",
    ],
    seeAlso: ["pam.d(5)", "pam(7)"],
  },
  function* (sys, argv, io: Io) {
    const call = parse(argv);
    if (sys.getcred().euid !== 0) {
      yield* io.stderr('debconf: DbDriver "passwords" warning: could not open /var/cache/debconf/passwords.dat: Permission denied\ndebconf: DbDriver "config": could not write /var/cache/debconf/config.dat-new: Permission denied\n');
      return 1;
    }
    const { root } = call;
    let all: readonly Profile[];
    try {
      all = yield* readProfiles(sys, `${root}/usr/share/pam-configs`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`could not open config directory: ${error.message} at /usr/sbin/pam-auth-update line 118.\n`);
      return 2;
    }
    const profiles = all.filter(({ id }) => !call.remove.has(id));
    const { stacks, enabled: before, modified } = yield* readStacks(sys, root, all);
    const seen = new Set((yield* readFile(sys, `${root}/var/lib/pam/seen`)).split("\n").filter((line) => line !== ""));
    const chosen = new Set(before.filter((id) => profiles.some((profile) => profile.id === id)));
    for (const { id } of profiles) if (call.enable.has(id)) chosen.add(id);
    for (const id of call.disable) {
      chosen.delete(id);
      seen.add(id);
    }
    if (chosen.size === 0) seen.clear();
    for (const { id, fields } of profiles) if (fields.get("default") === "yes" && !seen.has(id)) chosen.add(id);
    const fresh = profiles.some(({ id }) => !seen.has(id));

    const database = yield* DebconfDatabase.read(sys);
    const frontend = yield* chooseFrontend(sys, sys.environment.get("DEBIAN_FRONTEND") ?? database.value("debconf/frontend"));
    const title = questionTitle(sys).name;
    let force = call.force;
    if (modified && !force) {
      const answer = yield* frontend.ask(sys, title, { template: pamQuestion(sys, "override", "boolean"), choices: [], value: "false" });
      force = answer === "true";
      if (!force) {
        yield* io.stderr("\npam-auth-update: Local modifications to /etc/pam.d/common-*, not updating.\npam-auth-update: Run pam-auth-update --force to override.\n\n");
        return 0;
      }
    }
    let selected = profiles.filter(({ id }) => chosen.has(id));
    // a package's script asks at a lower priority than what is usually shown
    const asks = !call.package || (fresh && chosen.size === 0);
    for (;;) {
      if (asks) {
        const answer = yield* frontend.ask(sys, title, { template: pamQuestion(sys, "profiles", "multiselect"), choices: profiles.map(profileName), value: selected.map(profileName).join(", ") });
        if (answer === undefined) return 1;
        const names = answer.split(/,\s*/);
        selected = profiles.filter((profile) => names.includes(profileName(profile)));
      }
      const conflicts = selected.flatMap((profile) => selected.filter((other) => conflictsOf(profile).includes(other.id)).map((other) => [profile, other] as const));
      if (conflicts.length > 0) {
        yield* frontend.ask(sys, title, { template: pamQuestion(sys, "conflicts", "note", conflicts.map((pair) => pair.map(profileName).join(", ")).join("\n")), choices: [], value: "" });
        selected = selected.filter((profile) => !conflicts.some(([, other]) => other === profile));
      } else if (selected.length > 0) break;
      else yield* frontend.ask(sys, title, { template: pamQuestion(sys, "no_profiles_chosen", "note"), choices: [], value: "" });
      if (frontend.name === "noninteractive" || !asks) {
        if (selected.length === 0) selected = profiles.filter(({ fields }) => fields.get("default") === "yes");
        break;
      }
    }
    yield* writeFile(sys, `${root}/var/lib/pam/seen`, profiles.map(({ id }) => `${id}\n`).join(""));
    for (const type of TYPES) {
      const made = blocksOf(selected, type);
      const stack = stacks.get(type);
      const next = stack?.there === undefined || force ? commonFile(type, made) : withBlocks(stack.text, keepOptions(made, stack.there, stack.expected));
      yield* writeFile(sys, `${root}/etc/pam.d/common-${type}`, next);
      yield* writeFile(sys, `${root}/var/lib/pam/${type}`, savedState(selected, type));
    }
    return 0;
  },
);
