// hwclock: the clock that runs while the machine is off (hwclock(8) of util-linux 2.38.1). What --verbose says is what the real one says.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { parseDate } from "../kit/date-parse.ts";
import { civilAt, civilAtUs, strftime } from "../kit/time-format.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";
import { UTC, type Zone, epochOfLocal, offsetAt, readZone } from "../kit/zones.ts";
import { type Adjtime, adjtimeText, noAdjtime, readAdjtime, writeAdjtime } from "./_adjtime.ts";

const FUNCTIONS = new Map([["adjust", "--adjust"], ["show", "--show"], ["toSystem", "--hctosys"], ["fromSystem", "--systohc"], ["get", "--get"], ["predict", "--predict"], ["set", "--set"], ["zone", "--systz"]]);
const EXCLUSIONS: readonly ReadonlyMap<string, string>[] = [FUNCTIONS, new Map([["local", "--localtime"], ["utc", "--utc"]]), new Map([["adjfile", "--adjfile"], ["noAdjfile", "--noadjfile"]])];

const PARAMETERS = new Map([["features", 0], ["correction", 1], ["bsm", 2]]);
/** RTC_FEATURE_ALARM and RTC_FEATURE_UPDATE_INTERRUPT: what rtc_cmos can (include/uapi/linux/rtc.h) */
const CMOS_FEATURES = 0x11;

const R_OK = 4;
const DAY = 86_400;
/** a factor beyond it is taken for nonsense (MAX_DRIFT) */
const MOST_DRIFT = 2145.0;
const CALIBRATION_SECONDS = 4 * 3600;

const ignored = (): void => undefined;

const dotted = (seconds: number): string => {
  const whole = Math.floor(seconds);
  return `${whole}.${String(Math.min(999_999, Math.round((seconds - whole) * 1e6))).padStart(6, "0")}`;
};

/** Fields of the clock as a time: they are UTC's or the zone's. */
interface Scale {
  readonly universal: boolean;
  readonly zone: Zone;
}

const timeOfFields = (fieldsSeconds: number, { universal, zone }: Scale): number => (universal ? fieldsSeconds : epochOfLocal(zone, fieldsSeconds));
const fieldsOfTime = (seconds: number, { universal, zone }: Scale): number => (universal ? seconds : seconds + offsetAt(zone, seconds).offsetSeconds);

/** Up to the next whole second of the hardware's clock. */
function* waitForTick(sys: Sys, say: (line: string) => void): Blocking<void> {
  say("Waiting for clock tick...");
  const us = sys.clockUs("rtc");
  yield* sys.sleep(1e6 - (us % 1e6));
  say("...got clock tick");
}

export default utilLinux({
  name: "hwclock", path: "/sbin/hwclock", manSection: 8, summary: "show and set the hardware clock (RTC)", synopsis: ["[function] [option...]"],
  options: {
    show: flag(["-r", "--show"], "tell the RTC's time"), get: flag(["--get"], "tell the RTC's time, corrected for its drift"), set: flag(["--set"], "the RTC gets the time of --date"), toSystem: flag(["-s", "--hctosys"], "the system gets the RTC's time"), fromSystem: flag(["-w", "--systohc"], "the RTC gets the system's time"), zone: flag(["--systz"], "tell the kernel of the time zone"), adjust: flag(["-a", "--adjust"], "make up for what the RTC gains or loses"),
    paramGet: text(["--param-get"], "param", "show a parameter of the clock"), paramSet: text(["--param-set"], "param=value", "change a parameter of the clock"), predict: flag(["--predict"], "tell what the RTC will show at --date"),
    utc: flag(["-u", "--utc"], "the RTC goes by UTC"), local: flag(["-l", "--localtime"], "the RTC goes by local time"), rtc: text(["-f", "--rtc"], "file", "the clock's device, when it is not /dev/rtc0"), directIsa: flag(["--directisa"], "ask the ISA bus instead of /dev/rtc0"), date: text(["--date"], "time", "the time that --set and --predict mean"),
    delay: text(["--delay"], "sec", "how long to wait until the clock is set"), updateDrift: flag(["--update-drift"], "learn from this setting how fast the clock drifts"), noAdjfile: flag(["--noadjfile"], "leave /etc/adjtime alone"), adjfile: text(["--adjfile"], "file", "the file of the drift, when it is not /etc/adjtime"), test: flag(["--test"], "set nothing, but tell each step (--verbose)"), verbose: flag(["-v", "-D", "--verbose", "--debug"], "tell each step"),
  },
  operands: "none",
  *run({ options, operands, given, sys }, io: Io) {
    for (const group of EXCLUSIONS) if (new Set(given.filter(({ option }) => group.has(option)).map(({ option }) => option)).size > 1) io.die(`mutually exclusive arguments: ${[...group.values()].join(" ")}`);
    const delay = options.delay === undefined ? 0.5 : Number(options.delay);
    if (Number.isNaN(delay) || options.delay === "") io.die(`invalid --delay argument: '${options.delay ?? ""}'`);
    if (operands.length > 0) io.usage(`${operands.length} too many arguments given`);
    const setting = options.set || options.fromSystem;
    if (options.updateDrift && !setting) io.die("--update-drift requires --set or --systohc");
    if (options.noAdjfile && !options.utc && !options.local) io.die("With --noadjfile, you must specify either --utc or --localtime");
    const zone = yield* readZone(sys);
    const startUs = sys.clockUs("realtime");
    let setSeconds = 0;
    if (options.set || options.predict) {
      if (options.date === undefined) io.die("--date is required for --set or --predict");
      const wanted = parseDate(options.date, zone, { epochSeconds: Math.floor(startUs / 1e6), nanoseconds: (startUs % 1_000_000) * 1000 });
      if (wanted === undefined) io.die(`invalid date '${options.date}'`);
      setSeconds = wanted.epochSeconds;
    }
    const verbose = options.verbose || options.test;
    const say = (line: string): void => {
      if (verbose) io.say(`${line}\n`);
    };
    const parameter = options.paramGet ?? options.paramSet;
    if (parameter !== undefined) return yield* parameterOf(sys, io, parameter, options.paramSet !== undefined);
    say("hwclock from util-linux 2.38.1");
    say(`System Time: ${dotted(startUs / 1e6)}`);
    if (!options.zone && !options.predict && !(yield* openClock(sys, io, options.rtc, say))) return 1;
    const adjfile = options.adjfile ?? "/etc/adjtime";
    const run = new Run(sys, io, { say, verbose, test: options.test, adjfile: options.noAdjfile ? undefined : adjfile, zone, update: options.updateDrift });
    const known = options.noAdjfile || (options.zone && (options.utc || options.local)) ? undefined : yield* readAdjtime(sys, adjfile);
    if (known !== undefined) {
      if (known.stranger !== undefined) {
        yield* io.warn("Warning: unrecognized third line in adjtime file\n(Expected: `UTC' or `LOCAL' or nothing.)");
      }
      say(`Last drift adjustment done at ${known.lastAdjustment} seconds after 1969`);
      say(`Last calibration done at ${known.lastCalibration} seconds after 1969`);
      say(`Hardware clock is on ${known.scale === "LOCAL" ? "local" : known.scale === "UTC" ? "UTC" : "unknown"} time`);
    }
    run.adjtime = known ?? noAdjtime;
    run.universal = options.utc || (!options.local && run.adjtime.scale !== "LOCAL");
    say(`Assuming hardware clock is kept in ${run.universal ? "UTC" : "local"} time.`);
    const status = options.predict ? run.predict(setSeconds) : options.zone ? run.systemZone() : yield* run.act(options.set ? setSeconds : undefined, options, startUs);
    if (options.test) io.say("Test mode: nothing was changed.\n");
    return status;
  },
});

function* parameterOf(sys: Sys, io: Io, given: string, setting: boolean): Blocking<number> {
  const [name = "", value] = given.split("=");
  const number = PARAMETERS.get(name) ?? (/^(?:0x[0-9a-f]+|\d+)$/i.test(name) ? Number(name) : undefined);
  const failed = `unable to ${setting ? "set" : "read"} the RTC parameter ${setting ? given : name}`;
  if (number === undefined) yield* io.warn("could not convert parameter name to number");
  else if (setting && (value === undefined || !/^(?:0x[0-9a-f]+|\d+)$/i.test(value))) yield* io.warn("could not convert parameter value to number");
  else if (yield* openClock(sys, io, undefined, ignored)) {
    if (!setting && number === 0) {
      io.say(`The RTC parameter 0x0 is set to 0x${CMOS_FEATURES.toString(16)}.\n`);
      return 0;
    }
    yield* io.warn(`ioctl(3, RTC_PARAM_${setting ? "SET" : "GET"}, param) to /dev/rtc0 failed: Invalid argument`);
  }
  yield* io.warn(failed);
  return 1;
}

function* openClock(sys: Sys, io: Io, given: string | undefined, say: (line: string) => void): Blocking<boolean> {
  // the kernel here opens no clock's device: who may is asked
  for (const path of given === undefined ? ["/dev/rtc0", "/dev/rtc", "/dev/misc/rtc"] : [given]) {
    say(`Trying to open: ${path}`);
    try {
      sys.access(path, R_OK);
      say("Using the rtc interface to the clock.");
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  say("No usable clock interface found.");
  yield* io.warn("Cannot access the Hardware Clock via any known method.");
  yield* io.warn("Use the --verbose option to see the details of our search for an access method.");
  return false;
}

interface Wishes {
  readonly say: (line: string) => void;
  readonly verbose: boolean;
  readonly test: boolean;
  /** undefined: it is left alone */
  readonly adjfile: string | undefined;
  readonly zone: Zone;
  readonly update: boolean;
}

class Run {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #wishes: Wishes;
  adjtime: Adjtime = noAdjtime;
  universal = true;
  #dirty = false;

  constructor(sys: Sys, io: Io, wishes: Wishes) {
    this.#sys = sys;
    this.#io = io;
    this.#wishes = wishes;
  }

  get #scale(): Scale {
    return { universal: this.universal, zone: this.#wishes.zone };
  }

  #show(seconds: number): void {
    const us = Math.round(seconds * 1e6);
    const civil = civilAtUs(this.#wishes.zone, us);
    this.#io.out.put(`${strftime("%Y-%m-%d %H:%M:%S", civil)}.${String(((us % 1e6) + 1e6) % 1e6).padStart(6, "0")}${strftime("%:z", civil)}\n`);
  }

  /** What the drift has made of the clock since it was last put right. */
  #drift(seconds: number): number {
    const { driftFactor, lastAdjustment, notAdjusted } = this.adjtime;
    const factor = Math.abs(driftFactor) > MOST_DRIFT || lastAdjustment === 0 ? 0 : driftFactor;
    const drift = factor === 0 ? 0 : (factor * (seconds - lastAdjustment)) / DAY + notAdjusted;
    this.#wishes.say(`Time since last adjustment is ${seconds - lastAdjustment} second${Math.abs(seconds - lastAdjustment) === 1 ? "" : "s"}`);
    this.#wishes.say(`Calculated Hardware Clock drift is ${dotted(drift)} seconds`);
    return drift;
  }

  predict(seconds: number): number {
    const predicted = seconds - this.#drift(seconds);
    this.#show(predicted);
    return 0;
  }

  systemZone(): number {
    const minutesWest = -Math.trunc(offsetAt(this.#wishes.zone, Math.floor(this.#sys.clockUs("realtime") / 1e6)).offsetSeconds / 60);
    if (this.universal) this.#wishes.say("Calling settimeofday(NULL, 0) to lock the warp_clock function.");
    else this.#wishes.say(`Calling settimeofday(NULL, ${minutesWest}) to warp System time, set PCIL and the kernel tz.`);
    if (!this.universal || minutesWest !== 0) this.#wishes.say(`Calling settimeofday(NULL, ${minutesWest}) to set the kernel timezone.`);
    return this.#wishes.test || this.#sys.getcred().euid === 0 ? 0 : this.#io.die("settimeofday() failed: Operation not permitted");
  }

  *act(setSeconds: number | undefined, options: { readonly fromSystem: boolean; readonly toSystem: boolean; readonly adjust: boolean; readonly get: boolean }, startUs: number): Blocking<number> {
    const sys = this.#sys;
    const { say, test, update } = this.#wishes;
    const setting = setSeconds !== undefined || options.fromSystem;
    if ((setting || options.adjust) && (this.adjtime.scale === "UTC") !== this.universal) {
      this.adjtime = { ...this.adjtime, scale: this.universal ? "UTC" : "LOCAL" };
      this.#dirty = true;
    }
    let hardware = 0;
    let atStart = 0;
    let drift = 0;
    if (!setting || update) {
      yield* waitForTick(sys, say);
      const fields = Math.floor(sys.clockUs("rtc") / 1e6);
      const readUs = sys.clockUs("realtime");
      const shown = strftime("%Y/%m/%d %H:%M:%S", civilAt(UTC, fields));
      hardware = timeOfFields(fields, this.#scale);
      say(`Time read from Hardware Clock: ${shown}`);
      say(`Hw clock time : ${shown} = ${hardware} seconds since 1969`);
      drift = this.#drift(hardware);
      if (options.get || options.toSystem || options.adjust || setting) hardware += drift;
      atStart = hardware + (startUs - readUs) / 1e6;
    }
    if (setSeconds !== undefined) {
      this.#setHardware(setSeconds, startUs);
      this.#learn(setSeconds, atStart);
    } else if (options.fromSystem) {
      const nowUs = sys.clockUs("realtime");
      this.#setHardware(Math.floor(nowUs / 1e6), Math.floor(nowUs / 1e6) * 1e6);
      this.#learn(nowUs / 1e6, hardware);
    } else if (options.adjust) {
      if (drift >= 1 || drift < -1) {
        const { driftFactor, lastAdjustment } = this.adjtime;
        if (Math.abs(driftFactor) > MOST_DRIFT) say(`Not setting clock because drift factor ${driftFactor.toFixed(6)} is far too high.`);
        else if (lastAdjustment === 0) say("Not setting clock because last adjustment time is zero, so history is bad.");
        else {
          this.#setHardware(Math.floor(hardware), sys.clockUs("realtime"));
          this.adjtime = { ...this.adjtime, lastAdjustment: Math.floor(hardware), notAdjusted: 0 };
          this.#dirty = true;
        }
      } else this.#io.say("Needed adjustment is less than one second, so not setting clock.\n");
    } else if (options.toSystem) return this.#setSystem(hardware);
    else {
      this.#show(atStart);
      return 0;
    }
    const { adjfile, verbose } = this.#wishes;
    if (adjfile === undefined || !this.#dirty) return 0;
    if (verbose) {
      this.#io.say(`New ${adjfile} data:\n`);
      this.#io.out.put(adjtimeText(this.adjtime));
    }
    if (test) return 0;
    const problem = yield* writeAdjtime(sys, adjfile, this.adjtime);
    if (problem === undefined) return 0;
    yield* this.#io.warn(`cannot open ${adjfile}: ${problem}`);
    return 1;
  }

  #setHardware(seconds: number, referenceUs: number): void {
    const { say, test } = this.#wishes;
    const sys = this.#sys;
    say("Using delay: 0.500000 seconds");
    // as much later as it is since that time was the right one; the clock counts whole seconds
    const nowUs = sys.clockUs("realtime");
    const target = seconds + (nowUs - referenceUs) / 1e6;
    say(`${dotted(nowUs / 1e6)} is close enough to ${dotted(nowUs / 1e6)} (0.000000 < 0.001000)`);
    say(`Set RTC to ${Math.floor(target)} (${seconds} + ${Math.floor(target) - seconds}; refsystime = ${dotted(referenceUs / 1e6)})`);
    say(`Setting Hardware Clock to ${strftime("%H:%M:%S", civilAt(UTC, fieldsOfTime(Math.floor(target), this.#scale)))} = ${Math.floor(target)} seconds since 1969`);
    if (test) return;
    try {
      sys.setClockUs(fieldsOfTime(target, this.#scale) * 1e6, "rtc");
      say("ioctl(RTC_SET_TIME) was successful.");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#io.die(`ioctl(RTC_SET_TIME) to /dev/rtc0 to set the time failed: ${error.message}`);
    }
  }

  #setSystem(seconds: number): number {
    const { say, test } = this.#wishes;
    const minutesWest = -Math.trunc(offsetAt(this.#wishes.zone, Math.floor(seconds)).offsetSeconds / 60);
    if (this.universal) say("Calling settimeofday(NULL, 0) to lock the warp_clock function.");
    else say(`Calling settimeofday(NULL, ${minutesWest}) to set the kernel timezone.`);
    say(`Calling settimeofday(${dotted(seconds)}, NULL) to set the System time.`);
    if (this.universal && minutesWest !== 0) say(`Calling settimeofday(NULL, ${minutesWest}) to set the kernel timezone.`);
    if (test) return 0;
    try {
      this.#sys.setClockUs(Math.round(seconds * 1e6));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#io.die(`settimeofday() failed: ${error.message}`);
    }
    return 0;
  }

  #learn(nowSeconds: number, hardwareSeconds: number): void {
    const { say, update, adjfile } = this.#wishes;
    if (adjfile === undefined) return;
    const { lastCalibration, driftFactor, lastAdjustment } = this.adjtime;
    let factor = driftFactor;
    if (!update) say("Not adjusting drift factor because the --update-drift option was not used.");
    else if (lastCalibration === 0) say("Not adjusting drift factor because last calibration time is zero,\nso history is bad and calibration startover is necessary.");
    else if (hardwareSeconds - lastCalibration < CALIBRATION_SECONDS) say("Not adjusting drift factor because it has been less than four hours since the last calibration.");
    else {
      const days = (nowSeconds - lastAdjustment) / DAY;
      const learnt = driftFactor + (nowSeconds - hardwareSeconds) / days;
      if (Math.abs(learnt) > MOST_DRIFT) {
        say(`Clock drift factor was calculated as ${learnt.toFixed(6)} seconds/day.\nIt is far too much. Resetting to zero.`);
        factor = 0;
      } else {
        say(`Clock drifted ${(nowSeconds - hardwareSeconds).toFixed(6)} seconds in the past ${(days * DAY).toFixed(6)} seconds\nin spite of a drift factor of ${driftFactor.toFixed(6)} seconds/day.\nAdjusting drift factor by ${(learnt - driftFactor).toFixed(6)} seconds/day`);
        factor = learnt;
      }
    }
    this.adjtime = { ...this.adjtime, driftFactor: factor, lastCalibration: Math.floor(nowSeconds), lastAdjustment: Math.floor(nowSeconds), notAdjusted: 0 };
    this.#dirty = true;
  }
}
