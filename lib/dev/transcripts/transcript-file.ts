// A recorded terminal transcript (*.t). Lines that start with two spaces are the recording: "  $ " a command, "  > " its further lines, the rest what
// the terminal showed; "[N]" as the last line under a command is its exit status when that is not 0. Before the first command, "host: NAME", "user: NAME",
// "cwd: DIR" and "shell: login" say where it starts; every other line is a remark.

export interface TranscriptHead {
  readonly host: string;
  readonly user: string;
  readonly cwd?: string;
  readonly login: boolean;
}

export interface TranscriptCase {
  /** As typed: lines with "\n" between. */
  readonly command: string;
  readonly output: string;
  readonly status: number;
  readonly line: number;
}

export interface Transcript {
  readonly head: TranscriptHead;
  readonly cases: readonly TranscriptCase[];
}

interface OpenCase {
  readonly command: string[];
  readonly output: string[];
  readonly line: number;
}

function closed(open: OpenCase): TranscriptCase {
  const status = /^\[(\d+)\]$/.exec(open.output.at(-1) ?? "");
  if (status) open.output.pop();
  return { command: open.command.join("\n"), output: open.output.join("\n").replaceAll(" (no-eol)", ""), status: Number(status?.[1] ?? 0), line: open.line };
}

export function parseTranscript(text: string): Transcript {
  const facts = new Map<string, string>();
  const cases: OpenCase[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const current = cases.at(-1);
    const fact = /^(host|user|cwd|shell): (\S+)$/.exec(line);
    if (line.startsWith("  $ ")) cases.push({ command: [line.slice(4)], output: [], line: index + 1 });
    else if (line.startsWith("  > ") && current?.output.length === 0) current.command.push(line.slice(4));
    else if (line.startsWith("  ") && current) current.output.push(line.slice(2));
    else if (fact?.[1] !== undefined && fact[2] !== undefined && !current) facts.set(fact[1], fact[2]);
  }
  const cwd = facts.get("cwd");
  return {
    head: { host: facts.get("host") ?? "debian-12", user: facts.get("user") ?? "root", login: facts.get("shell") === "login", ...(cwd === undefined ? {} : { cwd }) },
    cases: cases.map(closed),
  };
}
