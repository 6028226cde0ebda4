// The legacy builder: runs a Dockerfile's instructions, one image after the other, each from the cache when it can be.
// (More than 400 lines: a case for each instruction; cache and layers are decided between them.)

import { type Blocking, decode, type Sys } from "../../../kernel/sys.ts";
import { parseReference, BadReference, withDefaultTag } from "../api/reference.ts";
import type { TarEntry } from "../api/tar.ts";
import { commitContainer } from "../commit-container.ts";
import type { Attached } from "../container-io.ts";
import type { HostConfig, StoredContainer } from "../container.ts";
import { createContainer } from "../create-container.ts";
import { type Engine, EngineError } from "../engine.ts";
import { defaultHostConfig, emptyConfig } from "../host-config.ts";
import type { ContainerConfig, Image } from "../image-store.ts";
import { pullImage } from "../pull-image.ts";
import { removeContainer } from "../remove-container.ts";
import { startContainer } from "../start-container.ts";
import { waitForEnd } from "../stop-container.ts";
import { BuildFailed } from "./build-failed.ts";
import { copyIntoImage, type CopySource, planCopy } from "./copy-files.ts";
import { expandVariables, type Instruction, keyValues, parseDockerfile, parseInstruction, splitWords } from "./dockerfile.ts";

export interface BuildRequest {
  readonly context: readonly TarEntry[];
  readonly dockerfile: string;
  readonly tags: readonly string[];
  readonly buildArgs: ReadonlyMap<string, string | null>;
  readonly target: string;
  readonly noCache: boolean;
  readonly remove: boolean;
  readonly forceRemove: boolean;
  readonly pull: boolean;
  readonly labels: ReadonlyMap<string, string>;
  readonly host: Partial<HostConfig>;
}

/** What the client shows: lines of the stream, and the error that ends it. */
export interface BuildOutput {
  stream(text: string): Blocking<void>;
  status(message: { status: string; id?: string; progress?: string }): Blocking<void>;
  aux(id: string): Blocking<void>;
}

/** Arguments that every Dockerfile may use without declaring them. */
const predefinedArgs = new Set(["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy"]);

interface Stage {
  readonly name: string;
  image: Image | undefined;
}

const shortId = (id: string) => id.replace("sha256:", "").slice(0, 12);

const BUILDKIT_FLAGS = new Map([["RUN", ["mount", "network", "security"]], ["COPY", ["chmod", "link"]], ["ADD", ["chmod", "link", "checksum"]]]);

class Builder {
  readonly #engine: Engine;
  readonly #sys: Sys;
  readonly #request: BuildRequest;
  readonly #output: BuildOutput;
  readonly #stages: Stage[] = [];
  #image: Image | undefined;
  #config: ContainerConfig = emptyConfig();
  /** ARGs of this stage that have a value */
  #args = new Map<string, string>();
  /** ARGs before the first FROM */
  readonly #globalArgs = new Map<string, string>();
  readonly #consumed = new Set<string>();
  #useCache: boolean;
  #cmdSet = false;

  constructor(engine: Engine, sys: Sys, request: BuildRequest, output: BuildOutput) {
    this.#engine = engine;
    this.#sys = sys;
    this.#request = request;
    this.#output = output;
    this.#useCache = !request.noCache;
  }

  *run(): Blocking<Image> {
    const file = this.#request.context.find((entry) => entry.name === this.#request.dockerfile) ?? (this.#request.dockerfile === "Dockerfile" ? this.#request.context.find((entry) => entry.name === "dockerfile") : undefined);
    if (!file) throw new EngineError(400, `Cannot locate specified Dockerfile: ${this.#request.dockerfile}`);
    const instructions = parseDockerfile(decode(file.bytes), this.#request.dockerfile);
    const firstFrom = instructions.findIndex((instruction) => instruction.name === "FROM");
    if (firstFrom < 0 || instructions.slice(0, firstFrom).some((instruction) => instruction.name !== "ARG")) throw new EngineError(400, "no build stage in current context");
    const wanted = this.#upTo(instructions);
    const labels: Instruction[] = this.#request.labels.size === 0 ? [] : [parseInstruction(`LABEL ${[...this.#request.labels].map(([key, value]) => `${JSON.stringify(key)}=${JSON.stringify(value)}`).join(" ")}`, 0)];
    const steps = [...wanted, ...labels];
    for (const [place, instruction] of steps.entries()) {
      yield* this.#output.stream(`Step ${place + 1}/${steps.length} : ${instruction.original}\n`);
      yield* this.#dispatch(instruction);
      const image = this.#image;
      if (image && this.#stages.length > 0) {
        yield* this.#output.stream(` ---> ${shortId(image.id)}\n`);
        const stage = this.#stages.at(-1);
        if (stage) stage.image = image;
      }
    }
    const unused = [...this.#request.buildArgs.keys()].filter((name) => !this.#consumed.has(name) && !predefinedArgs.has(name));
    if (unused.length > 0) yield* this.#output.stream(`[Warning] One or more build-args [${unused.sort().join(" ")}] were not consumed\n`);
    if (!this.#image) throw new BuildFailed("No image was generated. Is your Dockerfile empty?");
    yield* this.#output.aux(this.#image.id);
    yield* this.#output.stream(`Successfully built ${shortId(this.#image.id)}\n`);
    for (const tag of this.#request.tags) {
      const reference = withDefaultTag(parseReference(tag));
      yield* this.#engine.images.tag(this.#sys, reference, this.#image.id);
      yield* this.#output.stream(`Successfully tagged ${tag.includes(":") && tag.lastIndexOf(":") > tag.lastIndexOf("/") ? tag : `${tag}:latest`}\n`);
    }
    return this.#image;
  }

  /** With --target: the instructions up to the end of that stage. */
  #upTo(instructions: readonly Instruction[]): readonly Instruction[] {
    const { target } = this.#request;
    if (target === "") return instructions;
    let stage = -1;
    let found = false;
    for (const [place, instruction] of instructions.entries()) {
      if (instruction.name !== "FROM") continue;
      if (found) return instructions.slice(0, place);
      stage++;
      const name = splitWords(instruction.rest)[2] ?? "";
      found = name.toLowerCase() === target.toLowerCase() || String(stage) === target;
    }
    if (!found) throw new EngineError(400, `failed to reach build target ${target} in Dockerfile`);
    return instructions;
  }

  #lookup = (name: string): string | undefined => {
    for (const entry of this.#config.Env ?? []) if (entry.startsWith(`${name}=`)) return entry.slice(name.length + 1);
    return this.#args.get(name);
  };

  *#dispatch(instruction: Instruction): Blocking<void> {
    const { name, rest, json } = instruction;
    const only = (BUILDKIT_FLAGS.get(name) ?? []).find((flag) => instruction.flags.has(flag));
    if (only !== undefined) throw new BuildFailed(`the --${only} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled`);
    const text = () => expandVariables(rest, this.#lookup);
    switch (name) {
      case "FROM":
        return yield* this.#from(instruction);
      case "ARG":
        return yield* this.#arg(instruction);
      case "RUN":
        return yield* this.#runCommand(json ?? [...this.#shell(), rest]);
      case "COPY":
      case "ADD":
        return yield* this.#copy(instruction);
      case "ENV": {
        const pairs = keyValues(rest, this.#lookup);
        for (const [key, value] of pairs) this.#config.Env = [...(this.#config.Env ?? []).filter((entry) => !entry.startsWith(`${key}=`)), `${key}=${value}`];
        return yield* this.#commit(`ENV ${pairs.map(([key, value]) => `${key}=${value}`).join(" ")}`);
      }
      case "LABEL": {
        const pairs = keyValues(rest, this.#lookup);
        this.#config.Labels = { ...this.#config.Labels, ...Object.fromEntries(pairs) };
        return yield* this.#commit(`LABEL ${pairs.map(([key, value]) => `${key}=${value}`).join(" ")}`);
      }
      case "MAINTAINER":
        return yield* this.#commit(`MAINTAINER ${rest}`);
      case "CMD":
        this.#config.Cmd = json ?? [...this.#shell(), rest];
        this.#cmdSet = true;
        return yield* this.#commit(`CMD [${this.#config.Cmd.map((word) => JSON.stringify(word)).join(" ")}]`);
      case "ENTRYPOINT":
        this.#config.Entrypoint = json ?? [...this.#shell(), rest];
        if (!this.#cmdSet) this.#config.Cmd = null;
        return yield* this.#commit(`ENTRYPOINT [${this.#config.Entrypoint.map((word) => JSON.stringify(word)).join(" ")}]`);
      case "EXPOSE": {
        const ports = splitWords(text());
        const exposed: Record<string, Record<string, never>> = { ...this.#config.ExposedPorts };
        for (const port of ports) {
          if (!/^\d+(-\d+)?(\/(tcp|udp|sctp))?$/.test(port)) throw new BuildFailed(`Invalid containerPort: ${port.split("/")[0]}`);
          exposed[port.includes("/") ? port : `${port}/tcp`] = {};
        }
        this.#config.ExposedPorts = exposed;
        return yield* this.#commit(`EXPOSE ${[...ports].sort().join(" ")}`);
      }
      case "VOLUME": {
        const volumes = json ? json.map((one) => expandVariables(one, this.#lookup)) : splitWords(text());
        this.#config.Volumes = { ...this.#config.Volumes, ...Object.fromEntries(volumes.map((volume) => [volume, {}])) };
        return yield* this.#commit(`VOLUME [${volumes.join(" ")}]`);
      }
      case "USER":
        this.#config.User = text();
        return yield* this.#commit(`USER ${this.#config.User}`);
      case "WORKDIR":
        return yield* this.#workdir(text());
      case "STOPSIGNAL":
        this.#config.StopSignal = text();
        return yield* this.#commit(`STOPSIGNAL ${this.#config.StopSignal}`);
      case "SHELL":
        this.#config.Shell = json ?? [];
        return yield* this.#commit(`SHELL [${(json ?? []).join(" ")}]`);
      case "HEALTHCHECK":
        return yield* this.#healthcheck(instruction);
      case "ONBUILD": {
        const trigger = rest.split(/\s+/)[0]?.toUpperCase() ?? "";
        if (trigger === "ONBUILD") throw new BuildFailed("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
        if (trigger === "MAINTAINER" || trigger === "FROM") throw new BuildFailed(`${trigger} isn't allowed as an ONBUILD trigger`);
        this.#config.OnBuild = [...(this.#config.OnBuild ?? []), rest];
        return yield* this.#commit(`ONBUILD ${rest}`);
      }
      default:
        throw new BuildFailed(`unknown instruction: ${name}`);
    }
  }

  #shell(): readonly string[] {
    return this.#config.Shell ?? ["/bin/sh", "-c"];
  }

  *#from(instruction: Instruction): Blocking<void> {
    const [base = "", , name = ""] = splitWords(instruction.rest);
    const expanded = expandVariables(base, (key) => this.#request.buildArgs.get(key) ?? this.#globalArgs.get(key));
    if (expanded === "") throw new BuildFailed(`base name (${base}) should not be blank`);
    this.#stages.push({ name: name.toLowerCase(), image: undefined });
    this.#args = new Map();
    this.#cmdSet = false;
    this.#useCache = !this.#request.noCache;
    const earlier = this.#stages.slice(0, -1).findLast((stage) => stage.name !== "" && stage.name === expanded.toLowerCase());
    if (earlier?.image) this.#image = earlier.image;
    else if (expanded === "scratch") this.#image = undefined;
    else {
      const id = this.#engine.images.resolve(expanded);
      try {
        parseReference(expanded);
      } catch (error) {
        if (error instanceof BadReference) throw new BuildFailed(error.message);
        throw error;
      }
      if (this.#request.pull || (id === undefined && !/^[0-9a-f]{12,64}$/.test(expanded))) {
        try {
          yield* pullImage(this.#engine, this.#sys, expanded, undefined, (message) => this.#output.status(message));
        } catch (error) {
          if (error instanceof EngineError) throw new BuildFailed(error.message);
          throw error;
        }
      }
      try {
        this.#image = this.#engine.images.find(expanded);
      } catch (error) {
        throw new BuildFailed(error instanceof Error ? error.message : String(error));
      }
    }
    const image = this.#image;
    this.#config = image ? { ...image.config.config, Image: image.id, Hostname: "" } : { ...emptyConfig(), Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"] };
    const triggers = this.#config.OnBuild ?? [];
    this.#config.OnBuild = null;
    if (triggers.length > 0) {
      yield* this.#output.stream(`# Executing ${triggers.length} build trigger${triggers.length === 1 ? "" : "s"}\n`);
      for (const trigger of triggers) yield* this.#dispatch(parseInstruction(trigger, instruction.line));
    }
  }

  *#arg(instruction: Instruction): Blocking<void> {
    for (const word of splitWords(instruction.rest)) {
      const equals = word.indexOf("=");
      const name = equals < 0 ? word : word.slice(0, equals);
      const given = this.#request.buildArgs.get(name);
      if (this.#request.buildArgs.has(name)) this.#consumed.add(name);
      const fallback = equals < 0 ? undefined : expandVariables(word.slice(equals + 1), this.#stages.length === 0 ? (key) => this.#globalArgs.get(key) : this.#lookup);
      if (this.#stages.length === 0) {
        const value = given ?? fallback;
        if (value !== undefined) this.#globalArgs.set(name, value);
      } else {
        const value = given ?? fallback ?? this.#globalArgs.get(name);
        if (value !== undefined) this.#args.set(name, value);
      }
    }
    if (this.#stages.length > 0) yield* this.#commit(`ARG ${instruction.rest}`);
  }

  /** Arguments that the command sees and that its cache key holds: "|1 COLOR=blue". */
  #argPrefix(): { readonly key: string; readonly env: readonly string[] } {
    const inEnvironment = new Set((this.#config.Env ?? []).map((entry) => entry.split("=")[0]));
    const entries = [...this.#args].filter(([name]) => !inEnvironment.has(name)).map(([name, value]) => `${name}=${value}`).sort();
    return { key: entries.length === 0 ? "" : `|${entries.length} ${entries.join(" ")} `, env: entries };
  }

  *#cached(createdBy: string): Blocking<boolean> {
    if (!this.#useCache) return false;
    const parent = this.#image?.id ?? "";
    const comparable = JSON.stringify({ ...this.#config, Image: "", Hostname: "" });
    for (const image of this.#engine.images.images.values()) {
      if (image.parent !== parent) continue;
      const last = image.config.history.at(-1)?.created_by;
      if (last !== createdBy) continue;
      if (JSON.stringify({ ...image.config.config, Image: "", Hostname: "" }) !== comparable) continue;
      yield* this.#output.stream(" ---> Using cache\n");
      this.#image = image;
      return true;
    }
    this.#useCache = false;
    return false;
  }

  #hostConfig(): HostConfig {
    return { ...defaultHostConfig(), ...this.#request.host };
  }

  *#makeContainer(config: ContainerConfig): Blocking<StoredContainer> {
    const parent = this.#image;
    if (!parent) throw new BuildFailed("No base image");
    return yield* createContainer(this.#engine, this.#sys, { name: "", config: { ...config, Image: parent.id, Labels: config.Labels }, host: this.#hostConfig(), networkAliases: [], address: "", mac: "" });
  }

  /** An instruction that only changes the configuration. */
  *#commit(comment: string): Blocking<void> {
    const createdBy = `/bin/sh -c #(nop)  ${comment}`;
    if (yield* this.#cached(createdBy)) return;
    if (!this.#image) {
      this.#image = yield* this.#addImage(createdBy, undefined);
      return;
    }
    const container = yield* this.#makeContainer({ ...emptyConfig(), Cmd: ["/bin/sh", "-c", `#(nop) ${comment}`], Entrypoint: [] });
    yield* this.#output.stream(` ---> Running in ${container.Id.slice(0, 12)}\n`);
    this.#image = yield* this.#addImage(createdBy, undefined);
    if (this.#request.remove) {
      yield* removeContainer(this.#engine, this.#sys, container, { force: true, volumes: true });
      yield* this.#output.stream(`Removing intermediate container ${container.Id.slice(0, 12)}\n`);
    }
  }

  *#addImage(createdBy: string, layer: string | undefined): Blocking<Image> {
    const parent = this.#image;
    const created = this.#engine.now(this.#sys);
    const json = JSON.stringify({
      architecture: "amd64",
      config: { ...this.#config, Hostname: "", Image: parent?.id ?? "" },
      container_config: { ...this.#config, Cmd: ["/bin/sh", "-c", createdBy], Image: parent?.id ?? "" },
      created,
      docker_version: "20.10.24+dfsg1",
      history: [...(parent?.config.history ?? []), { created, created_by: createdBy, ...(layer === undefined && { empty_layer: true }) }],
      os: "linux",
      rootfs: { type: "layers", diff_ids: [...(parent?.config.rootfs.diff_ids ?? []), ...(layer === undefined ? [] : [layer])] },
    });
    return yield* this.#engine.images.addImage(this.#sys, json, parent?.id ?? "");
  }

  *#workdir(path: string): Blocking<void> {
    const before = this.#config.WorkingDir === "" ? "/" : this.#config.WorkingDir;
    this.#config.WorkingDir = path.startsWith("/") ? path.replace(/(.)\/+$/, "$1") : `${before.replace(/\/$/, "")}/${path}`;
    const directory = this.#config.WorkingDir;
    const createdBy = `/bin/sh -c #(nop) WORKDIR ${directory}`;
    if (yield* this.#cached(createdBy)) return;
    const container = yield* this.#makeContainer({ ...emptyConfig(), Cmd: ["/bin/sh", "-c", `#(nop) WORKDIR ${directory}`], Entrypoint: [] });
    yield* this.#output.stream(` ---> Running in ${container.Id.slice(0, 12)}\n`);
    const entries: TarEntry[] = [{ name: directory.slice(1), kind: "directory", mode: 0o755, uid: 0, gid: 0, mtimeUs: this.#sys.clockUs("realtime"), target: "", rdev: 0, bytes: new Uint8Array(0), sizeBytes: 0 }];
    const layer = yield* copyIntoImage(this.#engine, this.#sys, this.#image, entries.filter((entry) => entry.name !== ""), true);
    this.#image = yield* this.#addImage(createdBy, layer?.diffId);
    if (this.#request.remove) {
      yield* removeContainer(this.#engine, this.#sys, container, { force: true, volumes: true });
      yield* this.#output.stream(`Removing intermediate container ${container.Id.slice(0, 12)}\n`);
    }
  }

  *#copy(instruction: Instruction): Blocking<void> {
    const { name, flags, json } = instruction;
    const words = json ? json.map((word) => expandVariables(word, this.#lookup)) : splitWords(instruction.rest).map((word) => expandVariables(word, this.#lookup));
    const target = words.at(-1) ?? "";
    const sources = words.slice(0, -1);
    const from = flags.get("from");
    const source: CopySource = from === undefined ? { kind: "context", entries: this.#request.context } : yield* this.#copySource(from);
    const plan = yield* planCopy(this.#engine, this.#sys, { name, sources, target, workdir: this.#config.WorkingDir, source, chown: flags.get("chown"), chmod: flags.get("chmod"), image: this.#image });
    const createdBy = `/bin/sh -c #(nop) ${name} ${plan.kind}:${plan.digest} in ${plan.shownTarget} `;
    if (yield* this.#cached(createdBy)) return;
    const layer = yield* copyIntoImage(this.#engine, this.#sys, this.#image, plan.entries, false);
    this.#image = yield* this.#addImage(createdBy, layer?.diffId);
  }

  *#copySource(from: string): Blocking<CopySource> {
    const stage = this.#stages.slice(0, -1).find((one, place) => one.name === from.toLowerCase() || String(place) === from);
    if (stage) {
      if (!stage.image) throw new BuildFailed(`invalid from flag value ${from}: stage has no image`);
      return { kind: "image", image: stage.image };
    }
    if (this.#engine.images.resolve(from) === undefined) {
      try {
        yield* pullImage(this.#engine, this.#sys, from, undefined, (message) => this.#output.status(message));
      } catch (error) {
        if (error instanceof EngineError) throw new BuildFailed(`invalid from flag value ${from}: ${error.message}`);
        throw error;
      }
    }
    return { kind: "image", image: this.#engine.images.find(from) };
  }

  *#healthcheck(instruction: Instruction): Blocking<void> {
    const { flags } = instruction;
    const match = /^(\S+)\s*([\s\S]*)$/.exec(instruction.rest);
    const type = (match?.[1] ?? "").toUpperCase();
    if (type === "NONE") {
      this.#config.Healthcheck = { Test: ["NONE"] };
      return yield* this.#commit("HEALTHCHECK &{[\"NONE\"] \"0s\" \"0s\" \"0s\" '\\x00'}");
    }
    if (type !== "CMD") throw new BuildFailed(`Unknown type "${match?.[1] ?? ""}" in HEALTHCHECK (try CMD)`);
    const command = match?.[2] ?? "";
    const json = /^\[/.test(command) ? (JSON.parse(command) as string[]) : undefined;
    const test = json ? ["CMD", ...json] : ["CMD-SHELL", command];
    const duration = (flag: string) => durationNs(flags.get(flag));
    const retries = Number(flags.get("retries") ?? 0);
    this.#config.Healthcheck = { Test: test, ...(flags.has("interval") && { Interval: duration("interval") }), ...(flags.has("timeout") && { Timeout: duration("timeout") }), ...(flags.has("start-period") && { StartPeriod: duration("start-period") }), ...(retries > 0 && { Retries: retries }) };
    yield* this.#commit(`HEALTHCHECK &{[${test.map((word) => JSON.stringify(word)).join(" ")}] "${flags.get("interval") ?? "0s"}" "${flags.get("timeout") ?? "0s"}" "${flags.get("start-period") ?? "0s"}" '\\x${retries.toString(16).padStart(2, "0")}'}`);
  }

  *#runCommand(argv: readonly string[]): Blocking<void> {
    const { key, env } = this.#argPrefix();
    const createdBy = `${key}${argv.join(" ")}`;
    if (yield* this.#cached(createdBy)) return;
    if (!this.#image) throw new BuildFailed("No image was generated. Is your Dockerfile empty?");
    const container = yield* this.#makeContainer({ ...this.#config, Cmd: argv, Entrypoint: [""], Env: [...(this.#config.Env ?? []), ...env], Healthcheck: { Test: ["NONE"] } });
    yield* this.#output.stream(` ---> Running in ${container.Id.slice(0, 12)}\n`);
    const [read, write] = this.#sys.pipe();
    const client: Attached = { fd: write, terminal: true, stdout: true, stderr: true };
    const runtime = this.#engine.runtime(this.#sys, container);
    runtime.io.attached.add(client);
    const output = this.#output;
    const [done, doneSignal] = this.#sys.pipe();
    this.#sys.fork(
      function* (thread) {
        for (;;) {
          const bytes = yield* thread.read(read, 65_536);
          if (bytes.length === 0) break;
          yield* output.stream(decode(bytes));
        }
        thread.close(read);
        thread.close(doneSignal);
        return 0;
      },
      { thread: true },
    );
    try {
      yield* startContainer(this.#engine, this.#sys, container);
    } catch (error) {
      this.#sys.close(write);
      yield* this.#sys.read(done, 1);
      this.#sys.close(done);
      if (!(error instanceof EngineError)) throw error;
      const user = /setup user: (.*): unknown$/.exec(error.message)?.[1];
      throw new BuildFailed(user ?? error.message);
    }
    const status = yield* waitForEnd(this.#engine, this.#sys, container, null);
    this.#sys.close(write);
    yield* this.#sys.read(done, 1);
    this.#sys.close(done);
    if (status !== undefined && status !== 0) {
      if (this.#request.forceRemove) yield* removeContainer(this.#engine, this.#sys, container, { force: true, volumes: true });
      throw new BuildFailed(`The command '${argv.join(" ")}' returned a non-zero code: ${status}`, status);
    }
    const layer = yield* commitContainer(this.#engine, this.#sys, container);
    this.#image = yield* this.#addImage(createdBy, layer?.diffId);
    if (this.#request.remove) {
      yield* removeContainer(this.#engine, this.#sys, container, { force: true, volumes: true });
      yield* this.#output.stream(`Removing intermediate container ${container.Id.slice(0, 12)}\n`);
    }
  }
}

/** Go's time.ParseDuration for what Dockerfiles hold. */
function durationNs(text: string | undefined): number {
  let total = 0;
  for (const [, number, unit] of (text ?? "").matchAll(/([\d.]+)(ns|us|ms|s|m|h)/g)) total += Number(number) * ({ ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 }[unit ?? "ns"] ?? 0);
  return total;
}

/** Errors: BuildFailed after output has begun, EngineError and DockerfileError before. */
export function* buildImage(engine: Engine, sys: Sys, request: BuildRequest, output: BuildOutput): Blocking<Image> {
  return yield* new Builder(engine, sys, request, output).run();
}
