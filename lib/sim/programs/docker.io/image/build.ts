import { type Blocking, decode, encode, O, type Sys, SysError } from "../../../kernel/sys.ts";
import { ApiError, requestStream, type StreamMessage } from "../../../daemons/docker/api/client.ts";
import { BadReference, parseReference } from "../../../daemons/docker/api/reference.ts";
import { humanSize } from "../../../daemons/docker/api/human.ts";
import { packTree, type TarEntry, writeTar } from "../../../daemons/docker/api/tar.ts";
import { cobra, exactly } from "../../kit/cobra.ts";
import { bool, FlagValueError, list, string } from "../../kit/pflag.ts";
import { type DockerEnv, errorLine, query } from "../_docker-env.ts";
import { ignoreRules } from "../_dockerignore.ts";
import { isDirectory, runFlags } from "../_run-flags.ts";

function checkTag(text: string): void {
  try {
    parseReference(text);
  } catch (error) {
    if (error instanceof BadReference) throw new FlagValueError(error.message);
    throw error;
  }
}

function* readAll(sys: Sys, fd: number): Blocking<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) break;
    parts.push(bytes);
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function absolute(sys: Sys, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${sys.getcwd()}/${path}`).split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `/${parts.join("/")}`;
}

class ContextError extends Error {}

const fileEntry = (name: string, bytes: Uint8Array): TarEntry => ({ name, kind: "file", mode: 0o600, uid: 0, gid: 0, mtimeUs: 0, target: "", rdev: 0, bytes, sizeBytes: bytes.length });

/** The context's entries and the Dockerfile's name in it. Errors: ContextError "unable to prepare context: …". */
function* contextOf(sys: Sys, place: string, file: string): Blocking<{ entries: TarEntry[]; dockerfile: string }> {
  if (place === "-") return { entries: [fileEntry("Dockerfile", yield* readAll(sys, 0))], dockerfile: "Dockerfile" };
  if (/^(https?|git):\/\/|^git@/.test(place)) throw new ContextError(`unable to prepare context: unable to download from ${place}: no such host`);
  const root = absolute(sys, place);
  if (!isDirectory(sys, root)) {
    let exists = true;
    try {
      sys.stat(root);
    } catch {
      exists = false;
    }
    throw new ContextError(exists ? `unable to prepare context: context must be a directory: ${root}` : `unable to prepare context: path ${JSON.stringify(place)} not found`);
  }
  const named = file === "" ? `${root}/Dockerfile` : absolute(sys, file.startsWith("/") ? file : `${file}`);
  let path = named;
  const readable = (candidate: string) => {
    try {
      sys.stat(candidate);
      return true;
    } catch {
      return false;
    }
  };
  if (!readable(path) && file === "" && readable(`${root}/dockerfile`)) path = `${root}/dockerfile`;
  let extra: TarEntry | undefined;
  if (!readable(path)) throw new ContextError(`unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${path}: no such file or directory`);
  let dockerfile = path.startsWith(`${root === "/" ? "" : root}/`) ? path.slice(root === "/" ? 1 : root.length + 1) : "";
  if (dockerfile === "") {
    const fd = yield* sys.open(path, O.RDONLY);
    extra = fileEntry(".dockerfile.outside-context", yield* readAll(sys, fd));
    sys.close(fd);
    dockerfile = extra.name;
  }
  let rules = ignoreRules("");
  try {
    const fd = yield* sys.open(`${root}/.dockerignore`, O.RDONLY);
    rules = ignoreRules(decode(yield* readAll(sys, fd)));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  let entries: TarEntry[];
  try {
    entries = yield* packTree(sys, root, (name, directory) => name !== dockerfile && name !== ".dockerignore" && rules.skips(name, directory));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new ContextError(`error checking context: 'no permission to read from '${root}''.`);
  }
  return { entries: extra ? [...entries, extra] : entries.filter((entry) => entry.kind !== "directory" || rules.keepsDirectory(entry.name) || !rules.skips(entry.name, false)), dockerfile };
}

function make(use: string) {
  return cobra({
    use,
    short: "Build an image from a Dockerfile",
    args: exactly(1),
    flags: {
      addHost: runFlags.addHost,
      buildArg: list("build-arg", "", "Set variables of the build"),
      cacheFrom: list("cache-from", "", "Images that serve as cache", { type: "strings", support: { partly: "accepted: the local cache is left aside, as docker does, and that of the images is not looked at" } }),
      compress: bool("compress", "", "Compress the context"),
      cpuShares: runFlags.cpuShares,
      disableContentTrust: runFlags.disableContentTrust,
      file: string("file", "f", "Name of the Dockerfile (otherwise PATH/Dockerfile)"),
      forceRm: bool("force-rm", "", "Always remove intermediate containers"),
      iidfile: string("iidfile", "", "Write the image's id to a file"),
      label: list("label", "", "Set labels"),
      memory: runFlags.memory,
      network: string("network", "", "Network of RUN instructions", { initial: "default", defaultText: '"default"' }),
      noCache: bool("no-cache", "", "Do not use the cache"),
      pull: bool("pull", "", "Always look for a newer base image"),
      quiet: bool("quiet", "q", "Only print the image's id"),
      rm: bool("rm", "", "Remove intermediate containers after a success", { initial: true, defaultText: "true" }),
      output: list("output", "o", "BuildKit's: accepted without effect"),
      platform: runFlags.platform,
      progress: string("progress", "", "BuildKit's: accepted without effect", { initial: "auto", defaultText: '"auto"' }),
      secret: list("secret", "", "BuildKit's: accepted without effect"),
      squash: bool("squash", "", "Squash new layers into one (experimental daemons)"),
      ssh: list("ssh", "", "BuildKit's: accepted without effect"),
      tag: list("tag", "t", "Name and tag, NAME:TAG", { check: checkTag }),
      target: string("target", "", "Stage to build"),
    },
    *run({ flags, args }, env: DockerEnv): Blocking<number> {
      const { sys } = env;
      if (flags.squash) {
        yield* env.io.err('"--squash" is only supported on a Docker daemon with experimental features enabled\n');
        return 1;
      }
      let context: { entries: TarEntry[]; dockerfile: string };
      try {
        context = yield* contextOf(sys, args[0] ?? "", flags.file);
      } catch (error) {
        if (!(error instanceof ContextError)) throw error;
        yield* env.io.err(`${error.message}\n`);
        return 1;
      }
      const archive = writeTar(context.entries);
      let text = "";
      const show = function* (line: string): Blocking<void> {
        if (flags.quiet) text += line;
        else yield* sys.write(1, encode(line));
      };
      const contextBytes = args[0] === "-" ? 512 + Math.ceil((context.entries[0]?.bytes.length ?? 0) / 512) * 512 + 1024 : archive.length;
      const buildArgs = Object.fromEntries(flags.buildArg.map((entry) => [entry.split("=")[0] ?? "", entry.includes("=") ? entry.slice(entry.indexOf("=") + 1) : (sys.environment.get(entry) ?? null)]));
      const labels = Object.fromEntries(flags.label.map((entry) => [entry.split("=")[0] ?? "", entry.slice(entry.indexOf("=") + 1)]));
      let id = "";
      let failed: StreamMessage | undefined;
      try {
        const sent = `Sending build context to Docker daemon  ${humanSize(contextBytes, 4)}`;
        let announced = false;
        const announce = function* (): Blocking<void> {
          if (announced) return;
          announced = true;
          yield* show(`${sent}\n`);
        };
        try {
          yield* requestStream(sys, "POST", `/build${query({ dockerfile: context.dockerfile, tags: JSON.stringify(flags.tag), buildargs: JSON.stringify(buildArgs), labels: JSON.stringify(labels), target: flags.target, nocache: flags.noCache || flags.cacheFrom.length > 0, rm: flags.rm ? 1 : "0", forcerm: flags.forceRm, pull: flags.pull, host: JSON.stringify({ Memory: flags.memory, CpuShares: flags.cpuShares, ...(flags.network !== "default" && { NetworkMode: flags.network }) }) })}`, archive, function* (message) {
            yield* announce();
            if (message.aux?.ID !== undefined) id = message.aux.ID;
            if (message.error !== undefined) failed = message;
            if (message.stream !== undefined) yield* show(message.stream);
            else if (message.status !== undefined && !message.progress) yield* show(`${message.id === undefined ? "" : `${message.id}: `}${message.status}\n`);
          }, env.host);
        } catch (error) {
          if (error instanceof ApiError) yield* announce();
          throw error;
        }
      } catch (error) {
        const line = errorLine(error);
        if (line === undefined) throw error;
        yield* env.io.err(`${line}\n`);
        return 1;
      }
      if (failed) {
        if (flags.quiet) yield* env.io.err(text);
        yield* env.io.err(`${failed.error ?? ""}\n`);
        return failed.errorDetail?.code === undefined || failed.errorDetail.code === 0 ? 1 : failed.errorDetail.code;
      }
      if (flags.quiet) yield* env.io.out(`${id}\n`);
      if (flags.iidfile !== "") {
        const fd = yield* sys.open(flags.iidfile, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
        yield* sys.write(fd, encode(id));
        sys.close(fd);
      }
      return 0;
    },
  });
}

export const build = make("build [OPTIONS] PATH | URL | -");
