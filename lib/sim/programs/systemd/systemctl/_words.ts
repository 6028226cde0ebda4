// Words that systemctl's options take, the lists that "help" prints, and how many operands its verbs take.
import type { Blocking } from "../../../kernel/sys.ts";
import { signalNumber } from "../../../daemons/systemd/api/signal-word.ts";
import { parseBoolean } from "../../../daemons/systemd/api/unit-text.ts";
import type { Io } from "../../kit/gnu.ts";
import type { VerbLimits } from "../_verbs.ts";
import { complain } from "../_systemd.ts";

const split = (words: string): readonly string[] => words.split(" ");
const UNIT_TYPES = split("service mount swap socket target device automount timer path slice scope");
const LOAD_STATES = split("stub loaded not-found bad-setting error merged masked");
const ACTIVE_STATES = split("active reloading inactive failed activating deactivating maintenance");
const FILE_STATES = split("enabled enabled-runtime linked linked-runtime alias masked masked-runtime static disabled indirect generated transient bad");
const SUB_STATES: readonly (readonly [type: string, words: string])[] = [
  ["automount", "dead waiting running failed"], ["device", "dead tentative plugged"], ["mount", "dead mounting mounting-done mounted remounting unmounting remounting-sigterm remounting-sigkill unmounting-sigterm unmounting-sigkill failed cleaning"],
  ["path", "dead waiting running failed"], ["scope", "dead start-chown running abandoned stop-sigterm stop-sigkill failed"],
  ["service", "dead condition start-pre start start-post running exited reload stop stop-watchdog stop-sigterm stop-sigkill stop-post final-watchdog final-sigterm final-sigkill failed auto-restart cleaning"], ["slice", "dead active"],
  ["socket", "dead start-pre start-chown start-post listening running stop-pre stop-pre-sigterm stop-pre-sigkill stop-post final-sigterm final-sigkill failed cleaning"],
  ["swap", "dead activating activating-done active deactivating deactivating-sigterm deactivating-sigkill failed cleaning"], ["target", "dead active"], ["timer", "dead waiting running elapsed failed"],
];
const OUTPUTS = split("short short-full short-iso short-iso-precise short-precise short-monotonic short-delta short-unix verbose export json json-pretty json-sse json-seq cat with-unit");
const SIGNAL_NAMES = split("0 HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS 32 33");
const LAST_REALTIME = 30;
export const CLEANABLE = split("runtime state cache logs configuration");
const PRESET_MODES = split("full enable-only disable-only");
const TIMESTAMPS = split("pretty us utc us+utc unix");

const lines = (words: readonly string[]): string => words.map((word) => `${word}\n`).join("");

export interface WordOptions {
  readonly type: readonly string[];
  readonly state: readonly string[];
  readonly output: string | undefined;
  readonly signal: string | undefined;
  readonly what: readonly string[];
  readonly presetMode: string | undefined;
  readonly timestamp: string | undefined;
  readonly legend: string | undefined;
  readonly lines: string | undefined;
  readonly checkInhibitors: string | undefined;
}

/** The status when a list was asked for or a word is none; undefined: go on. */
export function* answerWords(io: Io, options: WordOptions): Blocking<number | undefined> {
  const show = (text: string): number => {
    io.out.put(text);
    return 0;
  };
  if (options.type.includes("help")) return show(`Available unit types:\n${lines(UNIT_TYPES)}`);
  if (options.state.includes("help")) return show(`Available unit load states:\n${lines(LOAD_STATES)}\nAvailable unit active states:\n${lines(ACTIVE_STATES)}\nAvailable unit file states:\n${lines(FILE_STATES)}${SUB_STATES.map(([type, words]) => `\nAvailable ${type} unit substates:\n${lines(split(words))}`).join("")}`);
  if (options.output === "help") return show(lines(OUTPUTS));
  if (options.signal === "help") return show(lines([...SIGNAL_NAMES, ...Array.from({ length: LAST_REALTIME + 1 }, (_, index) => `RTMIN+${index}`)]));
  if (options.signal === "list") return show(`SIGNAL NAME\n${lines([...SIGNAL_NAMES.slice(1), ...Array.from({ length: LAST_REALTIME + 1 }, (_, index) => `RTMIN+${index}`)].map((name, index) => `${String(index + 1).padEnd(6)} SIG${name}`))}`);
  if (options.what.includes("help")) return show(lines(CLEANABLE));
  if (options.presetMode === "help") return show(lines(PRESET_MODES));
  if (options.timestamp === "help") return show(lines(TIMESTAMPS));
  const wrong = wrongWord(options);
  if (wrong === undefined) return undefined;
  yield* complain(io, wrong);
  return 1;
}

function wrongWord(options: WordOptions): string | undefined {
  for (const type of options.type) if (!UNIT_TYPES.includes(type) && !LOAD_STATES.includes(type)) return `Unknown unit type or load state '${type}'.\nUse -t help to see a list of allowed values.`;
  if (options.output !== undefined && !OUTPUTS.includes(options.output)) return `Unknown output '${options.output}'.`;
  if (options.signal !== undefined && signalNumber(options.signal) === undefined) return `Failed to parse signal string "${options.signal}".`;
  if (options.presetMode !== undefined && !PRESET_MODES.includes(options.presetMode)) return `Failed to parse preset mode: ${options.presetMode}.`;
  if (options.timestamp !== undefined && !TIMESTAMPS.includes(options.timestamp)) return `Invalid value: ${options.timestamp}.`;
  if (options.legend !== undefined && parseBoolean(options.legend) === undefined) return `Failed to parse boolean argument to --legend: ${options.legend}.`;
  if (options.checkInhibitors !== undefined && options.checkInhibitors !== "auto" && parseBoolean(options.checkInhibitors) === undefined) return `Failed to parse --check-inhibitors= argument: ${options.checkInhibitors}`;
  if (options.lines !== undefined && !/^\d+$/.test(options.lines)) return `Failed to parse lines '${options.lines}'`;
  return undefined;
}

const one: VerbLimits = { least: 1 };
const none: VerbLimits = { most: 0 };

/** What is not named here takes any number. */
export const VERB_LIMITS: ReadonlyMap<string, VerbLimits> = new Map<string, VerbLimits>([
  ...split("cat enable disable reenable preset mask unmask link revert edit start stop restart try-restart condrestart reload reload-or-restart force-reload try-reload-or-restart reload-or-try-restart add-wants add-requires freeze thaw clean is-failed is-enabled is-active set-environment unset-environment kill set-property bind mount-image help-unit switch-root").map((word) => [word, one] as const),
  ...split("daemon-reload daemon-reexec get-default is-system-running show-environment default rescue emergency halt poweroff reboot kexec suspend hibernate hybrid-sleep suspend-then-hibernate preset-all").map((word) => [word, none] as const),
  ["set-default", { least: 1, most: 1 }], ["isolate", { least: 1, most: 1 }], ["log-level", { most: 1 }], ["log-target", { most: 1 }], ["service-watchdogs", { most: 1 }], ["service-log-level", { least: 1, most: 2 }], ["service-log-target", { least: 1, most: 2 }], ["exit", { most: 1 }],
  ["set-property", { least: 2 }], ["bind", { least: 2 }], ["mount-image", { least: 2 }], ["add-wants", { least: 2 }], ["add-requires", { least: 2 }], ["switch-root", { least: 1, most: 2 }],
]);
