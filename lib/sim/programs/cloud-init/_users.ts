// Modules users-groups and ssh: accounts, sudo rules, keys (cloudinit/distros/__init__.py, config/cc_ssh.py).
import type { Blocking } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import type { YamlMap, YamlValue } from "../kit/yaml/parse-yaml.ts";
import { makeDirectories, namesIn, runProgram, writeFile } from "./_files.ts";
import { nameExists } from "../kit/presence.ts";
import { isList, isMap } from "./_json.ts";
import { isTrue, type Run, VERSION } from "./_run.ts";
import { mailDate } from "./_status.ts";

const words = (value: YamlValue | undefined): readonly string[] => (typeof value === "string" ? value.split(",").map((word) => word.trim()).filter((word) => word !== "") : isList(value) ? value.flatMap((one) => (typeof one === "string" || typeof one === "number" ? [String(one)] : [])) : isMap(value) ? [...value.keys()] : []);

interface WantedUser {
  readonly name: string;
  readonly settings: YamlMap;
  readonly isDefault: boolean;
}

function defaultUser(run: Run): WantedUser | undefined {
  const info = run.map("system_info")?.get("default_user");
  if (!isMap(info)) return undefined;
  const changed = run.configuration.get("user");
  const settings = isMap(changed) ? new Map([...info, ...changed]) : typeof changed === "string" ? new Map<string, YamlValue>([...info, ["name", changed]]) : info;
  return { name: String(settings.get("name") ?? "debian"), settings, isDefault: true };
}

/** The default user comes last, as normalize_users_groups leaves them. */
export function wantedUsers(run: Run): readonly WantedUser[] {
  const value = run.configuration.get("users");
  const entries: readonly YamlValue[] = typeof value === "string" ? words(value) : isList(value) ? value : isMap(value) ? [...value].map(([name, one]) => new Map<string, YamlValue>([...(isMap(one) ? one : []), ["name", name]])) : [];
  const users: WantedUser[] = [];
  let wantsDefault = run.configuration.get("user") !== undefined;
  for (const entry of entries) {
    const name = typeof entry === "string" ? entry : isMap(entry) ? entry.get("name") : undefined;
    if (name === "default") wantsDefault = true;
    else if (typeof name === "string") users.push({ name, settings: isMap(entry) ? entry : new Map(), isDefault: false });
  }
  const own = wantsDefault ? defaultUser(run) : undefined;
  return own === undefined ? users : [...users, own];
}

function* makeGroup(run: Run, name: string, members: readonly string[]): Blocking<void> {
  if ((yield* Accounts.read(run.sys)).groupByName(name) === undefined) {
    if ((yield* runProgram(run.sys, ["groupadd", name])) === 0) run.debug("__init__.py", `Created new group ${name}`, "INFO");
    else yield* run.warn("util.py", `Failed to create group ${name}`);
  }
  for (const member of members) {
    if ((yield* Accounts.read(run.sys)).userByName(member) === undefined) yield* run.warn("__init__.py", `Unable to add group member '${member}' to group '${name}'; user does not exist.`);
    else yield* runProgram(run.sys, ["usermod", "-a", "-G", name, member], { quiet: true });
  }
}

export function* usersAndGroups(run: Run): Blocking<void> {
  const groups = run.configuration.get("groups");
  for (const entry of isList(groups) ? groups : isMap(groups) ? [groups] : words(groups)) {
    if (isMap(entry)) for (const [name, members] of entry) yield* makeGroup(run, name, words(members));
    else if (typeof entry === "string") yield* makeGroup(run, entry, []);
  }
  for (const user of wantedUsers(run)) yield* makeUser(run, user);
}

function* makeUser(run: Run, { name, settings }: WantedUser): Blocking<void> {
  const { sys } = run;
  const text = (key: string): string | undefined => {
    const value = settings.get(key);
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  const groups = words(settings.get("groups"));
  const accounts = yield* Accounts.read(sys);
  if (accounts.userByName(name) !== undefined) run.debug("__init__.py", `User ${name} already exists, skipping.`, "INFO");
  else {
    const primary = text("primary_group");
    for (const group of [...groups, ...(primary === undefined ? [] : [primary])]) if (accounts.groupByName(group) === undefined) yield* makeGroup(run, group, []);
    const argv = ["useradd", name];
    for (const [key, option] of [["gecos", "--comment"], ["homedir", "--home"], ["primary_group", "--gid"], ["uid", "--uid"], ["passwd", "--password"], ["shell", "--shell"], ["expiredate", "--expiredate"], ["inactive", "--inactive"]] as const) {
      const value = text(key);
      if (value !== undefined) argv.push(option, value);
    }
    if (groups.length > 0) argv.push("--groups", groups.join(","));
    for (const [key, option] of [["system", "--system"], ["no_user_group", "--no-user-group"], ["no_log_init", "--no-log-init"]] as const) if (isTrue(settings.get(key))) argv.push(option);
    argv.push(isTrue(settings.get("no_create_home")) || isTrue(settings.get("system")) ? "-M" : "-m");
    run.debug("__init__.py", `Adding user ${name}`);
    if ((yield* runProgram(sys, argv)) !== 0) {
      yield* run.warn("util.py", `Failed to create user ${name}`);
      return;
    }
  }
  const plain = text("plain_text_passwd");
  if (plain !== undefined) yield* runProgram(sys, ["chpasswd"], { input: `${name}:${plain}\n` });
  const hashed = text("hashed_passwd");
  if (hashed !== undefined) yield* runProgram(sys, ["chpasswd", "-e"], { input: `${name}:${hashed}\n` });
  const lock = settings.get("lock_passwd");
  if (lock === undefined || isTrue(lock)) yield* runProgram(sys, ["passwd", "-l", name], { quiet: true });
  yield* sudoRules(run, name, settings.get("sudo"));
  const keys = words(settings.get("ssh_authorized_keys"));
  if (keys.length > 0) yield* authorizeKeys(run, name, keys);
  if (settings.get("ssh_import_id") !== undefined) sys.observe({ kind: "unsimulated", command: "cloud-init", detail: "ssh_import_id" });
}

const SUDOERS = "/etc/sudoers.d/90-cloud-init-users";

function* sudoRules(run: Run, name: string, value: YamlValue | undefined): Blocking<void> {
  const rules = typeof value === "string" ? [value] : isList(value) ? value.map(String) : [];
  if (rules.length === 0) return;
  const content = `\n# User rules for ${name}\n${rules.map((rule) => `${name} ${rule}\n`).join("")}`;
  const former = yield* readTextFile(run.sys, SUDOERS);
  if (former === undefined) yield* writeFile(run.sys, SUDOERS, `# Created by cloud-init v. ${VERSION} on ${mailDate(run.now())}\n${content}`, 0o440);
  else if (!former.includes(content)) yield* writeFile(run.sys, SUDOERS, content, 0o440, true);
}

/** Adds keys that are not there yet. */
export function* authorizeKeys(run: Run, name: string, keys: readonly string[], prefix = ""): Blocking<void> {
  const { sys } = run;
  const user = (yield* Accounts.read(sys)).userByName(name);
  if (user === undefined) return;
  const directory = `${user.home}/.ssh`;
  const fresh = !nameExists(sys, directory);
  makeDirectories(sys, directory, 0o700);
  if (fresh) sys.chown(directory, user.uid, user.gid);
  const path = `${directory}/authorized_keys`;
  const lines = ((yield* readTextFile(sys, path)) ?? "").split("\n").filter((line) => line !== "");
  for (const key of keys) {
    const line = `${prefix}${key.trim()}`;
    if (!lines.includes(line)) lines.push(line);
  }
  yield* writeFile(sys, path, `${lines.join("\n")}\n`, 0o600);
  sys.chown(path, user.uid, user.gid);
}

const hostKeyKinds = ["rsa", "dsa", "ecdsa", "ed25519"];

export function* sshModule(run: Run): Blocking<void> {
  const { sys } = run;
  if (run.flag("ssh_deletekeys", true)) for (const name of namesIn(sys, "/etc/ssh")) if (/^ssh_host_.*key/.test(name)) sys.unlink(`/etc/ssh/${name}`);
  const given = run.map("ssh_keys");
  if (given !== undefined) {
    for (const [name, value] of given) {
      const match = /^([a-z0-9]+)_(private|public)$/.exec(name);
      if (match && typeof value === "string") yield* writeFile(sys, `/etc/ssh/ssh_host_${match[1] ?? ""}_key${match[2] === "public" ? ".pub" : ""}`, value, match[2] === "public" ? 0o644 : 0o600);
    }
  } else {
    const listed = run.list("ssh_genkeytypes").map(String);
    for (const kind of listed.length > 0 ? listed : hostKeyKinds) {
      const path = `/etc/ssh/ssh_host_${kind}_key`;
      if (nameExists(sys, path)) continue;
      if ((yield* runProgram(sys, ["ssh-keygen", "-t", kind, "-N", "", "-f", path], { quiet: run.flag("ssh_quiet_keygen", false) })) !== 0) run.debug("util.py", `Failed generating key type ${kind} to file ${path}`, "WARNING");
    }
  }
  const metadata = run.instance?.metadata.get("public-keys");
  const keys = [...words(isMap(metadata) ? [...metadata.values()].flatMap((value) => words(value)) : metadata), ...words(run.configuration.get("ssh_authorized_keys"))];
  if (keys.length === 0) return;
  const user = wantedUsers(run).find((one) => one.isDefault)?.name;
  if (user !== undefined) yield* authorizeKeys(run, user, keys);
  const refused = `no-port-forwarding,no-agent-forwarding,no-X11-forwarding,command="echo 'Please login as the user \\"${user ?? "NONE"}\\" rather than the user \\"root\\".';echo;sleep 10;exit 142" `;
  yield* authorizeKeys(run, "root", keys, run.flag("disable_root", true) ? refused : "");
}

export function* setPasswords(run: Run): Blocking<void> {
  const { sys, io } = run;
  const pairs: [name: string, password: string, hashed: boolean][] = [];
  const own = run.text("password");
  const user = wantedUsers(run).find((one) => one.isDefault)?.name;
  if (own !== undefined && user !== undefined) pairs.push([user, own, false]);
  const settings = run.map("chpasswd");
  const list = settings?.get("list");
  const random: string[] = [];
  const add = (name: string, password: string, hashed: boolean): void => {
    if (password === "R" || password === "RANDOM") {
      const made = [...sys.random(20)].map((byte) => "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789".charAt(byte % 55)).join("");
      random.push(`${name}:${made}`);
      pairs.push([name, made, false]);
    } else pairs.push([name, password, hashed]);
  };
  for (const line of typeof list === "string" ? list.split("\n") : isList(list) ? list.map(String) : []) {
    const [, name, password] = /^\s*([^:\s]+):(.*)$/.exec(line) ?? [];
    if (name !== undefined && password !== undefined) add(name, password, /^\$(?:1|2a|2y|5|6|y)\$/.test(password));
  }
  const users = settings?.get("users");
  for (const one of isList(users) ? users : []) if (isMap(one)) add(String(one.get("name") ?? ""), one.get("type") === "RANDOM" ? "R" : String(one.get("password") ?? ""), one.get("type") === undefined || one.get("type") === "hash");
  const accounts = yield* Accounts.read(sys);
  for (const [name, password, hashed] of pairs) {
    if (accounts.userByName(name) === undefined) continue;
    yield* runProgram(sys, hashed ? ["chpasswd", "-e"] : ["chpasswd"], { input: `${name}:${password}\n` });
  }
  if (random.length > 0) yield* io.stderr(`Set the following 'random' passwords\n${random.join("\n")}\n`);
  const expire = settings?.get("expire");
  if (expire === undefined || isTrue(expire)) for (const [name] of pairs) if (accounts.userByName(name) !== undefined) yield* runProgram(sys, ["passwd", "--expire", name], { quiet: true });
  const given = run.configuration.get("ssh_pwauth");
  if (given === undefined || given === "unchanged") {
    run.debug("cc_set_passwords.py", "Leaving SSH config 'PasswordAuthentication' unchanged. ssh_pwauth=None");
    return;
  }
  const line = `PasswordAuthentication ${isTrue(given) ? "yes" : "no"}\n`;
  const path = "/etc/ssh/sshd_config.d/50-cloud-init.conf";
  if ((yield* readTextFile(sys, path)) === line) return;
  yield* writeFile(sys, path, line, 0o600);
  yield* runProgram(sys, ["systemctl", "try-restart", "--no-block", "ssh"], { quiet: true });
}
