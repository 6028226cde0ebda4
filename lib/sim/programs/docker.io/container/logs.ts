import type { Blocking } from "../../../kernel/sys.ts";
import { exactly, cobra } from "../../kit/cobra.ts";
import { requestChunks } from "../../../daemons/docker/api/client.ts";
import { bool, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine, part, query } from "../_docker-env.ts";

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Dates without a time are that day's midnight; durations go to the daemon as they are. */
function timeArgument(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : /^\d{4}-\d\d-\d\dT[\d:]+$/.test(text) ? `${text}Z` : text;
}

export const logs = cobra({
  use: "logs [OPTIONS] CONTAINER",
  short: "Fetch the logs of a container",
  args: exactly(1),
  flags: {
    details: bool("details", "", "Show extra details"),
    follow: bool("follow", "f", "Go on with what comes"),
    since: string("since", "", "Only what is newer than a time or a duration"),
    tail: string("tail", "n", "Number of lines from the end", { initial: "all", defaultText: '"all"' }),
    timestamps: bool("timestamps", "t", "Show times"),
    until: string("until", "", "Only what is older than a time or a duration"),
  },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const name = args[0] ?? "";
    for (const option of ["since", "until"] as const) {
      const text = flags[option];
      if (text !== "" && !/^\d/.test(text)) {
        yield* env.io.err(`invalid value for "${option}": failed to parse value as time or duration: ${JSON.stringify(text)}\n`);
        return 1;
      }
    }
    try {
      const container = yield* callJson<{ Config: { Tty: boolean } }>(env, "GET", `/containers/${part(name)}/json`);
      const target = `/containers/${part(name)}/logs${query({ stdout: true, stderr: true, follow: flags.follow, timestamps: flags.timestamps, since: timeArgument(flags.since), until: timeArgument(flags.until), tail: flags.tail })}`;
      let rest: Uint8Array = new Uint8Array(0);
      yield* requestChunks(env.sys, "GET", target, function* (bytes) {
        if (container.Config.Tty) {
          yield* env.sys.write(1, bytes);
          return;
        }
        rest = joined(rest, bytes);
        for (;;) {
          if (rest.length < 8) return;
          const length = new DataView(rest.buffer, rest.byteOffset).getUint32(4);
          if (rest.length < 8 + length) return;
          // a line's extra attributes stand before it; containers here have none
          if (flags.details) yield* env.sys.write(rest[0] === 2 ? 2 : 1, Uint8Array.of(32));
          yield* env.sys.write(rest[0] === 2 ? 2 : 1, rest.subarray(8, 8 + length));
          rest = rest.slice(8 + length);
        }
      }, env.host);
      return 0;
    } catch (error) {
      const line = errorLine(error, { kind: "container", name });
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
