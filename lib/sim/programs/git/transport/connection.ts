// The other end of a fetch or a push: git-upload-pack or git-receive-pack as a child, here or over ssh.
import type { Blocking } from "../../../kernel/sys.ts";
import { waitFor } from "../../kit/shell-command.ts";
import { exists } from "../../kit/presence.ts";
import { readTextFile } from "../../kit/accounts.ts";
import { startChild, statusOf } from "../base/child-process.ts";
import { Die } from "../base/die.ts";
import type { Git } from "../base/git.ts";
import type { ObjectId } from "../store/object-id.ts";
import { HungUp, PacketReader } from "./packet-line.ts";
import { remotePlace } from "./remote-url.ts";

export interface RemoteRef {
  readonly name: string;
  readonly id: ObjectId;
}

export interface Connection {
  readonly reader: PacketReader;
  readonly output: number;
  readonly pid: number;
  readonly refs: readonly RemoteRef[];
  /** what HEAD follows there */
  readonly headTarget: string | undefined;
  close(): Blocking<number>;
}

const CANNOT_READ = "Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.";

/** Throws Die. */
export function* connect(git: Git, url: string, service: "git-upload-pack" | "git-receive-pack", program?: string): Blocking<Connection> {
  const { sys } = git;
  const place = remotePlace(url);
  if (place.kind === "unknown") throw new Die(`Unable to find remote helper for '${place.scheme}'`, 128, [`git: 'remote-${place.scheme}' is not a git command. See 'git --help'.`]);
  if (place.kind === "web") return yield* noWeb(git, url, place.scheme, place.host);
  let argv: string[];
  if (place.kind === "local") {
    const found = [place.path, `${place.path}/.git`, `${place.path}.git`].find((path) => exists(sys, path));
    if (found === undefined) throw new Die(`'${place.path}' does not appear to be a git repository\nfatal: ${CANNOT_READ}`);
    argv = program === undefined ? ["/usr/bin/git", service.slice(4), place.path] : [program, place.path];
  } else {
    if (place.host.startsWith("-")) throw new Die(`strange hostname '${place.host}' blocked`);
    const command = `${program ?? service} '${place.path.replaceAll("'", "'\\''")}'`;
    const own = sys.environment.get("GIT_SSH_COMMAND") ?? git.config.get("core.sshcommand");
    const port = place.port === undefined ? [] : ["-p", place.port];
    argv = own === undefined ? [sys.environment.get("GIT_SSH") ?? "ssh", ...port, place.host, command] : ["sh", "-c", `${own} "$@"`, own, ...port, place.host, command];
  }
  const [inRead, inWrite] = sys.pipe();
  const [outRead, outWrite] = sys.pipe();
  let missing: string | undefined;
  sys.setCloexec(inRead, true);
  sys.setCloexec(outWrite, true);
  // The child finds the repository by itself.
  const environment = new Map<string, string | undefined>(["GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG_PARAMETERS"].map((name) => [name, undefined]));
  const pid = startChild(sys, argv, { environment, stdin: outRead, stdout: inWrite, close: [inRead, outWrite] }, false, (error) => { missing = error.message; });
  sys.close(inWrite);
  sys.close(outRead);
  sys.sigaction(13, "ignore");
  const reader = new PacketReader(sys, inRead);
  const refs: RemoteRef[] = [];
  let headTarget: string | undefined;
  try {
    for (;;) {
      const line = yield* reader.line();
      if (line === undefined) break;
      const [text = "", capabilities = ""] = line.split("\0");
      if (text.startsWith("ERR ")) throw new Die(`remote error: ${text.slice(4)}`);
      headTarget ??= /(?:^| )symref=HEAD:(\S+)/.exec(capabilities)?.[1];
      const name = text.slice(41);
      if (name !== "capabilities^{}") refs.push({ name, id: text.slice(0, 40) });
    }
  } catch (error) {
    if (!(error instanceof HungUp)) throw error;
    sys.close(outWrite);
    yield* waitFor(sys, pid);
    if (missing !== undefined) throw new Die(`unable to fork`, 128, [`error: cannot run ${argv[0]}: ${missing}`]);
    throw new Die(CANNOT_READ);
  }
  return {
    reader, output: outWrite, pid, refs, headTarget,
    *close() {
      for (const fd of [outWrite, inRead]) if (sys.descriptors().includes(fd)) sys.close(fd);
      return statusOf(yield* waitFor(sys, pid));
    },
  };
}

/** No server in the simulated world speaks git over the web: what a machine that cannot reach one says. */
function* noWeb(git: Git, url: string, scheme: string, host: string): Blocking<never> {
  const hosts = (yield* readTextFile(git.sys, "/etc/hosts")) ?? "";
  const known = hosts.split("\n").some((line) => line.replace(/#.*/, "").trim().split(/\s+/).slice(1).includes(host)) || /^[\d.]+$/.test(host);
  if (scheme === "git") throw new Die(known ? `unable to connect to ${host}:\n${host}[0: ${host}]: errno=Connection refused\n` : `unable to look up ${host} (port 9418) (Name or service not known)`);
  const port = scheme === "http" ? 80 : 443;
  const shown = url.endsWith("/") ? url : `${url}/`;
  throw new Die(known ? `unable to access '${shown}': Failed to connect to ${host} port ${port} after 0 ms: Couldn't connect to server` : `unable to access '${shown}': Could not resolve host: ${host}`);
}
