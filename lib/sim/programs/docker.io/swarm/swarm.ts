// docker swarm: this node as a cluster of one.
import { atMost, cobra, exactly, group, noArgs } from "../../kit/cobra.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { call, callJson, type DockerEnv, query } from "../_docker-env.ts";
import { attempt } from "./_request.ts";

interface SwarmRow {
  readonly JoinTokens: { readonly Worker: string; readonly Manager: string };
  readonly Address: string;
}

const command = (role: string, token: string, address: string) => `To add a ${role} to this swarm, run the following command:\n\n    docker swarm join --token ${token} ${address}:2377\n\n`;

const init = cobra({
  use: "init [OPTIONS]", short: "Initialize a swarm", args: noArgs,
  flags: { advertiseAddr: string("advertise-addr", "", "Address that other nodes are told"), autolock: bool("autolock", "", "Lock managers with a key"), availability: string("availability", "", "Availability of the node"), dataPathAddr: string("data-path-addr", "", "Address of data traffic"), defaultAddrPool: list("default-addr-pool", "", "Pool of addresses"), forceNewCluster: bool("force-new-cluster", "", "A new cluster of the present state"), listenAddr: string("listen-addr", "", "Address to listen on") },
  run: ({ flags }, env: DockerEnv) => attempt(env, function* () {
    const node = yield* callJson<string>(env, "POST", "/swarm/init", { AdvertiseAddr: flags.advertiseAddr });
    const { JoinTokens: tokens, Address: address } = yield* callJson<SwarmRow>(env, "GET", "/swarm");
    yield* env.io.out(`Swarm initialized: current node (${node}) is now a manager.\n\n${command("worker", tokens.Worker, address)}To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.\n\n`);
    return 0;
  }),
});

const join = cobra({
  use: "join [OPTIONS] HOST:PORT", short: "Join a swarm as a node and/or manager", args: exactly(1), flags: { advertiseAddr: string("advertise-addr", "", "Address that other nodes are told"), availability: string("availability", "", "Availability of the node"), token: string("token", "", "Token for entry into the swarm") },
  run: ({ flags, args }, env: DockerEnv) => attempt(env, function* () {
    yield* call(env, "POST", "/swarm/join", { RemoteAddrs: args, JoinToken: flags.token });
    return 0;
  }),
});

const joinToken = cobra({
  use: "join-token [OPTIONS] (worker|manager)", short: "Manage join tokens", args: exactly(1), flags: { quiet: bool("quiet", "q", "Only the token"), rotate: bool("rotate", "", "A new token") },
  run: ({ flags, args }, env: DockerEnv) => attempt(env, function* () {
    const [role = ""] = args;
    if (role !== "worker" && role !== "manager") {
      yield* env.io.err(`unknown role ${role}\n`);
      return 1;
    }
    const { JoinTokens: tokens, Address: address } = yield* callJson<SwarmRow>(env, "GET", "/swarm");
    const token = role === "worker" ? tokens.Worker : tokens.Manager;
    yield* env.io.out(flags.quiet ? `${token}\n` : command(role, token, address));
    return 0;
  }),
});

const leave = cobra({
  use: "leave [OPTIONS]", short: "Leave the swarm", args: atMost(0), flags: { force: bool("force", "f", "Leave even as a manager") },
  run: ({ flags }, env: DockerEnv) => attempt(env, function* () {
    yield* call(env, "POST", `/swarm/leave${query({ force: flags.force })}`);
    yield* env.io.out("Node left the swarm.\n");
    return 0;
  }),
});

export const swarm: ReturnType<typeof group<DockerEnv>> = group<DockerEnv>("swarm", "Manage Swarm", [init, join, joinToken, leave]);
