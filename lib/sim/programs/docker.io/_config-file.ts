// ~/.docker: config.json with what registries know of this person, and the contexts.

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { Sha256 } from "../kit/digest/sha256.ts";

interface ConfigFile {
  auths?: Record<string, { auth?: string }>;
  currentContext?: string;
}

export interface Context {
  readonly name: string;
  readonly description: string;
  readonly host: string;
}

/** The key of the Hub in config.json. */
export const HUB = "https://index.docker.io/v1/";

const directory = (sys: Sys) => sys.environment.get("DOCKER_CONFIG") ?? `${sys.environment.get("HOME") ?? "/root"}/.docker`;

export function* readWhole(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    const fd = yield* sys.open(path, O.RDONLY);
    let text = "";
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    sys.close(fd);
    return text;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function* writeWhole(sys: Sys, path: string, text: string): Blocking<void> {
  let at = "";
  for (const part of path.split("/").slice(1, -1)) {
    at += `/${part}`;
    try {
      sys.mkdir(at, 0o700);
    } catch (error) {
      if (!(error instanceof SysError && error.errno === "EEXIST")) throw error;
    }
  }
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  yield* sys.write(fd, encode(text));
  sys.close(fd);
}

export function* readConfig(sys: Sys): Blocking<ConfigFile> {
  const text = yield* readWhole(sys, `${directory(sys)}/config.json`);
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as ConfigFile) : {};
  } catch {
    return {};
  }
}

export function* writeConfig(sys: Sys, config: ConfigFile): Blocking<void> {
  yield* writeWhole(sys, `${directory(sys)}/config.json`, JSON.stringify(config, null, "\t"));
}

const registryKey = (registry: string) => (registry === "docker.io" || registry === "" ? HUB : registry);

/** "user:password" in base64, as the Authorization header takes it. */
export function* credentialsFor(sys: Sys, registry: string): Blocking<string | undefined> {
  const auths = new Map(Object.entries((yield* readConfig(sys)).auths ?? {}));
  return auths.get(registryKey(registry))?.auth;
}

function contextFile(sys: Sys, name: string): string {
  const hash = new Sha256();
  hash.update(encode(name));
  return `${directory(sys)}/contexts/meta/${toHex(hash.digest())}/meta.json`;
}

export function* readContext(sys: Sys, name: string): Blocking<Context | undefined> {
  const text = yield* readWhole(sys, contextFile(sys, name));
  if (text === undefined) return undefined;
  const meta = JSON.parse(text) as { Name: string; Metadata?: { Description?: string }; Endpoints?: { docker?: { Host?: string } } };
  return { name: meta.Name, description: meta.Metadata?.Description ?? "", host: meta.Endpoints?.docker?.Host ?? "" };
}

/** All but "default", by name. */
export function* readContexts(sys: Sys): Blocking<readonly Context[]> {
  const contexts: Context[] = [];
  let entries: readonly { readonly name: string }[] = [];
  try {
    entries = sys.readdir(`${directory(sys)}/contexts/meta`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const { name } of entries) {
    const text = yield* readWhole(sys, `${directory(sys)}/contexts/meta/${name}/meta.json`);
    const own = text === undefined ? undefined : yield* readContext(sys, (JSON.parse(text) as { Name: string }).Name);
    if (own) contexts.push(own);
  }
  return contexts.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function* writeContext(sys: Sys, context: Context): Blocking<void> {
  yield* writeWhole(sys, contextFile(sys, context.name), JSON.stringify({ Name: context.name, Metadata: context.description === "" ? {} : { Description: context.description }, Endpoints: { docker: { Host: context.host, SkipTLSVerify: false } } }));
}

export function removeContext(sys: Sys, name: string): void {
  const file = contextFile(sys, name);
  sys.unlink(file);
  sys.rmdir(file.slice(0, file.lastIndexOf("/")));
}

/** The context in use: DOCKER_HOST wins over all but --context. */
export function* currentContext(sys: Sys, wanted: string): Blocking<string> {
  if (wanted !== "") return wanted;
  if (sys.environment.has("DOCKER_HOST")) return "default";
  return sys.environment.get("DOCKER_CONTEXT") ?? (yield* readConfig(sys)).currentContext ?? "default";
}
