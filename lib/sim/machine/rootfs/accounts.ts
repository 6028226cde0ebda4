// /etc/passwd, group, shadow, gshadow and their subordinate ids: the accounts of a fresh bookworm (base-passwd, systemd, dbus, openssh), then those
// that the host description adds.
import { cryptPassword } from "../../programs/passwd/_crypt.ts";
import type { PackageFile } from "../../programs/kit/package.ts";
import type { HostUser } from "../host-description.ts";

const systemPasswd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
systemd-network:x:998:998:systemd Network Management:/:/usr/sbin/nologin
messagebus:x:100:106::/nonexistent:/usr/sbin/nologin
sshd:x:101:65534::/run/sshd:/usr/sbin/nologin
`;

const systemGroup = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
lp:x:7:
mail:x:8:
news:x:9:
uucp:x:10:
man:x:12:
proxy:x:13:
kmem:x:15:
dialout:x:20:
fax:x:21:
voice:x:22:
cdrom:x:24:
floppy:x:25:
tape:x:26:
sudo:x:27:
audio:x:29:
dip:x:30:
www-data:x:33:
backup:x:34:
operator:x:37:
list:x:38:
irc:x:39:
src:x:40:
shadow:x:42:
utmp:x:43:
video:x:44:
sasl:x:45:
plugdev:x:46:
staff:x:50:
games:x:60:
users:x:100:
nogroup:x:65534:
systemd-journal:x:999:
systemd-network:x:998:
crontab:x:101:
input:x:102:
sgx:x:103:
kvm:x:104:
render:x:105:
messagebus:x:106:
_ssh:x:107:
netdev:x:108:
rdma:x:109:
`;

/** Days since 1970 of the installation: 2026-11-21. */
const installedDay = 20_778;

const idOf = (table: string, name: string): number => {
  for (const line of table.split("\n")) {
    const fields = line.split(":");
    if (fields[0] === name) return Number(fields[2]);
  }
  throw new Error(`no id for ${name}`);
};

/** Numeric ids for the owners that package files name. */
export const systemUserId = (name: string): number => idOf(systemPasswd, name);
export const systemGroupId = (name: string): number => idOf(systemGroup, name);

/** The first number that addgroup --system finds free on a fresh installation. */
const FIRST_ADDED_GROUP = 110;

/** What a maintainer script's adduser --system leaves. */
export interface AddedAccounts {
  readonly groups: readonly { readonly name: string; readonly gid: number | undefined }[];
  readonly users: readonly { readonly name: string; readonly uid: number | undefined; readonly group: string | undefined; readonly home: string; readonly gecos: string }[];
}

export function accountFiles(users: readonly HostUser[], added: AddedAccounts = { groups: [], users: [] }): readonly PackageFile[] {
  let passwd = systemPasswd;
  let group = systemGroup;
  let nextGroup = FIRST_ADDED_GROUP;
  for (const { name, gid } of added.groups) if (!group.split("\n").some((line) => line.startsWith(`${name}:`))) group += `${name}:x:${gid ?? nextGroup++}:\n`;
  for (const one of added.users) {
    if (one.uid === undefined || passwd.split("\n").some((line) => line.startsWith(`${one.name}:`))) continue;
    passwd += `${one.name}:x:${one.uid}:${idOf(group, one.group ?? one.name)}:${one.gecos}:${one.home}:/usr/sbin/nologin\n`;
  }
  let shadow = "";
  let subordinate = "";
  const people = users.filter((user) => user.name !== "root");
  const rootPassword = users.find((user) => user.name === "root")?.password;
  for (const line of systemPasswd.trimEnd().split("\n")) {
    const name = line.slice(0, line.indexOf(":"));
    const locked = name === "sshd" || name === "messagebus" || name === "systemd-network" ? "!" : "*";
    shadow += `${name}:${name === "root" && rootPassword !== undefined ? cryptPassword(rootPassword, "hoteroot") : locked}:${installedDay}:${locked === "!" ? ":::" : "0:99999:7:"}::\n`;
  }
  let subordinateStart = 100_000;
  for (const user of people) {
    passwd += `${user.name}:x:${user.uid}:${user.uid}:${user.gecos ?? ""}:/home/${user.name}:/bin/bash\n`;
    group += `${user.name}:x:${user.uid}:\n`;
    shadow += `${user.name}:${cryptPassword(user.password, `hote${user.name}`)}:${installedDay}:0:99999:7:::\n`;
    subordinate += `${user.name}:${subordinateStart}:65536\n`;
    subordinateStart += 65_536;
    for (const supplementary of user.groups) {
      group = group
        .split("\n")
        .map((line) => (line.startsWith(`${supplementary}:`) ? line + (line.endsWith(":") ? "" : ",") + user.name : line))
        .join("\n");
    }
  }
  const gshadow = group
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [name = "", , , members = ""] = line.split(":");
      return `${name}:${people.some((user) => user.name === name) || name === "systemd-journal" ? "!" : "*"}::${members}\n`;
    })
    .join("");
  const both = (path: string, text: string, mode: number, groupName = "root"): PackageFile[] => [
    { path, text, mode, group: groupName },
    { path: `${path}-`, text, mode, group: groupName },
  ];
  return [
    ...both("/etc/passwd", passwd, 0o644),
    ...both("/etc/group", group, 0o644),
    ...both("/etc/shadow", shadow, 0o640, "shadow"),
    ...both("/etc/gshadow", gshadow, 0o640, "shadow"),
    ...both("/etc/subuid", subordinate, 0o644),
    ...both("/etc/subgid", subordinate, 0o644),
    { path: "/etc/.pwd.lock", text: "", mode: 0o600 },
  ];
}
