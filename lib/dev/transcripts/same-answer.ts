// When an answer of the simulation counts as the recorded one. Ids, times, addresses and pids differ between any two runs of a real machine: where the
// recording holds one, both sides are compared with such words replaced by their kind; everywhere else spacing and blank lines count too.

type Rule = readonly [pattern: RegExp, replacement: string];

const varying: readonly Rule[] = [
  [/\x1b\[[0-9;?]*[A-Za-z]/g, ""],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "<UUID>"],
  [/\bsha256:[0-9a-f]{12,64}\b/g, "<DIGEST>"],
  [/\bSHA256:[A-Za-z0-9+/]{43}/g, "<KEYPRINT>"],
  [/\b[0-9a-f]{64}\b/g, "<ID64>"],
  [/\b[0-9a-f]{32}\b/g, "<ID32>"],
  [/\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12}\b/g, "<ID12>"],
  [/\b[0-9]{12}\b/g, "<ID12>"],
  [/\bveth[0-9A-Za-z]{6,8}\b/g, "<VETH>"],
  [/\bbr-[0-9a-f]{12}\b/g, "<BRIDGE>"],
  [/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, "<MAC>"],
  [/\bfe80::[0-9a-f:]+\b/g, "<LINKLOCAL>"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z| ?[+-]\d\d:?\d\d)?(?: (?:UTC|[A-Z]{3,4}))?/g, "<TIME>"],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d\d? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +[\d: ]*\d(?: (?:UTC|[A-Z]{3,4}))?(?: \d{4})?/g, "<TIME>"],
  [/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d\d? +(?:\d\d:\d\d(?::\d\d)?|\d{4})\b/g, "<TIME>"],
  [/\b\d{4}-\d\d-\d\d\b/g, "<DATE>"],
  [/\b\d\d:\d\d:\d\d(?:\.\d+)?\b/g, "<CLOCK>"],
  [/\b(?:Less than a second|About (?:a|an) (?:minute|hour)|\d+ (?:second|minute|hour|day|week|month|year)s?)(?= ago\b)/g, "<AGO>"],
  [/\bUp (?:Less than a second|About (?:a|an) (?:minute|hour)|\d+ (?:second|minute|hour|day|week|month|year)s?)/g, "Up <AGO>"],
  [/[\d./]+ ms\b/g, "<DURATION>"],
  [/\b\d+(?:\.\d+)?(?:ns|µs|us|ms)\b|\b\d+\.\d+s\b/g, "<DURATION>"],
  [/\b\d+(?:\.\d+)?(?:kB|MB|GB)\b/g, "<SIZE>"],
  [/^( ?Id: +)\d+$/gm, "$1<DOMID>"],
  [/^ *\d+( +\S+ +(?:running|paused|idle|in shutdown|crashed|pmsuspended))/gm, " <DOMID>$1"],
  [/(?<=:\[)\d{10}(?=\])/g, "<NS>"],
  [/\b402653\d{4}\b/g, "<NS>"],
  [/^\[(\d+)\] \d+$/gm, "[$1] <PID>"],
  [/^(\[\d+\][-+ ] +)\d+ +(?=Running|Stopped|Done|Exit|Terminated|Killed)/gm, "$1<PID> "],
  [/(?<=pid )\d+|(?<=PID )\d+|(?<="Pid": )\d+/g, "<PID>"],
];
const drawnRules: Rule = [/[-=+]{8,}/g, "<RULE>"];
const layout: readonly Rule[] = [
  [/[ \t]+/g, " "],
  [/ +$/gm, ""],
  [/\n{2,}/g, "\n"],
  [/^\n+|\n+$/g, ""],
];

function substitute(text: string, rules: readonly Rule[]): string {
  return rules.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** Words in <> for what varies; blanks, which follow from their widths, squeezed. */
export function normalise(text: string): string {
  return substitute(text, [...varying, drawnRules, ...layout]);
}

function trimmedLines(text: string): string {
  return text.replace(/\n+$/, "").split("\n").map((line) => line.trimEnd()).join("\n");
}

/** `(varies)` as the recording accepts any output; `(mentions A B)` accepts one, in whatever words, that names them all. */
export function sameAnswer(recorded: string, got: string): boolean {
  if (recorded.trim() === "(varies)") return true;
  const mentions = /^\(mentions (.*)\)$/.exec(recorded.trim())?.[1];
  if (mentions !== undefined) {
    const named = new Set(got.split(/[^\w-]+/));
    return mentions.split(" ").every((word) => named.has(word) || got.split(/[\s,=[\]|]+/).includes(word));
  }
  return substitute(recorded, varying) === recorded ? trimmedLines(recorded) === trimmedLines(got) : normalise(recorded) === normalise(got);
}
