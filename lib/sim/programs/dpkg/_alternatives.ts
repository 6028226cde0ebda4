// Link groups: /var/lib/dpkg/alternatives/NAME, the links in /etc/alternatives and those that lead there (update-alternatives(1)).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { DPKG, readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { type AlternativeGroup, bestChoice, formatAlternatives, parseAlternatives } from "../kit/debian/alternatives.ts";

const ADMIN = `${DPKG}/alternatives`;
const LINKS = "/etc/alternatives";

export function* readGroup(sys: Sys, name: string): Blocking<AlternativeGroup | undefined> {
  const text = yield* readFile(sys, `${ADMIN}/${name}`);
  return text === "" ? undefined : parseAlternatives(name, text);
}

export function groupNames(sys: Sys): string[] {
  try {
    return sys.readdir(ADMIN).map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

/** Where /etc/alternatives/NAME leads; undefined when it leads nowhere. */
export function currentChoice(sys: Sys, name: string): string | undefined {
  try {
    return sys.readlink(`${LINKS}/${name}`);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function replaceLink(sys: Sys, path: string, target: string): void {
  try {
    if (sys.readlink(path) === target) return;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    // a file that is no link stays, as update-alternatives leaves it
    if (error.errno === "EINVAL") return;
  }
  const temporary = `${path}.dpkg-tmp`;
  dropLink(sys, temporary);
  sys.symlink(target, temporary);
  sys.rename(temporary, path);
}

/** Whether the link is there and leads where it should; "file": something that is no link stands in its place. */
export function linkKind(sys: Sys, path: string, target: string): "right" | "wrong" | "file" {
  try {
    return sys.readlink(path) === target ? "right" : "wrong";
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return error.errno === "EINVAL" ? "file" : "wrong";
  }
}

function dropLink(sys: Sys, path: string): void {
  try {
    sys.readlink(path);
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch {
    return false;
  }
}

/** Makes the links of a group lead to a choice. Slaves that the choice has not (or whose file is not there) go. */
export function pointTo(sys: Sys, group: AlternativeGroup, path: string): void {
  const choice = group.choices.find((one) => one.path === path);
  replaceLink(sys, `${LINKS}/${group.name}`, path);
  replaceLink(sys, group.link, `${LINKS}/${group.name}`);
  for (const [at, slave] of group.slaves.entries()) {
    const target = choice?.slaves[at] ?? "";
    if (target === "" || !exists(sys, target)) {
      dropLink(sys, `${LINKS}/${slave.name}`);
      dropLink(sys, slave.link);
    } else {
      replaceLink(sys, `${LINKS}/${slave.name}`, target);
      replaceLink(sys, slave.link, `${LINKS}/${slave.name}`);
    }
  }
}

export function* storeGroup(sys: Sys, group: AlternativeGroup): Blocking<void> {
  if (group.choices.length > 0) {
    yield* writeFile(sys, `${ADMIN}/${group.name}`, formatAlternatives(group));
    return;
  }
  try {
    sys.unlink(`${ADMIN}/${group.name}`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const { name, link } of [group, ...group.slaves]) {
    dropLink(sys, `${LINKS}/${name}`);
    dropLink(sys, link);
  }
}

export function best(group: AlternativeGroup): string | undefined {
  return bestChoice(group)?.path;
}
