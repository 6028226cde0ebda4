import { type Blocking, S, type Sys, SysError } from "../../../kernel/sys.ts";
import { ApiError } from "../../../daemons/docker/api/client.ts";
import { entryOf, packTree, readTar, type TarEntry, unpackEntry, writeTar } from "../../../daemons/docker/api/tar.ts";
import { cobra, exactly } from "../../kit/cobra.ts";
import { bool } from "../../kit/pflag.ts";
import { call, callJson, type DockerEnv, errorLine, part, query } from "../_docker-env.ts";

/** "box:/etc" → container and path; a path that begins with "." or "/" is always local. */
function split(text: string): { readonly container: string; readonly path: string } {
  if (/^[./]/.test(text) || !text.includes(":")) return { container: "", path: text };
  const colon = text.indexOf(":");
  return { container: text.slice(0, colon), path: text.slice(colon + 1) };
}

function absolute(sys: Sys, path: string): string {
  return path.startsWith("/") ? path : `${sys.getcwd() === "/" ? "" : sys.getcwd()}/${path}`;
}

function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  return trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

function* statIn(env: DockerEnv, container: string, path: string): Blocking<{ directory: boolean } | undefined> {
  try {
    return yield* callJson<{ directory: boolean }>(env, "HEAD", `/containers/${part(container)}/archive${query({ path })}`);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404 && !/^No such container/.test(error.message)) return undefined;
    throw error;
  }
}

function* toContainer(env: DockerEnv, source: string, container: string, target: string): Blocking<number> {
  const { sys } = env;
  let archive: Uint8Array;
  if (source === "-") {
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = yield* sys.read(0, 65_536);
      if (bytes.length === 0) break;
      parts.push(bytes);
    }
    const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const one of parts) {
      whole.set(one, at);
      at += one.length;
    }
    yield* call(env, "PUT", `/containers/${part(container)}/archive${query({ path: target })}`, whole);
    return 0;
  }
  const path = absolute(sys, source);
  let directory: boolean;
  try {
    directory = (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* env.io.err(`lstat ${path.replace(/\/+$/, "")}: ${error.message.toLowerCase()}\n`);
    return 1;
  }
  let found: { directory: boolean } | undefined;
  try {
    found = yield* statIn(env, container, target);
  } catch (error) {
    // docker's client looks for the directory first and never says that the container is missing
    if (error instanceof ApiError && error.status === 404) {
      yield* env.io.err("no such directory\n");
      return 1;
    }
    throw error;
  }
  const contents = directory && /(^|\/)\.$/.test(source);
  const into = found?.directory === true;
  if (!found && target.endsWith("/") && !directory) {
    yield* env.io.err("no such directory\n");
    return 1;
  }
  if (found && !found.directory && directory) {
    yield* env.io.err("cannot copy directory\n");
    return 1;
  }
  const parent = into ? target : target.replace(/\/+$/, "").slice(0, target.replace(/\/+$/, "").lastIndexOf("/")) || "/";
  const name = into ? (contents ? "" : baseName(path)) : baseName(target);
  const entries: TarEntry[] = [];
  if (!directory) {
    const own = yield* entryOf(sys, path, name);
    if (own) entries.push(own);
  } else {
    if (name !== "") {
      const own = yield* entryOf(sys, path.replace(/\/\.?$/, ""), name);
      if (own) entries.push(own);
    }
    for (const entry of yield* packTree(sys, path, () => false)) entries.push({ ...entry, name: name === "" ? entry.name : `${name}/${entry.name}` });
  }
  archive = writeTar(entries);
  try {
    yield* call(env, "PUT", `/containers/${part(container)}/archive${query({ path: parent })}`, archive);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
    yield* env.io.err(`Error: No such container:path: ${container}:${parent}\n`);
    return 1;
  }
  return 0;
}

function* fromContainer(env: DockerEnv, container: string, source: string, target: string): Blocking<number> {
  const { sys } = env;
  let archive: Uint8Array;
  try {
    archive = (yield* call(env, "GET", `/containers/${part(container)}/archive${query({ path: source })}`)).body;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404) || /^No such container/.test(error.message)) throw error;
    yield* env.io.err(`Error: No such container:path: ${container}:${source}\n`);
    return 1;
  }
  if (target === "-") {
    yield* sys.write(1, archive);
    return 0;
  }
  const entries = readTar(archive);
  const [first] = entries;
  if (!first) return 0;
  const place = absolute(sys, target).replace(/(.)\/+$/, "$1");
  let isDirectory = false;
  let exists = true;
  try {
    isDirectory = (sys.stat(place).mode & S.IFMT) === S.IFDIR;
  } catch {
    exists = false;
  }
  if (!exists && target.endsWith("/") && first.kind !== "directory") {
    yield* env.io.err(`no such directory\n`);
    return 1;
  }
  const contents = /(^|\/)\.$/.test(source);
  const root = isDirectory ? place : place.slice(0, place.lastIndexOf("/")) || "/";
  const renamed = isDirectory ? (contents ? "" : baseName(source) || first.name) : baseName(place);
  try {
    for (const entry of entries) {
      const below = entry.name === first.name ? "" : entry.name.slice(first.name === "." ? 0 : first.name.length + 1);
      const name = [renamed, below].filter((one) => one !== "").join("/");
      if (name === "") continue;
      yield* unpackEntry(sys, root === "/" ? "" : root, { ...entry, name }, sys.getcred().euid === 0);
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* env.io.err(`open ${place}: ${error.message.toLowerCase()}\n`);
    return 1;
  }
  return 0;
}

export const cp = cobra({
  use: "cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\ncp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
  short: "Copy files/folders between a container and the local filesystem",
  args: exactly(2),
  flags: { archive: bool("archive", "a", "Keep owner and group"), followLink: bool("follow-link", "L", "Follow symbolic links of the source") },
  *run({ args }, env: DockerEnv): Blocking<number> {
    const [first = "", second = ""] = args;
    if (first === "" || second === "") {
      yield* env.io.err(`${first === "" ? "source" : "destination"} can not be empty\n`);
      return 1;
    }
    const source = split(first);
    const target = split(second);
    try {
      if (source.container !== "" && target.container !== "") {
        yield* env.io.err("copying between containers is not supported\n");
        return 1;
      }
      if (source.container !== "") return yield* fromContainer(env, source.container, source.path, target.path);
      if (target.container !== "") return yield* toContainer(env, source.path, target.container, target.path);
      yield* env.io.err("must specify at least one container source\n");
      return 1;
    } catch (error) {
      const line = errorLine(error, { kind: "container:path", name: `${source.container}:${source.path}` });
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
