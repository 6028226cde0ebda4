// debootstrap 1.0.128: the base of a Debian system in a directory. As the shell script of that name it fetches with wget, unpacks with dpkg-deb, and lets the
// dpkg of the new system install itself behind chroot. (A package is held to be sound when its control file names it: mirrors of the simulation serve packages
// without the megabytes that the index counts. Of a suite's script only its being there is asked for.)
// (More than 400 lines: its options, and the phases that the script has in order.)

import { type Blocking, decode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Paragraph, parseParagraphs } from "../kit/debian/deb822.ts";
import { readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { keysOf, openSigned } from "../kit/debian/release-file.ts";
import { helpText } from "../kit/help-text.ts";
import { Exit } from "../kit/io.ts";
import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";
import { closure, type Index, withPriority } from "./_resolve.ts";

const VERSION = "1.0.128+nmu2+deb12u2";
const SHARE = "/usr/share/debootstrap";
const MIRROR = "http://deb.debian.org/debian";
const ARCHIVES = "/var/cache/apt/archives";
const LISTS = "/var/lib/apt/lists";
const VARIANTS = ["", "buildd", "minbase"];
const PATHS = ["/sbin", "/usr/sbin", "/bin", "/usr/bin"];

const declared = {
  name: "debootstrap", path: "/usr/sbin/debootstrap", manSection: 8, summary: "install the base of a Debian system into a directory", synopsis: ["[OPTION]... SUITE TARGET [MIRROR [SCRIPT]]"], operands: "none" as const,
  options: [
    flag(["--help"], "show this help"), flag(["--version"], "show the version"), flag(["--verbose"], "let wget show how far it is"), flag(["--download-only"], "fetch the packages and install nothing"), flag(["--print-debs"], "list the packages that would be installed; TARGET is removed again"),
    text(["--variant"], "NAME", "minbase: required packages and apt; buildd: build-essential too; without: important packages as well"), text(["--include"], "A,B", "packages beside"), text(["--exclude"], "A,B", "packages to leave out, also where others need them"), text(["--components"], "A,B", "components of the archive, main unless given"),
    text(["--arch"], "NAME", "the architecture of the packages"), flag(["--foreign"], "only what needs no chroot; the rest is for --second-stage"), flag(["--second-stage"], "the rest, from within: chroot TARGET /debootstrap/debootstrap --second-stage"), text(["--second-stage-target"], "DIR", "the rest, for that directory"),
    text(["--make-tarball"], "FILE", "fetch the packages and pack them into FILE"), text(["--unpack-tarball"], "FILE", "take the packages from such a file"), text(["--cache-dir"], "DIR", "keep the packages there and take them from there"), flag(["--keep-debootstrap-dir"], "leave TARGET/debootstrap where it is"), flag(["--no-resolve-deps", "--resolve-deps"], "whether dependencies come along; they do unless said"),
    text(["--keyring"], "FILE", "the keys that may have signed the release"), flag(["--no-check-gpg"], "do not ask for its signature"), flag(["--force-check-gpg"], "end where there are no keys to check it with"), flag(["--merged-usr"], "/bin, /sbin and /lib are links into /usr, as unless said otherwise"), flag(["--no-merged-usr"], "they are directories"),
    text(["--extractor"], "NAME", "dpkg-deb or ar; dpkg-deb unpacks in both cases"),
    unsimulated(["--extra-suites"], "packages of other suites as well", "one suite is installed here", "A,B"), unsimulated(["--log-extra-deps"], "name in the log what came by dependencies", "the list of --print-debs names them"), unsimulated(["--debian-installer"], "speak as the installer wants it", "the installer is another program here"),
    unsimulated(["--private-key", "--certificate", "--no-check-certificate"], "certificates for mirrors over HTTPS", "mirrors of the simulation speak HTTP", "FILE"), unsimulated(["--inrelease-path"], "another place of InRelease", "mirrors of the simulation have one place", "PATH"),
  ],
  description: ["Signatures are checked, packages fetched and unpacked, and their own scripts run in TARGET, which must not be mounted nodev or noexec. Without MIRROR http://deb.debian.org/debian serves them. Then chroot TARGET, or give it to systemd-nspawn."],
  exitStatuses: [["0", "it is done"], ["1", "it is not: the last line that begins with E: says why, TARGET/debootstrap/debootstrap.log more"]] as const,
  seeAlso: ["chroot(8)", "apt-get(8)"],
};

const VALUES = ["--variant", "--include", "--exclude", "--components", "--arch", "--second-stage-target", "--make-tarball", "--unpack-tarball", "--cache-dir", "--keyring", "--extractor"];
const FLAGS = ["--verbose", "--download-only", "--print-debs", "--foreign", "--second-stage", "--keep-debootstrap-dir", "--no-resolve-deps", "--resolve-deps", "--no-check-gpg", "--force-check-gpg", "--merged-usr", "--no-merged-usr"];
const UNSIMULATED = ["--extra-suites", "--log-extra-deps", "--debian-installer", "--private-key", "--certificate", "--no-check-certificate", "--inrelease-path"];
const EXCLUSIVE = ["--foreign", "--second-stage", "--print-debs", "--download-only", "--make-tarball", "--unpack-tarball"];

export default program(declared, function* (sys, argv, io: Io) {
  const given = new Map<string, string>();
  const name = (argv[0] ?? "debootstrap").replace(/^.*\//, "");
  let informs = 1;
  let log: number | undefined;
  const put = function* (fd: number, words: string): Blocking<void> {
    if (fd === 1) yield* io.out.print(words);
    else yield* io.stderr(words);
  };
  const info = (words: string): Blocking<void> => put(informs, `I: ${words}\n`);
  const warning = (words: string): Blocking<void> => put(informs, `W: ${words}\n`);
  const error = function* (words: string): Blocking<never> {
    yield* put(informs, `E: ${words}\n`);
    throw new Exit(1);
  };

  // ---- the words ----
  let at = 1;
  let exclusive: string | undefined;
  for (; at < argv.length && (argv[at] ?? "").startsWith("-"); at++) {
    const word = argv[at] ?? "";
    const [option = "", attached] = word.includes("=") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word];
    if (word === "--help") {
      io.out.put(helpText(declared, name, io.helpDomain));
      return 0;
    }
    if (word === "--version") {
      io.out.put(`debootstrap ${VERSION}\n`);
      return 0;
    }
    if (UNSIMULATED.includes(option)) {
      sys.observe({ kind: "unsimulated", command: "debootstrap", detail: option });
      yield* error(`option ${option} is not simulated here`);
    }
    if (VALUES.includes(option) && attached !== "") {
      if (attached === undefined) at++;
      const value = attached ?? argv[at];
      if (value === undefined || value === "") yield* error(`option requires an argument${option.startsWith("--second") ? ":" : ""} ${word}`);
      else given.set(option, value);
    } else if (FLAGS.includes(word)) given.set(word, "");
    else yield* error(`unrecognized or invalid option ${word}`);
    if (EXCLUSIVE.includes(option)) {
      const pair = [exclusive, option];
      if (exclusive !== undefined && !(pair.includes("--foreign") && pair.includes("--unpack-tarball"))) yield* error(`${exclusive} is specified with ${word}, please use only one of those options.`);
      exclusive = word;
    }
    if (option === "--second-stage-target" && !given.has("--second-stage")) yield* error(`option ${word} only applies in the second stage`);
    if (option === "--extractor" && !["dpkg-deb", "ar"].includes(given.get(option) ?? "")) yield* error(`${given.get(option)}: unknown extractor`);
    if (option === "--unpack-tarball" && !(yield* isThere(given.get(option) ?? ""))) yield* error(`${given.get(option)}: No such file or directory`);
    if (option === "--keyring" && !(yield* isThere(given.get(option) ?? ""))) yield* error(`specified keyring file (${given.get(option)}) not found`);
    if (option === "--cache-dir") {
      if (!(given.get(option) ?? "").startsWith("/")) yield* error("cache directory should be specified with an absolute path");
      if (!isDirectory(given.get(option) ?? "")) yield* error(`${given.get(option)}: No such directory`);
    }
  }
  if (given.has("--no-check-gpg") && given.has("--force-check-gpg")) yield* error("Both --no-check-gpg and --force-check-gpg specified, please pick one (at most)");
  const secondOnly = given.has("--second-stage");
  const unpacks = given.get("--unpack-tarball");
  const phases = new Set(
    secondOnly ? ["second_stage"] : given.has("--print-debs") ? ["finddebs", "printdebs", "kill_target"] : given.has("--download-only") ? ["finddebs", "dldebs"] : given.has("--make-tarball") ? ["finddebs", "dldebs", "save_variables", "maketarball", "kill_target"]
      : [...(unpacks === undefined ? ["finddebs", "dldebs", "save_variables"] : []), "first_stage", ...(given.has("--foreign") ? [] : ["second_stage"])],
  );

  let [suite = "", target = "", mirror = ""] = argv.slice(at);
  const script = argv[at + 3];
  let variant = given.get("--variant") ?? "";
  let arch = given.get("--arch") ?? "amd64";
  if (secondOnly) {
    const kept = function* (what: string): Blocking<string> {
      return ((yield* readTextFile(sys, `/debootstrap/${what}`)) ?? "").trim();
    };
    if (!(yield* isThere("/debootstrap/suite"))) yield* put(2, `cat: ${SHARE}/suite: No such file or directory\n`);
    if (!(yield* isThere("/debootstrap/suite"))) return 1;
    [suite, arch, mirror, variant] = [yield* kept("suite"), yield* kept("arch"), yield* kept("mirror"), yield* kept("variant")];
    target = given.get("--second-stage-target") ?? "";
  } else {
    if (!(yield* isThere("/usr/bin/wget"))) yield* error("You must install wget to download packages.");
    if (suite === "" || target === "") {
      yield* info("usage: [OPTION]... <suite> <target> [<mirror> [<script>]]");
      yield* info(`Try \`${name} --help' for more information.`);
      yield* error("You must specify a suite and a target.");
    }
    target = target.replace(/\/$/, "");
    if (!target.startsWith("/")) target = `${sys.getcwd()}/${target}`.replace(/\/\.\//g, "/");
  }
  const inTarget = (path: string): string => `${target}${path}`;

  if (phases.has("kill_target") && !given.has("--keep-debootstrap-dir") && isDirectory(target) && sys.readdir(target).length > 0) yield* error(`Target directory '${target}' is not empty and it would be wiped`);
  if (phases.has("first_stage") || phases.has("second_stage")) {
    if (sys.getcred().euid !== 0) yield* error("debootstrap can only run as root");
    if (!secondOnly && !(yield* isSane())) yield* error(`Cannot install into target '${target}' mounted with noexec or nodev`);
  }
  const scriptPath = secondOnly ? "/debootstrap/suite-script" : script === undefined ? `${SHARE}/scripts/${suite}` : (yield* isThere(`${SHARE}/scripts/${script}`)) ? `${SHARE}/scripts/${script}` : script;
  if (!(yield* isThere(scriptPath))) yield* error(`No such script: ${scriptPath}`);
  try {
    yield* makeDirectories(inTarget("/debootstrap"));
  } catch (failure) {
    if (!(failure instanceof SysError)) throw failure;
    yield* io.stderr(`mkdir: cannot create directory '${inTarget("")}': ${failure.message}\n`);
    return 1;
  }
  if (phases.has("printdebs")) informs = 2;
  const logPath = inTarget("/debootstrap/debootstrap.log");
  if (!phases.has("printdebs")) log = yield* sys.open(logPath, O.WRONLY | O.CREAT | O.APPEND, 0o644);
  if (unpacks !== undefined) {
    if (!unpacks.startsWith("/")) yield* error("Tarball must be given an absolute path");
    if (!/\.(tar|tgz|tar\.[gx]z)$/.test(unpacks)) yield* error("Unknown tarball: must be .tar.[gz,xz], .tar or .tgz");
    yield* run(["tar", "-C", target, "-xf", unpacks]);
  }
  let keyring = given.get("--keyring");
  if (keyring === undefined && !secondOnly) {
    const standard = "/usr/share/keyrings/debian-archive-keyring.gpg";
    if (yield* isThere(standard)) keyring = standard;
    else if (!given.has("--no-check-gpg")) {
      yield* warning(`Cannot check Release signature; keyring file not available ${standard}`);
      if (given.has("--force-check-gpg")) yield* error("Keyring-based check was requested; aborting accordingly");
    }
  }
  if (!VARIANTS.includes(variant) && !(secondOnly && variant !== "")) yield* error("unsupported variant");
  const from = (mirror === "" ? MIRROR : mirror).replace(/\/$/, "");

  // ---- the packages ----
  let required: readonly string[] = [];
  let base: readonly string[] = [];
  let codename = "";
  let index: Index = new Map();
  const debs = new Map<string, string>();
  if (phases.has("finddebs")) {
    index = yield* fetchIndices();
    const excluded = new Set((given.get("--exclude") ?? "").split(",").filter((one) => one !== ""));
    const wantedBase = [...(variant === "" ? withPriority(index, "important") : variant === "buildd" ? ["apt", "build-essential"] : ["apt"]), ...(from.startsWith("https:") ? ["ca-certificates"] : []), ...(given.get("--include") ?? "").split(",").filter((one) => one !== "")].filter((one) => !excluded.has(one));
    const wanted = [...withPriority(index, "required"), ...(codename === "bookworm" ? ["usr-is-merged"] : [])].filter((one) => !excluded.has(one));
    if (given.has("--no-resolve-deps")) [required, base] = [wanted, wantedBase];
    else {
      yield* info("Resolving dependencies of required packages...");
      required = closure(index, wanted, new Set(["usrmerge"]));
      yield* info("Resolving dependencies of base packages...");
      const taken = new Set(required);
      base = closure(index, wantedBase, new Set(["usrmerge"])).filter((one) => !taken.has(one));
    }
  }
  if (phases.has("printdebs")) io.out.put(`\n${required.join("\n")} ${base.map((one) => `${one} `).join("")}\n`);
  if (phases.has("dldebs")) yield* download([...required, ...base]);
  if (phases.has("save_variables")) yield* save(false);
  if (phases.has("maketarball")) yield* run(["tar", "-C", target, "-czf", given.get("--make-tarball") ?? "", "var/lib/apt", "var/cache/apt", "debootstrap"]);
  if (!phases.has("finddebs")) {
    required = ((yield* readTextFile(sys, inTarget("/debootstrap/required"))) ?? "").split(/\s+/).filter((one) => one !== "");
    base = ((yield* readTextFile(sys, inTarget("/debootstrap/base"))) ?? "").split(/\s+/).filter((one) => one !== "");
    for (const line of ((yield* readTextFile(sys, inTarget("/debootstrap/debpaths"))) ?? "").split("\n")) {
      const [package_, path] = line.split(" ");
      if (package_ !== undefined && path !== undefined) debs.set(package_, path);
    }
  }
  if (phases.has("first_stage")) yield* firstStage();
  if (phases.has("second_stage")) yield* secondStage();
  if (phases.has("kill_target") && !given.has("--keep-debootstrap-dir")) {
    yield* info("Deleting target directory");
    yield* run(["rm", "-rf", "--one-file-system", target]);
  }
  return 0;

  // ---- how it is done ----

  function* isThere(path: string): Blocking<boolean> {
    try {
      sys.stat(path);
      return true;
    } catch (failure) {
      if (!(failure instanceof SysError)) throw failure;
      return false;
    }
  }

  function isDirectory(path: string): boolean {
    try {
      return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
    } catch (failure) {
      if (!(failure instanceof SysError)) throw failure;
      return false;
    }
  }

  function* makeDirectories(path: string): Blocking<void> {
    const parts = path.split("/");
    for (let count = 2; count <= parts.length; count++) {
      try {
        sys.mkdir(parts.slice(0, count).join("/"), 0o755);
      } catch (failure) {
        if (!(failure instanceof SysError) || failure.errno !== "EEXIST") throw failure;
      }
    }
  }

  /** Devices work there, and programs. */
  function* isSane(): Blocking<boolean> {
    try {
      yield* makeDirectories(target);
      const device = inTarget("/test-dev-null");
      sys.mknod(device, S.IFCHR | 0o644, (1 << 8) | 3);
      try {
        sys.close(yield* sys.open(device, O.WRONLY));
      } finally {
        sys.unlink(device);
      }
      const script_ = inTarget("/test-exec");
      yield* writeFile(sys, script_, "#! /bin/sh\n:\n", 0o755);
      const runs = yield* run([script_]);
      sys.unlink(script_);
      return runs === 0;
    } catch (failure) {
      if (!(failure instanceof SysError)) throw failure;
      return false;
    }
  }

  /** A program with its output in the log. */
  function* run(words: readonly string[], environment: ReadonlyMap<string, string> = sys.environment): Blocking<number> {
    yield* io.out.flush();
    const pid = sys.fork(function* (own: Sys) {
      const nothing = yield* own.open("/dev/null", O.RDWR);
      own.dup2(nothing, 0);
      own.dup2(log ?? nothing, 1);
      own.dup2(log ?? nothing, 2);
      return yield* start(own, words, environment);
    });
    const status = yield* waitFor(sys, pid);
    return status.kind === "exited" ? status.status : 255;
  }

  function* start(own: Sys, words: readonly string[], environment: ReadonlyMap<string, string>): Blocking<number> {
    const [command = ""] = words;
    for (const path of command.includes("/") ? [command] : PATHS.map((folder) => `${folder}/${command}`)) {
      try {
        yield* own.exec(path, words, environment);
      } catch (failure) {
        if (!(failure instanceof SysError)) throw failure;
      }
    }
    return 127;
  }

  function* fetch(url: string, path: string): Blocking<boolean> {
    yield* makeDirectories(path.replace(/\/[^/]*$/, ""));
    if (url.startsWith("file:")) return (yield* run(["cp", url.replace(/^file:(?:\/\/[^/]*)?/, ""), path])) === 0;
    if ((yield* run(["wget", ...(given.has("--verbose") ? [] : ["-nv"]), "-O", path, url])) === 0) return true;
    if (yield* isThere(path)) sys.unlink(path);
    return false;
  }

  function* fetchIndices(): Blocking<Index> {
    const place = (what: string): string => inTarget(`${LISTS}/${`${from}_${what}`.replace(/^[^:]+:\/\//, "").replaceAll("/", "_")}`);
    const release = `dists/${suite}/InRelease`;
    yield* info("Retrieving InRelease ");
    const file = place(release);
    if (!(yield* fetch(`${from}/${release}`, file))) {
      yield* info("Retrieving Release ");
      const plain = `dists/${suite}/Release`;
      if (!(yield* fetch(`${from}/${plain}`, place(plain)))) yield* error(`Failed getting release file ${from}/${plain}`);
      if (keyring !== undefined && !given.has("--no-check-gpg")) {
        yield* info("Retrieving Release.gpg ");
        yield* error(`Failed getting release signature file ${from}/${plain}.gpg`);
      }
    }
    const signed = openSigned(yield* readFile(sys, file));
    if (keyring !== undefined && !given.has("--no-check-gpg")) {
      yield* info("Checking Release signature");
      const keys = keysOf(yield* readFile(sys, keyring));
      const fingerprintOf = (id: string): string | undefined => keys.find((key) => key.ids.includes(id))?.fingerprint;
      const signatures = signed.signatures ?? [];
      const valid = signatures.findLast((one) => one.good && fingerprintOf(one.key) !== undefined);
      const bad = signatures.findLast((one) => !one.good && fingerprintOf(one.key) !== undefined);
      const [unknown] = signatures.slice(-1);
      if (valid !== undefined) yield* info(`Valid Release signature (key id ${fingerprintOf(valid.key)})`);
      else if (bad !== undefined) yield* error(`Invalid Release signature (key id ${bad.key})`);
      else if (unknown !== undefined) yield* error(`Release signed by unknown key (key id ${unknown.key})\n   The specified keyring ${keyring} may be incorrect or out of date.\n   You can find the latest Debian release key at https://ftp-master.debian.org/keys.html`);
      else yield* error("Error executing gpgv to check Release signature");
    }
    const field = (one: string): string => new RegExp(`^${one}: *(.*)$`, "m").exec(signed.text)?.[1] ?? "";
    codename = field("Codename");
    if (suite !== codename && suite !== field("Suite")) yield* error(`Asked to install suite ${suite}, but got ${field("Suite")} (codename: ${codename}) from mirror`);
    const components = (given.get("--components") ?? "main").split(",").filter((one) => field("Components").split(" ").includes(one));
    if (components.length === 0) yield* error("Invalid Release file, no valid components");
    const all = new Map<string, Paragraph>();
    for (const component of components) {
      const path = `${component}/binary-${arch}/Packages`;
      if (!signed.text.includes(` ${path}\n`)) yield* error(`Invalid Release file, no entry for ${path}`);
      yield* info("Retrieving Packages ");
      const list = place(`dists/${suite}/${path}`);
      if (!(yield* fetch(`${from}/dists/${suite}/${path}`, list))) yield* error(`Couldn't download ${from}/dists/${suite}/${path}`);
      yield* info("Validating Packages ");
      for (const fields of parseParagraphs(yield* readFile(sys, list))) if (!all.has(fields.get("Package") ?? "")) all.set(fields.get("Package") ?? "", fields);
    }
    return all;
  }

  function* download(names: readonly string[]): Blocking<void> {
    yield* info(`Checking component main on ${from}...`);
    const missing = names.filter((one) => !index.has(one));
    if (missing.length > 0) yield* error(`Couldn't find these debs: ${missing.join(" ")}`);
    const failed: string[] = [];
    let paths = "";
    let uris = "";
    for (const one of names) {
      const fields = index.get(one);
      const [version, architecture, filename] = [fields?.get("Version") ?? "", fields?.get("Architecture") ?? "", fields?.get("Filename") ?? ""];
      const deb = `${one}_${version.replace(":", "%3a")}_${architecture}.deb`;
      const cache = given.get("--cache-dir");
      const file = cache === undefined ? inTarget(`${ARCHIVES}/${deb}`) : `${cache}/${deb}`;
      if (!(yield* isThere(file))) {
        yield* info(`Retrieving ${one} ${version}`);
        if (!(yield* fetch(`${from}/${filename}`, file))) {
          yield* warning(`Couldn't download package ${one} (ver ${version} arch ${architecture}) at ${from}/${filename}`);
          failed.push(one);
          continue;
        }
      }
      yield* info(`Validating ${one} ${version}`);
      if (cache !== undefined) {
        yield* makeDirectories(inTarget(ARCHIVES));
        yield* run(["cp", file, inTarget(`${ARCHIVES}/${deb}`)]);
      }
      debs.set(one, `${ARCHIVES}/${deb}`);
      paths += `${one} ${ARCHIVES}/${deb}\n`;
      uris += `${one} ${version} ${from}/${filename}\n`;
    }
    yield* writeFile(sys, inTarget("/debootstrap/debpaths"), paths);
    yield* writeFile(sys, inTarget("/debootstrap/deburis"), uris);
    if (failed.length > 0) yield* error(`Couldn't download packages: ${failed.join(" ")}`);
  }

  /** What a second stage needs to know. */
  function* save(withMirror: boolean): Blocking<void> {
    const keep = (what: string, content: string): Blocking<void> => writeFile(sys, inTarget(`/debootstrap/${what}`), content);
    yield* run(["cp", "/usr/sbin/debootstrap", inTarget("/debootstrap/debootstrap")]);
    yield* run(["cp", `${SHARE}/functions`, inTarget("/debootstrap/functions")]);
    yield* run(["cp", `${SHARE}/scripts/debian-common`, inTarget("/debootstrap/debian-common")]);
    yield* run(["cp", scriptPath, inTarget("/debootstrap/suite-script")]);
    yield* keep("arch", `${arch}\n`);
    yield* keep("suite", `${suite}\n`);
    if (variant !== "") yield* keep("variant", `${variant}\n`);
    if (withMirror) yield* keep("mirror", `${mirror}\n`);
    yield* keep("required", `${required.join("\n")}\n`);
    yield* keep("base", `${base.join(" ")}\n`);
    sys.chmod(inTarget("/debootstrap/debootstrap"), 0o755);
  }

  function* firstStage(): Blocking<void> {
    yield* info(`Chosen extractor for .deb packages: ${given.get("--extractor") ?? "dpkg-deb"}`);
    for (const one of required) {
      yield* info(`Extracting ${one}...`);
      if ((yield* run(["dpkg-deb", "-x", inTarget(debs.get(one) ?? ""), target === "" ? "/" : target])) !== 0) yield* error(`Tried to extract package, but tar failed. Exit...`);
    }
    if (!given.has("--no-merged-usr")) yield* mergeUsr();
    yield* makeDirectories(inTarget("/var/lib/dpkg/info"));
    yield* writeFile(sys, inTarget("/var/lib/dpkg/status"), "");
    yield* writeFile(sys, inTarget("/var/lib/dpkg/available"), "");
    yield* makeDirectories(inTarget("/etc/apt"));
    for (const path of ["/etc/resolv.conf", "/etc/hostname"]) if ((yield* isThere(path)) && !(yield* isThere(inTarget(path)))) yield* run(["cp", "-L", path, inTarget(path)]);
    if (!(yield* isThere(inTarget("/etc/fstab")))) yield* writeFile(sys, inTarget("/etc/fstab"), "# UNCONFIGURED FSTAB FOR BASE SYSTEM\n");
    yield* makeDirectories(inTarget("/dev/pts"));
    yield* makeDirectories(inTarget("/dev/shm"));
    for (const [device, major, minor] of [["null", 1, 3], ["zero", 1, 5], ["full", 1, 7], ["random", 1, 8], ["urandom", 1, 9], ["tty", 5, 0], ["console", 5, 1], ["ptmx", 5, 2]] as const) {
      if (yield* isThere(inTarget(`/dev/${device}`))) continue;
      sys.mknod(inTarget(`/dev/${device}`), S.IFCHR | 0o666, (major << 8) | minor);
      sys.chmod(inTarget(`/dev/${device}`), 0o666);
    }
    for (const [link, to] of [["fd", "/proc/self/fd"], ["stdin", "/proc/self/fd/0"], ["stdout", "/proc/self/fd/1"], ["stderr", "/proc/self/fd/2"]] as const) yield* run(["ln", "-sfn", to, inTarget(`/dev/${link}`)]);
    if (!phases.has("second_stage")) yield* save(true);
    yield* writeFile(sys, inTarget("/etc/apt/sources.list"), `deb ${/^https?:/.test(from) ? from : MIRROR} ${suite} ${(given.get("--components") ?? "main").replaceAll(",", " ")}\n`);
  }

  function* mergeUsr(): Blocking<void> {
    for (const one of ["bin", "sbin", "lib", "lib32", "lib64", "libx32"]) {
      const path = inTarget(`/${one}`);
      if (!isDirectory(path) || (sys.lstat(path).mode & S.IFMT) === S.IFLNK) continue;
      yield* makeDirectories(inTarget(`/usr/${one}`));
      yield* run(["cp", "-a", `${path}/.`, inTarget(`/usr/${one}/`)]);
      yield* run(["rm", "-rf", path]);
      sys.symlink(`usr/${one}`, path);
    }
  }

  function* inside(words: readonly string[]): Blocking<number> {
    return yield* run(target === "" ? words : ["chroot", target, ...words], insideEnvironment());
  }

  function insideEnvironment(): ReadonlyMap<string, string> {
    return new Map([...sys.environment, ["PATH", "/sbin:/usr/sbin:/bin:/usr/bin"], ["LANG", "C"], ["DEBIAN_FRONTEND", "noninteractive"], ["DEBCONF_NONINTERACTIVE_SEEN", "true"]]);
  }

  /** dpkg in the new system: its output goes to the log, and what it does to whom is told. */
  function* dpkg(words: readonly string[], begins: string, told: string): Blocking<number> {
    yield* io.out.flush();
    const [read, write] = sys.pipe();
    sys.setCloexec(read, true);
    const pid = sys.fork(function* (own: Sys) {
      const nothing = yield* own.open("/dev/null", O.RDONLY);
      own.dup2(nothing, 0);
      own.dup2(write, 1);
      own.dup2(write, 2);
      own.close(write);
      const command = ["dpkg", ...words];
      return yield* start(own, target === "" ? command : ["chroot", target, ...command], insideEnvironment());
    });
    sys.close(write);
    let rest = "";
    for (;;) {
      const bytes = yield* sys.read(read, 65_536);
      if (bytes.length === 0) break;
      if (log !== undefined) yield* sys.write(log, bytes);
      const lines = (rest + decode(bytes)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith(begins)) yield* info(`${told} ${line.slice(begins.length).split(" ")[0]}...`);
    }
    sys.close(read);
    const status = yield* waitFor(sys, pid);
    return status.kind === "exited" ? status.status : 255;
  }

  function* fails(words: string): Blocking<never> {
    yield* warning(words);
    const [, culprit] = /^dpkg: error processing (?:package |archive )?(\S+)/m.exec((yield* readTextFile(sys, logPath)) ?? "") ?? [];
    yield* warning(`See ${logPath} for details${culprit === undefined ? "" : ` (possibly the package ${culprit} is at fault)`}`);
    throw new Exit(1);
  }

  function* secondStage(): Blocking<void> {
    if ((yield* inside(["/bin/true"])) !== 0) yield* fails(`Failure trying to run: ${target === "" ? "" : `chroot "${target}" `}/bin/true`);
    const deb = (one: string): string => debs.get(one) ?? "";
    // dpkg is taken for installed, so that it can install
    const feigned = index.get("dpkg")?.get("Version") ?? /_([^_]+)_/.exec(deb("dpkg"))?.[1] ?? "";
    yield* writeFile(sys, inTarget("/var/lib/dpkg/status"), `Package: dpkg\nVersion: ${feigned}\nMaintainer: unknown\nStatus: install ok installed\n`);
    yield* writeFile(sys, inTarget("/var/lib/dpkg/info/dpkg.list"), "");
    const mounted = sys.readdir(inTarget("/proc")).length === 0 && (yield* inside(["mount", "-t", "proc", "proc", "/proc"])) === 0;
    const mountedSys = sys.readdir(inTarget("/sys")).length === 0 && (yield* inside(["mount", "-t", "sysfs", "sysfs", "/sys"])) === 0;
    try {
      yield* inside(["/sbin/ldconfig"]);
      yield* info("Installing core packages...");
      yield* run(["ln", "-sf", "mawk", inTarget("/usr/bin/awk")]);
      for (const one of ["base-passwd", "base-files", "dpkg", "libc6", "perl-base", "mawk", ...(variant === "" ? ["debconf"] : [])]) {
        if (one === "libc6" && !(yield* isThere(inTarget("/etc/localtime")))) yield* run(["ln", "-sf", "/usr/share/zoneinfo/UTC", inTarget("/etc/localtime")]);
        if (one === "mawk") yield* run(["rm", inTarget("/usr/bin/awk")]);
        if (debs.has(one)) yield* inside(["dpkg", "--force-depends", "--install", deb(one)]);
      }
      yield* info("Unpacking required packages...");
      if ((yield* dpkg(["--force-depends", "--unpack", ...required.map(deb)], "Unpacking ", "Unpacking")) !== 0) yield* fails("Failure while unpacking required packages.  This will be attempted up to five times.");
      yield* info("Configuring required packages...");
      yield* writeFile(sys, inTarget("/usr/sbin/policy-rc.d"), "#!/bin/sh\nexit 101\n", 0o755);
      sys.chmod(inTarget("/usr/sbin/policy-rc.d"), 0o755);
      yield* run(["mv", inTarget("/sbin/start-stop-daemon"), inTarget("/sbin/start-stop-daemon.REAL")]);
      yield* writeFile(sys, inTarget("/sbin/start-stop-daemon"), "#!/bin/sh\necho\necho \"Warning: Fake start-stop-daemon called, doing nothing\"\n", 0o755);
      yield* writeFile(sys, inTarget("/var/lib/dpkg/cmethopt"), "apt apt\n");
      if ((yield* dpkg(["--configure", "--pending", "--force-configure-any", "--force-depends"], "Setting up ", "Configuring")) !== 0) yield* fails("Failure while configuring required packages.");
      yield* info("Unpacking the base system...");
      if (base.length > 0) {
        if ((yield* dpkg(["--force-overwrite", "--force-confold", "--skip-same-version", "--unpack", ...base.map(deb)], "Unpacking ", "Unpacking")) !== 0) yield* fails("Failure while installing base packages.  This will be re-attempted up to five times.");
        yield* info("Configuring the base system...");
        if ((yield* dpkg(["--force-confold", "--skip-same-version", "--configure", "-a"], "Setting up ", "Configuring")) !== 0) yield* fails("Failure while configuring base packages.  This will be re-attempted up to five times.");
      }
      yield* run(["mv", inTarget("/sbin/start-stop-daemon.REAL"), inTarget("/sbin/start-stop-daemon")]);
      sys.unlink(inTarget("/usr/sbin/policy-rc.d"));
      yield* info("Base system installed successfully.");
    } finally {
      if (mountedSys) sys.umount(inTarget("/sys"));
      if (mounted) sys.umount(inTarget("/proc"));
    }
    yield* run(["mv", logPath, inTarget("/var/log/bootstrap.log")]);
    if (!given.has("--keep-debootstrap-dir")) yield* run(["rm", "-rf", inTarget("/debootstrap")]);
  }
});
