// docker top: the host's ps, and only the lines of the container's processes.

import { type Blocking, decode } from "../../kernel/sys.ts";
import type { DockerEnv } from "./_docker-env.ts";

interface Listing {
  readonly text: string;
  readonly failed: boolean;
}

/** What ps writes, or why it fails. */
function* run(env: DockerEnv, options: readonly string[]): Blocking<Listing> {
  const { sys } = env;
  const streams = [sys.pipe(), sys.pipe()];
  const pid = sys.fork(function* (child) {
    for (const [index, [read, write]] of streams.entries()) {
      child.dup2(write, index + 1);
      child.close(read);
      child.close(write);
    }
    return yield* child.exec("/usr/bin/ps", ["ps", ...options], sys.environment);
  });
  const texts: string[] = [];
  for (const [read, write] of streams) {
    sys.close(write);
    let text = "";
    for (let bytes = yield* sys.read(read, 65_536); bytes.length > 0; bytes = yield* sys.read(read, 65_536)) text += decode(bytes);
    sys.close(read);
    texts.push(text);
  }
  const ended = yield* sys.waitpid(pid);
  const failed = ended === undefined || ended.status.kind !== "exited" || ended.status.status !== 0;
  return { text: (failed ? texts[1] : texts[0]) ?? "", failed };
}

export function* psOf(env: DockerEnv, pids: readonly number[], options: readonly string[]): Blocking<number> {
  // Some options do not go with -q: without it then (daemon/top_unix.go).
  let listing = yield* run(env, [...options, `-q${pids.join(",")}`]);
  if (listing.failed) listing = yield* run(env, options);
  if (listing.failed) {
    yield* env.io.err(`Error response from daemon: ps: ${listing.text.split("\n")[0] ?? ""}\n`);
    return 1;
  }
  const { text } = listing;
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const titles = header.trim().split(/\s+/);
  const column = titles.indexOf("PID");
  if (column < 0) {
    yield* env.io.err("Error response from daemon: Couldn't find PID field in ps output\n");
    return 1;
  }
  const rows = lines.map((line) => splitFields(line, titles.length)).filter((fields) => pids.includes(Number(fields[column])));
  const widths = titles.map((title, place) => Math.max(20, ...[title, ...rows.map((row) => row[place] ?? "")].map((cell) => cell.length + 3)));
  const print = (fields: readonly string[]) => `${fields.map((field, place) => (place < fields.length - 1 ? field.padEnd(widths[place] ?? 20) : field)).join("")}\n`;
  yield* env.io.out(print(titles) + rows.map(print).join(""));
  return 0;
}

function splitFields(line: string, count: number): string[] {
  const fields: string[] = [];
  let rest = line.trim();
  while (fields.length < count - 1) {
    const match = /^(\S+)\s+/.exec(rest);
    if (!match) break;
    fields.push(match[1] ?? "");
    rest = rest.slice(match[0].length);
  }
  return [...fields, rest];
}
