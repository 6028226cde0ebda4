// What the verbs of swarm mode share: one request with docker's words for its failure, and the wait for a service to converge.
import type { Blocking } from "../../../kernel/sys.ts";
import { callJson, type DockerEnv, errorLine, isTerminal } from "../_docker-env.ts";

export interface ServiceRow {
  readonly ID: string;
  readonly CreatedAt: string;
  readonly Spec: {
    readonly Name: string;
    readonly TaskTemplate: { readonly ContainerSpec: { readonly Image: string; readonly Env?: readonly string[] } };
    readonly Mode: { readonly Replicated?: { readonly Replicas: number } };
    readonly EndpointSpec: { readonly Ports?: readonly { readonly Protocol: string; readonly TargetPort: number; readonly PublishedPort: number }[] };
  };
  readonly ServiceStatus: { readonly RunningTasks: number; readonly DesiredTasks: number };
}

export interface TaskRow {
  readonly ID: string;
  readonly ServiceID: string;
  readonly ServiceName: string;
  readonly Global: boolean;
  readonly Slot: number;
  readonly Image: string;
  readonly Node: string;
  readonly NodeID: string;
  readonly DesiredState: string;
  readonly State: string;
  readonly SinceUs: number;
  readonly Error: string;
  readonly Container: string;
}

/** 0, or 1 with the failure's line on standard error. */
export function* attempt(env: DockerEnv, work: () => Blocking<number>): Blocking<number> {
  try {
    return yield* work();
  } catch (error) {
    const line = errorLine(error);
    if (line === undefined) throw error;
    yield* env.io.err(`${line}\n`);
    return 1;
  }
}

const STABLE_US = 5_000_000;
const LONGEST_US = 60_000_000;

/** Until all tasks run and have run for five seconds (docker's progress without --detach). */
export function* converge(env: DockerEnv, service: string): Blocking<void> {
  const row = () => callJson<ServiceRow>(env, "GET", `/services/${service}`);
  const startUs = env.sys.clockUs("monotonic");
  let first = yield* row();
  if (!isTerminal(env.sys, 1)) yield* env.io.out(`overall progress: 0 out of ${first.ServiceStatus.DesiredTasks} tasks\n`);
  while (first.ServiceStatus.RunningTasks < first.ServiceStatus.DesiredTasks && env.sys.clockUs("monotonic") - startUs < LONGEST_US) {
    yield* env.sys.sleep(200_000);
    first = yield* row();
  }
  const { RunningTasks: running, DesiredTasks: wanted } = first.ServiceStatus;
  yield* env.io.out(`overall progress: ${running} out of ${wanted} tasks \n`);
  for (let task = 1; task <= wanted; task++) yield* env.io.out(`${task}/${wanted}: running   ${isTerminal(env.sys, 1) ? "[==================================================>] " : ""}\n`);
  if (!isTerminal(env.sys, 1)) yield* env.io.out("verify: Waiting 5 seconds to verify that tasks are stable...\n");
  yield* env.sys.sleep(STABLE_US);
  yield* env.io.out("verify: Service converged \n");
}
