// ssh-keygen -F, -R and -H: known_hosts is searched, cleaned and hashed.
import type { Blocking } from "../../kernel/sys.ts";
import { fingerprint, publicLine, shownKind } from "./_key.ts";
import type { KeygenCall } from "./_keygen-call.ts";
import { hashedName, matchesHost, parseKnownHosts } from "./_known-hosts.ts";

function* knownHosts(call: KeygenCall): Blocking<{ readonly path: string; readonly content: string }> {
  const path = call.get("file") ?? `${yield* call.home()}/.ssh/known_hosts`;
  return { path, content: yield* call.read(path, (reason) => `Cannot stat ${path}: ${reason}`) };
}

export function* findHost(call: KeygenCall, name: string): Blocking<number> {
  const { content } = yield* knownHosts(call);
  let found = false;
  for (const entry of parseKnownHosts(content)) {
    if (!matchesHost(entry.hosts, name)) continue;
    found = true;
    const shown = call.has("list") ? `${name} ${shownKind(entry.key.kind)} ${fingerprint(entry.key.blob, call.hash)}` : call.has("hashHosts") && !entry.hosts.startsWith("|") ? `${hashedName(name, call.sys.random(20))} ${publicLine({ ...entry.key, comment: "" })}` : entry.text;
    yield* call.say(`${call.quiet ? "" : `# Host ${name} found: line ${entry.line} \n`}${shown}\n`);
  }
  return found ? 0 : 1;
}

export function* removeHost(call: KeygenCall, name: string): Blocking<number> {
  const { path, content } = yield* knownHosts(call);
  const gone = new Set<number>();
  for (const entry of parseKnownHosts(content)) {
    if (!matchesHost(entry.hosts, name)) continue;
    gone.add(entry.line);
    yield* call.say(`# Host ${name} found: line ${entry.line}\n`);
  }
  if (gone.size === 0) {
    yield* call.complain(`Host ${name} not found in ${path}`);
    return 0;
  }
  yield* call.write(`${path}.old`, content, 0o600);
  yield* call.write(path, content.split("\n").filter((_, index) => !gone.has(index + 1)).join("\n"), 0o600);
  yield* call.say(`${path} updated.\nOriginal contents retained as ${path}.old\n`);
  return 0;
}

export function* hashHosts(call: KeygenCall): Blocking<number> {
  const { path, content } = yield* knownHosts(call);
  const lines = content.split("\n");
  for (const entry of parseKnownHosts(content)) {
    if (entry.hosts.startsWith("|") || /[*?!]/.test(entry.hosts)) continue;
    lines[entry.line - 1] = entry.hosts.split(",").map((host) => `${hashedName(host, call.sys.random(20))} ${publicLine({ ...entry.key, comment: "" })}`).join("\n");
  }
  yield* call.write(`${path}.old`, content, 0o600);
  yield* call.write(path, lines.join("\n"), 0o600);
  yield* call.say(`${path} updated.\nOriginal contents retained as ${path}.old\n`);
  yield* call.io.stderr(`WARNING: ${path}.old contains unhashed entries\nDelete this file to ensure privacy of hostnames\n`);
  return 0;
}
