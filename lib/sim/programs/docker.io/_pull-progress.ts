// How pull, push and build show what the daemon streams: rewritten lines on a terminal, plain lines in a pipe.

import { type Blocking, encode } from "../../kernel/sys.ts";
import type { StreamMessage } from "../../daemons/docker/api/client.ts";
import { type DockerEnv, isTerminal } from "./_docker-env.ts";

/** `fd`: 1 for docker pull, 2 for the pull inside docker run. `instead` of printing, when all is to be quiet but errors. Returns the error that the stream carried. */
export function progressPrinter(env: DockerEnv, fd: number, instead?: () => Blocking<void>): { readonly print: (message: StreamMessage) => Blocking<void>; readonly error: () => StreamMessage | undefined } {
  const terminal = isTerminal(env.sys, fd);
  const rows = new Map<string, number>();
  let lines = 0;
  let failed: StreamMessage | undefined;
  const silentInPipes = new Set(["Downloading", "Extracting", "Pushing", "Verifying Checksum", "Waiting", "Loading layer"]);
  return {
    error: () => failed,
    *print(message) {
      if (message.error !== undefined) {
        failed = message;
        return;
      }
      if (instead) return yield* instead();
      if (message.stream !== undefined) {
        yield* env.sys.write(fd, encode(message.stream));
        return;
      }
      if (message.status === undefined) return;
      const progress = message.progress === undefined ? "" : ` ${message.progress}`;
      const text = message.id === undefined ? message.status : `${message.id}: ${message.status}${progress}`;
      if (!terminal) {
        if (!silentInPipes.has(message.status)) yield* env.sys.write(fd, encode(`${text}\n`));
        return;
      }
      if (message.id === undefined || /^(Pulling from|The push refers)/.test(message.status)) {
        yield* env.sys.write(fd, encode(`${text}\n`));
        lines++;
        return;
      }
      const row = rows.get(message.id);
      if (row === undefined) {
        rows.set(message.id, lines++);
        yield* env.sys.write(fd, encode(`${text}\n`));
        return;
      }
      const up = lines - row;
      yield* env.sys.write(fd, encode(`\x1b[${up}A\x1b[2K\r${text}\r\x1b[${up}B`));
    },
  };
}
