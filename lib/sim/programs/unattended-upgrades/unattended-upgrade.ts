// unattended-upgrade: installs what can be upgraded without asking from the sources that are allowed, and keeps a log of it (unattended-upgrade(8)).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { compileRegex, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { runShell } from "../kit/shell-command.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { Configuration, ConfigurationError, readConfiguration } from "../apt/_configuration.ts";
import { type Index, isHeld, PackageLists, upgradable, type Version } from "../apt/_lists.ts";
import { archiveOf } from "../apt/_execute.ts";
import { Resolver } from "../apt/_resolve.ts";
import { SourcesError } from "../apt/_sources.ts";
import { readDeb } from "../dpkg/_deb.ts";
import { conffileSums, sumOf } from "../dpkg/_conffiles.ts";
import { fileSum } from "../kit/debian/file-sum.ts";

const FOLDER = "/var/log/unattended-upgrades";
const LOG = `${FOLDER}/unattended-upgrades.log`;
const DPKG_LOG = `${FOLDER}/unattended-upgrades-dpkg.log`;

type Level = "DEBUG" | "INFO" | "WARNING" | "ERROR";

class Log {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #zone: Zone;
  readonly #least: Level;

  constructor(sys: Sys, io: Io, zone: Zone, least: Level) {
    this.#sys = sys;
    this.#io = io;
    this.#zone = zone;
    this.#least = least;
  }

  /** Into the log file, and to the terminal as far as -d and -v ask for it. */
  *note(level: Level, text: string): Blocking<void> {
    const order: readonly Level[] = ["DEBUG", "INFO", "WARNING", "ERROR"];
    if (order.indexOf(level) >= order.indexOf(this.#least)) {
      this.#io.out.put(`${text}\n`);
      yield* this.#io.out.flush();
    }
    if (level === "DEBUG" && this.#least !== "DEBUG") return;
    const us = this.#sys.clockUs("realtime");
    const fd = yield* this.#sys.open(LOG, O.WRONLY | O.CREAT | O.APPEND, 0o644);
    yield* this.#sys.write(fd, encode(`${strftime("%Y-%m-%d %H:%M:%S", civilAtUs(this.#zone, us))},${String(Math.floor(us / 1000) % 1000).padStart(3, "0")} ${level} ${text}\n`));
    this.#sys.close(fd);
  }
}

/** "origin=Debian,codename=bookworm,label=Debian" against what is known of a source. */
function allows(pattern: string, index: Index): boolean {
  return pattern.split(",").every((part) => {
    const [key = "", value = ""] = part.trim().split("=");
    const is = (text: string): boolean => value === "*" || text === value;
    switch (key) {
      case "o":
      case "origin": return is(index.origin);
      case "l":
      case "label": return is(index.label);
      case "a":
      case "archive":
      case "suite": return is(index.archive);
      case "n":
      case "codename": return is(index.codename);
      case "c":
      case "component": return is(index.component);
      case "site": return is(index.host);
      default: return false;
    }
  });
}

/** Whether dpkg would ask about a configuration file of the archive that is downloaded. */
function* wouldAsk(sys: Sys, lists: PackageLists, name: string): Blocking<boolean> {
  try {
    const deb = yield* readDeb(sys, archiveOf(name, lists.candidates.get(name)));
    const old = conffileSums(lists.database.packages.get(name)?.get("Conffiles"));
    for (const path of deb.conffiles) {
      const entry = deb.data.find((one) => `/${one.name}` === path);
      const before = old.get(path)?.sum;
      const here = yield* sumOf(sys, path);
      const next = entry ? fileSum(entry.bytes, entry.sizeBytes) : undefined;
      if (here !== undefined && here !== before && next !== before && next !== here) return true;
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return false;
}

export default gnu({
  name: "unattended-upgrade", links: ["/usr/bin/unattended-upgrades"], manSection: 8, project: "unattended-upgrades", version: "2.9.1", summary: "automatic installation of security upgrades", synopsis: ["[options]"],
  options: {
    debug: flag(["-d", "--debug"], "print what is done"), verbose: flag(["-v", "--verbose"], "print what is upgraded"), dryRun: flag(["--dry-run"], "only download, and tell what would be installed"), downloadOnly: flag(["--download-only"], "only download"),
    minimal: flag(["--minimal-upgrade-steps", "--minimal_upgrade_steps", "--no-minimal-upgrade-steps"], "accepted, one package at a time is upgraded anyway"),
  },
  operands: "none",
  *run({ options, sys }, io: Io) {
    if (sys.getcred().euid !== 0) {
      io.say("You need to be root to run this application\n");
      return 1;
    }
    const log = new Log(sys, io, yield* readZone(sys), options.debug ? "DEBUG" : options.verbose ? "INFO" : "ERROR");
    const configuration = new Configuration();
    let lists: PackageLists;
    try {
      yield* readConfiguration(sys, configuration, "unattended-upgrade");
      lists = yield* PackageLists.read(sys, undefined);
    } catch (error) {
      if (!(error instanceof ConfigurationError || error instanceof SourcesError)) throw error;
      yield* log.note("ERROR", `Apt returned an error, exiting\nerror message: E:${error.message}`);
      return 1;
    }
    const codename = /^VERSION_CODENAME=(.*)$/m.exec(yield* readFile(sys, "/etc/os-release"))?.[1] ?? "bookworm";
    const patterns = configuration.list("Unattended-Upgrade::Origins-Pattern").map((pattern) => pattern.replaceAll("${distro_codename}", codename).replaceAll("${distro_id}", "Debian"));
    const blacklist = configuration.list("Unattended-Upgrade::Package-Blacklist");
    yield* log.note("INFO", "Starting unattended upgrades script");
    yield* log.note("INFO", `Allowed origins are: ${patterns.join(", ")}`);
    yield* log.note("INFO", `Initial blacklist: ${blacklist.join(" ")}`);
    yield* log.note("INFO", "Initial whitelist (not strict): ");
    for (const index of lists.indexes) if (!patterns.some((pattern) => allows(pattern, index))) yield* log.note("DEBUG", `Marking not allowed ${described(index)} with -32768 pin`);
    const forbidden = (name: string): boolean => blacklist.some((pattern) => {
      try {
        return compileRegex(`^(${pattern})`, { syntax: "ere" }).test(name);
      } catch (error) {
        if (error instanceof RegexSyntaxError) return false;
        throw error;
      }
    });
    const good = (version: Version): boolean => version.indexes.some((index) => patterns.some((pattern) => allows(pattern, index)));
    let names: string[] = [];
    for (const name of upgradable(lists)) {
      const version = lists.candidates.get(name)?.version;
      if (!version) continue;
      yield* log.note("DEBUG", `Checking: ${name} ([${version.indexes.map((index) => `<Origin component:'${index.component}' archive:'${index.archive}' origin:'${index.origin}' label:'${index.label}' site:'${index.host}' isTrusted:True>`).join(", ")}])`);
      if (isHeld(lists.database, name)) yield* log.note("DEBUG", `Package ${name} is marked to be held back.`);
      else if (forbidden(name)) yield* log.note("DEBUG", `skipping blacklisted package ${name}`);
      else if (good(version)) names.push(name);
    }
    yield* log.note("DEBUG", `pkgs that look like they should be upgraded: ${names.join("\n")}`);
    if (names.length === 0) {
      yield* log.note("DEBUG", "fetch.run() result: 0");
      yield* log.note("INFO", "No packages found that can be upgraded unattended and no pending auto-removals");
      return 0;
    }
    const apt = (words: string): string => `DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold ${words}`;
    const fetched = yield* runShell(sys, `${apt(`-d --only-upgrade install ${names.join(" ")}`)} > /dev/null 2>&1`);
    yield* log.note("DEBUG", `fetch.run() result: ${fetched.kind === "exited" ? fetched.status : 1}`);
    if (fetched.kind !== "exited" || fetched.status !== 0) {
      yield* log.note("ERROR", "An error occurred: the downloads failed");
      return 1;
    }
    const asking: string[] = [];
    for (const name of names) if (yield* wouldAsk(sys, lists, name)) asking.push(name);
    for (const name of asking) yield* log.note("WARNING", `Package ${name} has conffile prompt and needs to be upgraded manually`);
    names = names.filter((name) => !asking.includes(name));
    // an upgrade that takes along what may not be upgraded stays away too
    for (let before = -1; before !== names.length; ) {
      before = names.length;
      const allowed = names;
      names = allowed.filter((name) => {
        const resolver = new Resolver(lists, false);
        return resolver.attempt(() => resolver.add(name), { install: true, remove: false }) === undefined && resolver.plan.upgrade.every((one) => allowed.includes(one));
      });
    }
    if (options.downloadOnly || names.length === 0) return 0;
    yield* log.note("INFO", `Packages that will be upgraded: ${names.join(" ")}`);
    if (options.dryRun) {
      yield* log.note("INFO", `Option --dry-run given, *not* performing real actions`);
      for (const name of names) yield* log.note("DEBUG", `/usr/bin/dpkg --status-fd 9 --no-triggers --unpack --auto-deconfigure ${archiveOf(name, lists.candidates.get(name))}`);
      yield* log.note("INFO", "All upgrades installed");
      yield* log.note("DEBUG", "The list of kept packages can't be calculated in dry-run mode.");
      return 0;
    }
    yield* log.note("INFO", `Writing dpkg log to ${DPKG_LOG}`);
    const done = yield* runShell(sys, `{ echo "Log started: $(date '+%Y-%m-%d  %H:%M:%S')"; ${apt(`--only-upgrade install ${names.join(" ")}`)}; status=$?; echo "Log ended: $(date '+%Y-%m-%d  %H:%M:%S')"; echo; } >> ${DPKG_LOG} 2>&1; exit $status`);
    if (done.kind === "exited" && done.status === 0) yield* log.note("INFO", "All upgrades installed");
    else {
      yield* log.note("ERROR", "Installing the upgrades failed!");
      yield* log.note("ERROR", "error message: installArchives() failed");
      io.status = 1;
    }
    if (configuration.flag("Unattended-Upgrade::Remove-Unused-Dependencies", false)) yield* runShell(sys, `${apt("autoremove")} >> ${DPKG_LOG} 2>&1`);
    if (configuration.flag("Unattended-Upgrade::Automatic-Reboot", false)) {
      try {
        sys.stat("/var/run/reboot-required");
        yield* log.note("WARNING", "Found /var/run/reboot-required, rebooting");
        yield* runShell(sys, "shutdown -r now");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    return io.status;
  },
});

function described(index: Index): string {
  return `<apt_pkg.PackageFile object: filename:'${index.file}'  a=${index.archive},c=${index.component},v=${index.version},o=${index.origin},l=${index.label} arch='amd64' site='${index.host}' IndexType='Debian Package Index'>`;
}
