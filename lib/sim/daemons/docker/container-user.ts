// Which ids `--user` means inside a container: from the container's own /etc/passwd and /etc/group (libcontainer's user package).

export class UserNotFound extends Error {}

export interface ContainerUser {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly home: string;
}

function rows(file: string): string[][] {
  return file.split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split(":"));
}

/** `wanted`: "", "name", "uid", "name:group", "uid:gid". Errors: UserNotFound with runc's text. */
export function resolveUser(wanted: string, passwdFile: string, groupFile: string, extraGroups: readonly string[] = []): ContainerUser {
  const passwd = rows(passwdFile);
  const group = rows(groupFile);
  const [userPart = "", groupPart] = wanted.split(":");
  const numeric = /^\d+$/.test(userPart);
  const account = userPart === "" ? passwd.find((row) => row[2] === "0") : passwd.find((row) => row[0] === userPart || (numeric && row[2] === userPart));
  if (!account && userPart !== "" && !numeric) throw new UserNotFound(`unable to find user ${userPart}: no matching entries in passwd file`);
  const uid = account ? Number(account[2]) : Number(userPart === "" ? 0 : userPart);
  let gid = account ? Number(account[3]) : 0;
  const groupId = (name: string): number => {
    const found = group.find((row) => row[0] === name || row[2] === name);
    if (found) return Number(found[2]);
    if (/^\d+$/.test(name)) return Number(name);
    throw new UserNotFound(`unable to find group ${name}: no matching entries in group file`);
  };
  let groups: number[] = [];
  if (groupPart !== undefined && groupPart !== "") gid = groupId(groupPart);
  else if (account) groups = group.filter((row) => (row[3] ?? "").split(",").includes(account[0] ?? "")).map((row) => Number(row[2]));
  return { uid, gid, groups: [...new Set([...groups, ...extraGroups.map(groupId)])], home: account?.[5] ?? "/" };
}
