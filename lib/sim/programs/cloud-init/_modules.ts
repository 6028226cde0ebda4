// The modules that act (cloudinit/config/cc_*.py), when each runs again, and what the configuration must hold for it to run at all.
// (More than 400 lines with its neighbour _users.ts; one module is a few lines here.)
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import type { YamlValue } from "../kit/yaml/parse-yaml.ts";
import { namesIn, removeIfThere, runProgram, writeFile } from "./_files.ts";
import { nameExists } from "../kit/presence.ts";
import { isList, isMap, pythonRepr } from "./_json.ts";
import { renderTemplate } from "./_query.ts";
import { CLOUD, INSTANCE, isTrue, LOG, ModuleError, type Run, uptimeSeconds, VERSION } from "./_run.ts";
import { mailDate } from "./_status.ts";
import { fromBase64, gunzipped } from "./_encoding.ts";
import { aptConfigure, aptPipelining } from "./_apt-modules.ts";
import { caCertificates } from "./_ca-certificates.ts";
import { diskSetup } from "./_disk-setup.ts";
import { fingerprints, keysToConsole } from "./_keys.ts";
import { mounts } from "./_mounts.ts";
import { setPasswords, sshModule, usersAndGroups } from "./_users.ts";

export type Frequency = "always" | "instance" | "once";

export interface Module {
  readonly frequency: Frequency;
  /** runs only when one of these keys is there */
  readonly keys?: readonly string[];
  readonly act?: (run: Run) => Blocking<void>;
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** util.shellify */
function shellScript(commands: readonly YamlValue[]): string {
  const lines = ["#!/bin/sh"];
  for (const command of commands) {
    if (command === null) continue;
    if (typeof command === "string") lines.push(command);
    else if (isList(command)) lines.push(command.map((word) => quoted(String(word))).join(" "));
    else throw new ModuleError(`Unable to shellify type '${isMap(command) ? "dict" : typeof command === "number" ? "int" : "bool"}'. Expected list, string, tuple. Got: ${pythonRepr(command)}`, "TypeError");
  }
  return `${lines.join("\n")}\n`;
}

function* bootcmd(run: Run): Blocking<void> {
  const path = "/run/cloud-init/tmp/bootcmd.sh";
  yield* writeFile(run.sys, path, shellScript(run.list("bootcmd")), 0o700);
  const status = yield* runProgram(run.sys, ["/bin/sh", path], { environment: [["INSTANCE_ID", run.instance?.id ?? ""]] });
  removeIfThere(run.sys, path);
  if (status !== 0) throw new ModuleError(`Unexpected error while running command.\nCommand: ['/bin/sh', '${path}']\nExit code: ${status}\nReason: -\nStdout: -\nStderr: -`, "ProcessExecutionError");
}

function writeFiles(deferred: boolean) {
  return function* (run: Run): Blocking<void> {
    for (const entry of run.list("write_files")) {
      if (!isMap(entry) || isTrue(entry.get("defer")) !== deferred) continue;
      const path = entry.get("path");
      if (typeof path !== "string" || !path.startsWith("/")) {
        yield* run.warn("cc_write_files.py", "No path provided to write for entry 1 in module write-files");
        continue;
      }
      const encoding = String(entry.get("encoding") ?? "text/plain");
      const content = entry.get("content");
      const given = content === undefined || content === null ? "" : String(content);
      const bytes = /b64|base64/.test(encoding) ? fromBase64(given) : encode(given);
      const plain = encoding.startsWith("gz") ? yield* gunzipped(bytes) : bytes;
      if (plain === undefined) throw new ModuleError("Not a gzipped file", "DecompressionError");
      const permissions = entry.get("permissions");
      const mode = typeof permissions === "number" ? permissions : typeof permissions === "string" && /^[0-7]+$/.test(permissions.replace(/^0o/, "")) ? Number.parseInt(permissions.replace(/^0o/, ""), 8) : 0o644;
      yield* writeFile(run.sys, path, plain, mode & 0o7777, isTrue(entry.get("append")));
      const [user = "root", group = user] = String(entry.get("owner") ?? "root:root").split(":");
      const accounts = yield* Accounts.read(run.sys);
      const [uid, gid] = [accounts.userByName(user)?.uid, accounts.groupByName(group)?.gid];
      if (uid === undefined) throw new ModuleError(`Unknown user or group: "getpwnam(): name not found: '${user}'"`, "OSError");
      if (gid === undefined) throw new ModuleError(`Unknown user or group: "getgrnam(): name not found: '${group}'"`, "OSError");
      run.sys.chown(path, uid, gid);
      run.sys.chmod(path, mode & 0o7777);
    }
  };
}

function* rootPartition(run: Run): Blocking<readonly [device: string, disk: string, number: string] | undefined> {
  const line = ((yield* readTextFile(run.sys, "/proc/mounts")) ?? "").split("\n").map((one) => one.split(" ")).find((one) => one[1] === "/" && one[0]?.startsWith("/dev/") === true);
  const device = line?.[0] ?? "";
  const match = /^(.*?)(?:(?<=\d)p)?(\d+)$/.exec(device);
  return match ? [device, match[1] ?? "", match[2] ?? ""] : undefined;
}

function* growpart(run: Run): Blocking<void> {
  const mode = run.map("growpart")?.get("mode");
  if (mode === "off" || mode === false || nameExists(run.sys, "/etc/growroot-disabled")) return run.debug("cc_growpart.py", "growpart disabled: mode=off");
  const root = yield* rootPartition(run);
  if (root === undefined) return;
  const [, disk, number] = root;
  if ((yield* runProgram(run.sys, ["growpart", "--dry-run", disk, number], { quiet: true })) !== 0) return run.debug("cc_growpart.py", "'/' NOCHANGE: no change necessary");
  const status = yield* runProgram(run.sys, ["growpart", disk, number], { quiet: true });
  run.debug("cc_growpart.py", status === 0 ? "'/' resized: changed" : "'/' FAILED: failed to resize", status === 0 ? "INFO" : "WARNING");
}

function* resizefs(run: Run): Blocking<void> {
  const wanted = run.configuration.get("resize_rootfs");
  if (wanted !== undefined && wanted !== "noblock" && !isTrue(wanted)) return run.debug("cc_resizefs.py", "Skipping module named resizefs, resizing disabled");
  const root = yield* rootPartition(run);
  if (root === undefined) return;
  yield* runProgram(run.sys, ["resize2fs", root[0]], { quiet: true });
  run.debug("cc_resizefs.py", "Resized root filesystem (type=ext4, val=True)");
}

export function hostNames(run: Run): readonly [hostname: string, fqdn: string, given: boolean] {
  const [hostname, fqdn] = [run.text("hostname"), run.text("fqdn")];
  if (fqdn !== undefined) return [hostname ?? fqdn.split(".")[0] ?? fqdn, fqdn, true];
  if (hostname?.includes(".") === true) return [hostname.split(".")[0] ?? hostname, hostname, true];
  const meta = run.instance?.metadata.get("local-hostname") ?? run.instance?.metadata.get("hostname");
  const name = hostname ?? (typeof meta === "string" || typeof meta === "number" ? String(meta) : undefined) ?? run.sys.uname().nodename;
  return [name.split(".")[0] ?? name, name, hostname !== undefined || meta !== undefined];
}

export function* setHostname(run: Run): Blocking<void> {
  if (run.flag("preserve_hostname", false)) return run.debug("cc_set_hostname.py", "Configuration option 'preserve_hostname' is set, not setting the hostname in module set_hostname");
  const [short, fqdn] = hostNames(run);
  const name = run.flag("prefer_fqdn_over_hostname", false) ? fqdn : short;
  run.debug("cc_set_hostname.py", `Setting the hostname to ${fqdn} (${short})`);
  yield* writeFile(run.sys, "/etc/hostname", `${name}\n`);
  run.sys.sethostname(name);
  yield* writeFile(run.sys, `${CLOUD}/data/set-hostname`, `{\n "fqdn": "${fqdn}",\n "hostname": "${short}"\n}\n`);
}

function* updateHostname(run: Run): Blocking<void> {
  if (run.flag("preserve_hostname", false)) return;
  const [short, fqdn] = hostNames(run);
  const name = run.flag("prefer_fqdn_over_hostname", false) ? fqdn : short;
  const path = `${CLOUD}/data/previous-hostname`;
  const former = (yield* readTextFile(run.sys, path))?.trim();
  const now = (yield* readTextFile(run.sys, "/etc/hostname"))?.trim();
  if (former !== undefined && now !== former) return run.debug("__init__.py", `/etc/hostname differs from ${path}, assuming user maintained hostname.`);
  if (now !== name) {
    yield* writeFile(run.sys, "/etc/hostname", `${name}\n`);
    run.sys.sethostname(name);
  }
  yield* writeFile(run.sys, path, `${name}\n`);
}

function* updateEtcHosts(run: Run): Blocking<void> {
  const manage = run.configuration.get("manage_etc_hosts");
  const [hostname, fqdn] = hostNames(run);
  if (manage === "localhost") {
    const lines = ((yield* readTextFile(run.sys, "/etc/hosts")) ?? "").split("\n").filter((line) => line !== "" && !/^127\.0\.1\.1\s/.test(line));
    const names = fqdn === hostname ? hostname : `${fqdn} ${hostname}`;
    yield* writeFile(run.sys, "/etc/hosts", `${[...lines, "# Added by cloud-init", `127.0.1.1\t${names}`].filter((line, index, all) => line !== "# Added by cloud-init" || all.lastIndexOf(line) === index).join("\n")}\n`);
  } else if (isTrue(manage) || manage === "template") {
    const template = yield* readTextFile(run.sys, "/etc/cloud/templates/hosts.debian.tmpl");
    if (template === undefined) throw new ModuleError("No hosts template could be found for distro debian");
    const rendered = renderTemplate(template.replace(/^## template:.*\n/, ""), new Map([["fqdn", fqdn], ["hostname", hostname]]));
    yield* writeFile(run.sys, "/etc/hosts", "text" in rendered ? rendered.text : "");
  }
}

function* locale(run: Run): Blocking<void> {
  const name = run.text("locale");
  if (name === undefined) return;
  if (!/^(?:C|POSIX|C\.UTF-8)$/i.test(name)) {
    const list = (yield* readTextFile(run.sys, "/etc/locale.gen")) ?? "";
    const line = `${name} ${name.includes(".") ? name.slice(name.indexOf(".") + 1) : "ISO-8859-1"}`;
    if (!list.split("\n").includes(line)) yield* writeFile(run.sys, "/etc/locale.gen", `${list.split("\n").filter((one) => one.replace(/^#\s*/, "") !== line).join("\n").replace(/\n*$/, "\n")}${line}\n`);
    yield* runProgram(run.sys, ["locale-gen"], { quiet: true });
  }
  yield* writeFile(run.sys, "/etc/default/locale", `#  File generated by update-locale\nLANG=${name}\n`);
}

function* timezone(run: Run): Blocking<void> {
  const name = run.text("timezone") ?? "";
  if (!nameExists(run.sys, `/usr/share/zoneinfo/${name}`)) throw new ModuleError(`Invalid timezone ${name}, no file found at /usr/share/zoneinfo/${name}`, "OSError");
  yield* writeFile(run.sys, "/etc/timezone", `${name}\n`);
  removeIfThere(run.sys, "/etc/localtime");
  run.sys.symlink(`/usr/share/zoneinfo/${name}`, "/etc/localtime");
}

const someTimeServers = [0, 1, 2, 3].map((number) => `${number}.debian.pool.ntp.org`);

function* ntp(run: Run): Blocking<void> {
  const settings = run.map("ntp");
  if (settings !== undefined && settings.get("enabled") === false) return;
  const strings = (value: YamlValue | undefined): readonly string[] => (isList(value) ? value.map(String) : []);
  const [servers, pools] = [strings(settings?.get("servers")), strings(settings?.get("pools"))];
  const used = servers.length === 0 && pools.length === 0 ? someTimeServers : pools;
  if (nameExists(run.sys, "/usr/sbin/chronyd")) {
    yield* writeFile(run.sys, "/etc/chrony/chrony.conf", `${[...used.map((one) => `pool ${one} iburst`), ...servers.map((one) => `server ${one} iburst`)].join("\n")}\nkeyfile /etc/chrony/chrony.keys\ndriftfile /var/lib/chrony/chrony.drift\nlogdir /var/log/chrony\nmaxupdateskew 100.0\nrtcsync\nmakestep 1 3\n`);
    yield* runProgram(run.sys, ["systemctl", "try-restart", "--no-block", "chrony"], { quiet: true });
    return;
  }
  yield* writeFile(run.sys, "/etc/systemd/timesyncd.conf.d/cloud-init.conf", `# Written by cloud-init at the instance's first boot.\n[Time]\nNTP=${[...servers, ...used].join(" ")}\n`);
}

const aptOptions = ["apt-get", "--option=Dpkg::Options::=--force-confold", "--option=Dpkg::options::=--force-unsafe-io", "--assume-yes", "--quiet"];
const quietly = { environment: [["DEBIAN_FRONTEND", "noninteractive"]] } as const;

function* packages(run: Run): Blocking<void> {
  const wanted = run.list("packages").map((one) => (isList(one) ? one.map(String).join("=") : String(one)));
  const upgrade = run.flag("package_upgrade", run.flag("apt_upgrade", false));
  const failures: string[] = [];
  const apt = function* (words: readonly string[]): Blocking<void> {
    const status = yield* runProgram(run.sys, [...aptOptions, ...words], quietly);
    if (status === 0) return;
    failures.push(`Unexpected error while running command.\nCommand: ${pythonRepr([...aptOptions, ...words])}\nExit code: ${status}\nReason: -\nStdout: -\nStderr: -`);
    yield* run.warn("util.py", words[0] === "install" ? `Failed to install packages: ${pythonRepr(wanted)}` : words[0] === "update" ? "Package update failed" : "Package upgrade failed");
  };
  if (run.flag("package_update", run.flag("apt_update", false)) || upgrade || wanted.length > 0) yield* apt(["update"]);
  if (upgrade) yield* apt(["dist-upgrade"]);
  if (wanted.length > 0) yield* apt(["install", ...wanted]);
  const last = failures.at(-1);
  if (last !== undefined) {
    yield* run.warn("cc_package_update_upgrade_install.py", `${failures.length} failed with exceptions, re-raising the last one`);
    throw new ModuleError(last, "ProcessExecutionError");
  }
}

function* runcmd(run: Run): Blocking<void> {
  yield* writeFile(run.sys, `${INSTANCE}/scripts/runcmd`, shellScript(run.list("runcmd")), 0o700);
}

/** Every executable of a directory, in the order of their names (subp.runparts). */
function runParts(directory: string) {
  return function* (run: Run): Blocking<void> {
    const failed: string[] = [];
    let attempted = 0;
    for (const name of namesIn(run.sys, directory)) {
      const path = `${directory}/${name}`;
      if ((run.sys.stat(path).mode & 0o111) === 0 || (run.sys.stat(path).mode & 0o170000) !== 0o100000) continue;
      attempted++;
      const status = yield* runProgram(run.sys, [path], { environment: [["INSTANCE_ID", run.instance?.id ?? ""]] });
      if (status === 0) continue;
      failed.push(name);
      yield* run.warn("subp.py", `Failed running ${path} [${status}]`);
    }
    if (failed.length === 0) return;
    yield* run.warn("cc_scripts_user.py", `Failed to run module scripts-${directory === `${INSTANCE}/scripts` ? "user (scripts in" : `(scripts in`} ${directory})`);
    throw new ModuleError(`Runparts: ${failed.length} failures (${failed.join(", ")}) in ${attempted} attempted commands`);
  };
}

function* finalMessage(run: Run): Blocking<void> {
  const uptime = yield* uptimeSeconds(run.sys);
  const source = run.instance?.source ?? "DataSourceNone";
  const stamp = mailDate(run.now());
  const template = run.text("final_message")?.trim() || "Cloud-init v. $version finished at $timestamp. Datasource $datasource.  Up $uptime seconds";
  const facts = new Map<string, string>([["uptime", uptime], ["timestamp", stamp], ["version", VERSION], ["datasource", source]]);
  const text = template.replace(/\$\{?([a-zA-Z]+)\}?/g, (whole, name: string) => facts.get(name.toLowerCase()) ?? whole);
  yield* run.io.stderr(`${text}\n`);
  run.debug("util.py", text);
  yield* writeFile(run.sys, `${INSTANCE}/boot-finished`, `${uptime} - ${stamp} - v. ${VERSION}\n`);
  if (source === "DataSourceNone") yield* run.warn("cc_final_message.py", "Used fallback datasource");
}

/** True when the state is to be changed: a truth, or a command that ends well. Asked by the process that waits. */
function* conditionHolds(sys: Sys, condition: YamlValue): Blocking<boolean> {
  if (typeof condition === "boolean") return condition;
  const status = yield* runProgram(sys, isList(condition) ? condition.map(String) : ["/bin/sh", "-c", String(condition)]);
  const said = status > 1 ? `unexpected exit ${status}. do not apply change.` : `exited ${status}. condition ${status === 0 ? "met" : "not met"}.`;
  const line = `cc_power_state_change.py[${status > 1 ? "WARNING" : "DEBUG"}]: check_condition command (${isList(condition) ? pythonRepr(condition) : String(condition)}): ${said}\n`;
  yield* writeFile(sys, LOG, line, 0o644, true);
  return status === 0;
}

function* powerState(run: Run): Blocking<void> {
  const settings = run.map("power_state");
  const refuse = (message: string): Blocking<void> => run.warn("cc_power_state_change.py", `${message} Not performing power state change!`);
  if (settings === undefined) return yield* refuse("power_state is not a dict.");
  const mode = String(settings.get("mode") ?? "None");
  const option = new Map([["poweroff", "-P"], ["reboot", "-r"], ["halt", "-H"]]).get(mode);
  if (option === undefined) return yield* refuse(`power_state[mode] required, must be one of: halt,poweroff,reboot. found: '${mode}'.`);
  const delay = String(settings.get("delay") ?? "now").replace(/^\+/, "");
  if (delay !== "now" && !/^\d+$/.test(delay)) return yield* refuse(`power_state[delay] must be 'now' or '+m' (minutes). found '${delay}'.`);
  const condition = settings.get("condition") ?? true;
  if (typeof condition !== "string" && typeof condition !== "boolean" && !isList(condition)) return yield* refuse("condition type <class 'dict'> invalid. must be list, bool, str");
  if (condition === false) return run.debug("cc_power_state_change.py", "Condition was false. Will not perform state change.");
  const message = settings.get("message");
  const words = ["shutdown", option, delay === "now" ? "now" : `+${delay}`, ...(typeof message === "string" ? [message] : [])];
  const timeout = Number(settings.get("timeout") ?? 30);
  const parent = run.sys.getpid();
  run.debug("cc_power_state_change.py", `After pid ${parent} ends, will execute: ${words.join(" ")}`);
  const until = run.sys.clockUs("monotonic") + timeout * 1_000_000;
  // done when this call has ended: /var/lib/cloud must be complete then
  run.sys.fork(function* wait(sys) {
    // tee, which the parent waits for, ends with the last writer
    const nothing = yield* sys.open("/dev/null", O.RDWR);
    for (const fd of [1, 2]) sys.dup2(nothing, fd);
    while (nameExists(sys, `/proc/${parent}/status`) && sys.clockUs("monotonic") < until) yield* sys.sleep(250_000);
    if (!(yield* conditionHolds(sys, condition))) return 0;
    return yield* runProgram(sys, words);
  });
}

const publicKeys: ReadonlyMap<string, string> = new Map([["pub_key_dsa", "dsa"], ["pub_key_rsa", "rsa"], ["pub_key_ecdsa", "ecdsa"], ["pub_key_ed25519", "ed25519"]]);
const posted = [...publicKeys.keys(), "instance_id", "hostname", "fqdn"];

function* phoneHome(run: Run): Blocking<void> {
  const settings = run.map("phone_home");
  const url = settings?.get("url");
  if (typeof url !== "string") return yield* run.warn("cc_phone_home.py", "Skipping module named phone-home, no 'url' found in 'phone_home' configuration");
  const wanted = settings?.get("post") ?? "all";
  const [hostname, fqdn] = hostNames(run);
  const facts = new Map<string, string>([["instance_id", run.instance?.id ?? ""], ["hostname", hostname], ["fqdn", fqdn]]);
  for (const [name, kind] of publicKeys) facts.set(name, (yield* readTextFile(run.sys, `/etc/ssh/ssh_host_${kind}_key.pub`)) ?? "N/A");
  const fields: string[] = [];
  for (const name of isList(wanted) ? wanted.map(String) : posted) {
    const value = facts.get(name);
    if (value === undefined) yield* run.warn("cc_phone_home.py", `Requested key ${name} from 'post' configuration list not available`);
    else fields.push("--data-urlencode", `${name}=${value}`);
  }
  const address = url.replace(/\$\{?INSTANCE_ID\}?/g, facts.get("instance_id") ?? "");
  const tries = Number(settings?.get("tries") ?? 10) || 10;
  for (let attempt = 0; attempt < tries; attempt++) {
    if ((yield* runProgram(run.sys, ["curl", "-fsS", "-o", "/dev/null", ...fields, address], { quiet: true })) === 0) return;
    yield* run.sys.sleep(3_000_000);
  }
  yield* run.warn("cc_phone_home.py", `Failed to post phone home data to ${address} in ${tries} tries`);
}

function* rsyslog(run: Run): Blocking<void> {
  const settings = run.map("rsyslog");
  const directory = String(settings?.get("config_dir") ?? "/etc/rsyslog.d");
  const usual = String(settings?.get("config_filename") ?? "20-cloud-config.conf");
  const written = new Set<string>();
  const put = function* (name: string, line: string): Blocking<void> {
    const path = name.startsWith("/") ? name : `${directory}/${name}`;
    yield* writeFile(run.sys, path, `${line}\n`, 0o644, written.has(path));
    written.add(path);
  };
  const configs = settings?.get("configs");
  for (const entry of isList(configs) ? configs : []) {
    if (isMap(entry)) yield* put(String(entry.get("filename") ?? usual), String(entry.get("content") ?? ""));
    else yield* put(usual, String(entry));
  }
  const remotes = settings?.get("remotes");
  for (const [name, target] of isMap(remotes) ? remotes : []) if (typeof target === "string") yield* put(usual, `*.* ${target.startsWith("@") ? target : `@${target}`} # ${name}`);
  if (written.size > 0 && nameExists(run.sys, "/usr/sbin/rsyslogd")) yield* runProgram(run.sys, ["systemctl", "reload-or-try-restart", "rsyslog"], { quiet: true });
}

function* unsimulated(run: Run): Blocking<void> {
  run.sys.observe({ kind: "unsimulated", command: "cloud-init", detail: "module-without-effect" });
  yield* run.warn("modules.py", "This module has no effect in the simulation");
}

/** By name, with underscores. Modules without `act` find nothing to do on such a machine. */
export const modules: ReadonlyMap<string, Module> = new Map<string, Module>([
  ["migrator", { frequency: "always" }],
  ["seed_random", { frequency: "instance" }],
  ["bootcmd", { frequency: "always", keys: ["bootcmd"], act: bootcmd }],
  ["write_files", { frequency: "instance", keys: ["write_files"], act: writeFiles(false) }],
  ["growpart", { frequency: "always", act: growpart }],
  ["resizefs", { frequency: "always", act: resizefs }],
  ["disk_setup", { frequency: "instance", keys: ["disk_setup", "fs_setup"], act: diskSetup }],
  ["mounts", { frequency: "instance", act: mounts }],
  ["set_hostname", { frequency: "instance", act: setHostname }],
  ["update_hostname", { frequency: "always", act: updateHostname }],
  ["update_etc_hosts", { frequency: "always", keys: ["manage_etc_hosts"], act: updateEtcHosts }],
  ["ca_certs", { frequency: "instance", keys: ["ca_certs", "ca-certs"], act: caCertificates }],
  ["rsyslog", { frequency: "instance", keys: ["rsyslog"], act: rsyslog }],
  ["users_groups", { frequency: "instance", act: usersAndGroups }],
  ["ssh", { frequency: "instance", act: sshModule }],
  ["ssh_import_id", { frequency: "instance" }],
  ["locale", { frequency: "instance", act: locale }],
  ["set_passwords", { frequency: "instance", act: setPasswords }],
  ["grub_dpkg", { frequency: "instance" }],
  ["apt_pipelining", { frequency: "instance", keys: ["apt_pipelining"], act: aptPipelining }],
  ["apt_configure", { frequency: "instance", act: aptConfigure }],
  ["ntp", { frequency: "instance", keys: ["ntp"], act: ntp }],
  ["timezone", { frequency: "instance", keys: ["timezone"], act: timezone }],
  ["disable_ec2_metadata", { frequency: "always", keys: ["disable_ec2_metadata"] }],
  ["runcmd", { frequency: "instance", keys: ["runcmd"], act: runcmd }],
  ["byobu", { frequency: "instance" }],
  ["package_update_upgrade_install", { frequency: "instance", keys: ["apt_update", "package_update", "apt_upgrade", "package_upgrade", "packages"], act: packages }],
  ...["fan", "landscape", "lxd", "puppet", "chef", "mcollective", "salt_minion"].map((name): [string, Module] => [name, { frequency: "instance", keys: [name], act: unsimulated }]),
  ["write_files_deferred", { frequency: "instance", keys: ["write_files"], act: writeFiles(true) }],
  ["reset_rmc", { frequency: "instance" }],
  ["refresh_rmc_and_interface", { frequency: "always" }],
  ["rightscale_userdata", { frequency: "instance" }],
  ["scripts_vendor", { frequency: "instance", act: runParts(`${CLOUD}/scripts/vendor`) }],
  ["scripts_per_once", { frequency: "once", act: runParts(`${CLOUD}/scripts/per-once`) }],
  ["scripts_per_boot", { frequency: "always", act: runParts(`${CLOUD}/scripts/per-boot`) }],
  ["scripts_per_instance", { frequency: "instance", act: runParts(`${CLOUD}/scripts/per-instance`) }],
  ["scripts_user", { frequency: "instance", act: runParts(`${INSTANCE}/scripts`) }],
  ["ssh_authkey_fingerprints", { frequency: "instance", act: fingerprints }],
  ["keys_to_console", { frequency: "instance", act: keysToConsole }],
  ["install_hotplug", { frequency: "instance" }],
  ["phone_home", { frequency: "instance", keys: ["phone_home"], act: phoneHome }],
  ["final_message", { frequency: "always", act: finalMessage }],
  ["power_state_change", { frequency: "instance", keys: ["power_state"], act: powerState }],
]);

/** Runs one, as often as it may; false when it failed. */
export function* runModule(run: Run, shownName: string, given?: Frequency): Blocking<boolean> {
  const name = shownName.replaceAll("-", "_");
  const module = modules.get(name);
  if (module === undefined) return true;
  const frequency = given ?? module.frequency;
  const event = `${run.stage}/config-${shownName}`;
  const word = frequency === "always" ? "always" : frequency === "once" ? "once" : "once-per-instance";
  run.debug("modules.py", `Running module ${shownName} (<module 'cloudinit.config.cc_${name}' from '/usr/lib/python3/dist-packages/cloudinit/config/cc_${name}.py'>) with frequency ${word}`);
  run.start(event, `running config-${shownName} with frequency ${word}`);
  const marker = frequency === "instance" ? `${INSTANCE}/sem/config_${name}` : frequency === "once" ? `${CLOUD}/sem/config_${name}.once` : undefined;
  if (marker !== undefined && nameExists(run.sys, marker)) {
    run.debug("helpers.py", `config-${shownName} already ran (freq=${word})`);
    run.finish(event, "SUCCESS", `config-${shownName} previously ran`);
    return true;
  }
  if (marker !== undefined) yield* writeFile(run.sys, marker, `${run.sys.getpid()}: ${run.now()}\n`);
  try {
    if (module.act !== undefined) yield* module.act(run);
    run.finish(event, "SUCCESS", `config-${shownName} ran successfully`);
    return true;
  } catch (error) {
    const [kind, message] = error instanceof ModuleError ? [error.kind, error.message] : error instanceof SysError ? ["OSError", error.message] : [undefined, ""];
    if (kind === undefined) throw error;
    run.finish(event, "FAIL", `running config-${shownName} with frequency ${word}`);
    yield* run.warn("util.py", `Running module ${shownName} (<module 'cloudinit.config.cc_${name}' from '/usr/lib/python3/dist-packages/cloudinit/config/cc_${name}.py'>) failed`);
    run.errors.push(`('${shownName}', ${kind}(${pythonRepr(message)}))`);
    return false;
  } finally {
    yield* run.flush();
  }
}
