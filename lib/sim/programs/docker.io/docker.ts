// /usr/bin/docker: the root of the command tree, global options, help. Each verb is a file in container/, image/, network/, volume/, system/.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { type CobraNode, cobraDeclaration, cobraIo, findChild, group, groupUsage, invokeNode, leafUsage } from "../kit/cobra.ts";
import { bool, FlagError, type Flags, flagsHelp, list, parseFlags, string } from "../kit/pflag.ts";
import { currentContext, readContext } from "./_config-file.ts";
import type { DockerEnv } from "./_docker-env.ts";
import { builder } from "./builder/builder.ts";
import { attach } from "./container/attach.ts";
import { commit } from "./container/commit.ts";
import { cp } from "./container/cp.ts";
import { create } from "./container/create.ts";
import { diff } from "./container/diff.ts";
import { exec } from "./container/exec.ts";
import { exportContainer } from "./container/export.ts";
import { inspect as inspectContainer } from "./container/inspect.ts";
import { kill } from "./container/kill.ts";
import { logs } from "./container/logs.ts";
import { ls as listContainers, ps } from "./container/ls.ts";
import { pause } from "./container/pause.ts";
import { port } from "./container/port.ts";
import { prune as pruneContainers } from "./container/prune.ts";
import { rename } from "./container/rename.ts";
import { restart } from "./container/restart.ts";
import { rm } from "./container/rm.ts";
import { run } from "./container/run.ts";
import { start } from "./container/start.ts";
import { stats } from "./container/stats.ts";
import { stop } from "./container/stop.ts";
import { top } from "./container/top.ts";
import { unpause } from "./container/unpause.ts";
import { update } from "./container/update.ts";
import { wait } from "./container/wait.ts";
import { context } from "./context/context.ts";
import { build } from "./image/build.ts";
import { importImage } from "./image/import.ts";
import { history } from "./image/history.ts";
import { inspect as inspectImage } from "./image/inspect.ts";
import { load } from "./image/load.ts";
import { images, ls as listImages } from "./image/ls.ts";
import { prune as pruneImages } from "./image/prune.ts";
import { push } from "./image/push.ts";
import { pull } from "./image/pull.ts";
import { rm as removeImage, rmi } from "./image/rm.ts";
import { save } from "./image/save.ts";
import { search } from "./image/search.ts";
import { tag } from "./image/tag.ts";
import { connect } from "./network/connect.ts";
import { create as createNetwork } from "./network/create.ts";
import { disconnect } from "./network/disconnect.ts";
import { inspect as inspectNetwork } from "./network/inspect.ts";
import { ls as listNetworks } from "./network/ls.ts";
import { prune as pruneNetworks } from "./network/prune.ts";
import { rm as removeNetwork } from "./network/rm.ts";
import { plugin } from "./plugin/plugin.ts";
import { login } from "./registry/login.ts";
import { logout } from "./registry/logout.ts";
import { manifest, trust } from "./registry/trust.ts";
import { secret, stack, swarmConfig } from "./swarm/listings.ts";
import { node } from "./swarm/node.ts";
import { service } from "./swarm/service.ts";
import { swarm } from "./swarm/swarm.ts";
import { df } from "./system/df.ts";
import { events } from "./system/events.ts";
import { info } from "./system/info.ts";
import { inspect } from "./system/inspect.ts";
import { prune as pruneSystem } from "./system/prune.ts";
import { version } from "./system/version.ts";
import { create as createVolume } from "./volume/create.ts";
import { inspect as inspectVolume } from "./volume/inspect.ts";
import { ls as listVolumes } from "./volume/ls.ts";
import { prune as pruneVolumes } from "./volume/prune.ts";
import { rm as removeVolume } from "./volume/rm.ts";

const managing: readonly CobraNode<DockerEnv>[] = [
  group("container", "Manage containers", [attach, commit, cp, create, diff, exec, exportContainer, inspectContainer, kill, logs, listContainers, pause, port, pruneContainers, rename, restart, rm, run, start, stats, stop, top, unpause, update, wait]),
  builder,
  context,
  group("image", "Manage images", [build, history, importImage, inspectImage, load, listImages, pruneImages, pull, push, removeImage, save, tag]),
  group("network", "Manage networks", [connect, createNetwork, disconnect, inspectNetwork, listNetworks, pruneNetworks, removeNetwork]),
  manifest, swarmConfig, node, plugin, secret, service, stack, swarm, trust,
  group("system", "Manage Docker", [df, events, info, pruneSystem]),
  group("volume", "Manage volumes", [createVolume, inspectVolume, listVolumes, pruneVolumes, removeVolume]),
];

const direct: readonly CobraNode<DockerEnv>[] = [
  attach, build, commit, cp, create, diff, events, exec, exportContainer, history, images, importImage, info, inspect, kill, load, login, logout, logs, pause, port, ps, pull, push, rename, restart, rm, rmi, run, save, search, start, stats, stop, tag, top, unpause, update, version, wait,
];

const rootFlags = {
  config: string("config", "", "Directory of the client's configuration", { initial: "/root/.docker", defaultText: '"/root/.docker"' }),
  context: string("context", "c", "Name of the context"),
  debug: bool("debug", "D", "Debug messages"),
  host: list("host", "H", "Sockets of the daemon"),
  logLevel: string("log-level", "l", 'Level of messages ("debug"|"info"|"warn"|"error"|"fatal")', { initial: "info", defaultText: '"info"' }),
  tls: bool("tls", "", "Use TLS"),
  tlscacert: string("tlscacert", "", "Certificates that are trusted", { defaultText: '"/root/.docker/ca.pem"' }),
  tlscert: string("tlscert", "", "Certificate of the client", { defaultText: '"/root/.docker/cert.pem"' }),
  tlskey: string("tlskey", "", "Key of the client", { defaultText: '"/root/.docker/key.pem"' }),
  tlsverify: bool("tlsverify", "", "Use TLS and check the daemon"),
  version: bool("version", "v", "Print version information and quit"),
} satisfies Flags;

function usage(): string {
  const row = ([name, short]: readonly [string, string]) => `  ${name.padEnd(11)} ${short}\n`;
  const managed = [...managing.map((node): readonly [string, string] => [node.name, node.short])].sort(([a], [b]) => (a < b ? -1 : 1));
  const verbs = [...direct.map((node): readonly [string, string] => [node.name, node.short])].sort(([a], [b]) => (a < b ? -1 : 1));
  return `\nUsage:  docker [OPTIONS] COMMAND\n\nRuns programs in containers.\n\nOptions:\n${flagsHelp(rootFlags)}\nManagement Commands:\n${managed.map(row).join("")}\nCommands:\n${verbs.map(row).join("")}\nRun 'docker COMMAND --help' for more information on a command.\n`;
}

const children = [...managing, ...direct];

function* docker(sys: Sys, argv: readonly string[]): Blocking<number> {
  const io = cobraIo(sys);
  const words = argv.slice(1);
  let parsed: ReturnType<typeof parseFlags>;
  try {
    parsed = parseFlags(rootFlags, words, true);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    yield* io.err(`${error.message}\nSee 'docker --help'.\n${usage()}`);
    return 125;
  }
  if (parsed.values.get("version") === true) {
    yield* io.out("Docker version 20.10.24+dfsg1, build 297e128\n");
    return 0;
  }
  const [name, ...rest] = parsed.args;
  if (name === undefined || parsed.help) {
    yield* parsed.help ? io.out(usage()) : io.err(usage());
    return 0;
  }
  const hosts = parsed.values.get("host");
  const chosen = parsed.values.get("context");
  const contextName = yield* currentContext(sys, typeof chosen === "string" ? chosen : "");
  const named = contextName === "default" ? undefined : yield* readContext(sys, contextName);
  const env: DockerEnv = { sys, io, host: Array.isArray(hosts) && typeof hosts[0] === "string" ? hosts[0] : named?.host, context: typeof chosen === "string" ? chosen : "" };
  if (contextName !== "default" && !named && name !== "context") {
    yield* io.err(`Current context ${JSON.stringify(contextName)} is not found on the file system, please check your config file at /root/.docker/config.json\n`);
    return 1;
  }
  if (name === "help") return yield* help(env, rest);
  const child = findChild(children, name);
  if (child) return yield* invokeNode(child, `docker ${child.name}`, rest, env, io);
  if (name === "checkpoint") {
    yield* io.err(`docker checkpoint${rest[0] === undefined ? "" : ` ${rest[0]}`} is only supported on a Docker daemon with experimental features enabled\n`);
    return 1;
  }
  yield* io.err(`docker: '${name}' is not a docker command.\nSee 'docker --help'\n`);
  return 1;
}

function* help(env: DockerEnv, words: readonly string[]): Blocking<number> {
  let level = children;
  let path = "docker";
  let found: CobraNode<DockerEnv> | undefined;
  for (const word of words) {
    found = findChild(level, word);
    if (!found) {
      yield* env.io.err(`unknown help topic: ${words.join(" ")}\n`);
      return 1;
    }
    path += ` ${found.name}`;
    level = found.kind === "group" ? [...found.children] : [];
  }
  if (!found) yield* env.io.out(usage());
  else yield* env.io.out(found.kind === "group" ? groupUsage(path, found) : leafUsage(path, found));
  return 0;
}

export default {
  name: "docker",
  declaration: {
    name: "docker",
    summary: "run programs in containers",
    synopsis: ["[OPTIONS] COMMAND [ARG...]"],
    options: cobraDeclaration({ kind: "leaf", name: "docker", use: "docker", short: "", aliases: [], args: { minimum: 0, maximum: 0 }, flags: rootFlags, hidden: false, *invoke() { return 0; } }).options,
    subcommands: children.map((child) => cobraDeclaration(child)),
  },
  program: docker,
} satisfies Command;
