// The four stages of a boot, and single modules (cloudinit/cmd/main.py).
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Io } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";
import type { YamlValue } from "../kit/yaml/parse-yaml.ts";
import { cachedInstance, consumeUserData, findInstance, keepInstance, noInstance, readConfiguration, userConfiguration } from "./_data-source.ts";
import { removeIfThere, writeFile } from "./_files.ts";
import { nameExists } from "../kit/presence.ts";
import { fromJson, isList, isMap, jsonText } from "./_json.ts";
import { type Frequency, modules, runModule, setHostname } from "./_modules.ts";
import { CLOUD, INSTANCE, mergeOver, noteStatus, Run, RUN, uptimeSeconds, VERSION } from "./_run.ts";
import { mailDate } from "./_status.ts";

const admGroup = 4;

/** What the stage writes goes through tee, as `output: {all: '| tee -a FILE'}` says. */
function* withOutput(run: Run, work: () => Blocking<number>): Blocking<number> {
  const { sys, io } = run;
  const output = run.map("output")?.get("all");
  const file = typeof output === "string" ? /^\|\s*tee -a (\S+)$/.exec(output)?.[1] : undefined;
  if (file === undefined || sys.getcred().euid !== 0) return yield* work();
  if (!nameExists(sys, file)) {
    yield* writeFile(sys, file, "", 0o640);
    sys.chown(file, 0, admGroup);
  }
  yield* io.out.flush();
  const saved = [sys.dup(1, 10), sys.dup(2, 10)];
  for (const fd of saved) sys.setCloexec(fd, true);
  const [read, write] = sys.pipe();
  const pid = sys.fork(function* tee(own) {
    own.dup2(read, 0);
    own.close(read);
    own.close(write);
    try {
      return yield* own.exec("/usr/bin/tee", ["tee", "-a", file], own.environment);
    } catch (error) {
      if (error instanceof SysError) return 127;
      throw error;
    }
  });
  sys.close(read);
  sys.dup2(write, 1);
  sys.dup2(write, 2);
  sys.close(write);
  try {
    return yield* work();
  } finally {
    yield* io.out.flush();
    for (const [index, fd] of saved.entries()) {
      sys.dup2(fd, index + 1);
      sys.close(fd);
    }
    yield* waitFor(sys, pid);
  }
}

function* welcome(run: Run, name: string): Blocking<void> {
  const text = `Cloud-init v. ${VERSION} running '${name}' at ${mailDate(run.now())}. Up ${yield* uptimeSeconds(run.sys)} seconds.`;
  run.debug("util.py", text);
  yield* run.flush();
  yield* run.io.stderr(`${text}\n`);
}

function* refuseUser(io: Io): Blocking<boolean> {
  if (io.sys.getcred().euid === 0) return false;
  yield* io.stderr("cloud-init: permission denied: this stage needs root\n");
  return true;
}

type StageKey = "init-local" | "init" | "modules-config" | "modules-final";

/** Notes begin, end and errors of a stage for `cloud-init status`. */
function* staged(run: Run, key: StageKey, work: () => Blocking<number>): Blocking<number> {
  const { sys } = run;
  const local = key === "init-local";
  if (local) for (const path of [`${CLOUD}/data/status.json`, `${CLOUD}/data/result.json`, `${RUN}/status.json`, `${RUN}/result.json`]) removeIfThere(sys, path);
  const kept = local ? undefined : fromJson((yield* readTextFile(sys, `${CLOUD}/data/status.json`)) ?? "");
  const former = isMap(kept) ? kept.get("v1") : undefined;
  const begun = run.now();
  const record = (finished: number | null): YamlValue => new Map<string, YamlValue>([["errors", run.errors], ["finished", finished], ["start", begun]]);
  let v1 = yield* noteStatus(sys, (state) => state.set("stage", key).set(key, record(null)), isMap(former) ? former : undefined);
  const status = yield* work();
  v1 = yield* noteStatus(sys, (state) => {
    state.set("stage", null).set(key, record(run.now()));
    if (run.instance !== undefined) state.set("datasource", run.instance.source);
  }, v1);
  if (key === "modules-final") {
    const errors = ["init-local", "init", "modules-config", "modules-final"].flatMap((name) => {
      const one = v1.get(name);
      const own = isMap(one) ? one.get("errors") : undefined;
      return isList(own) ? own : [];
    });
    yield* writeFile(sys, `${CLOUD}/data/result.json`, `${jsonText(new Map([["v1", new Map<string, YamlValue>([["datasource", v1.get("datasource") ?? null], ["errors", errors]])]]))}\n`);
    if (!nameExists(sys, `${RUN}/result.json`)) sys.symlink("../../var/lib/cloud/data/result.json", `${RUN}/result.json`);
  }
  yield* run.flush();
  return status;
}

const frequencyWords: ReadonlyMap<string, Frequency> = new Map([["always", "always"], ["instance", "instance"], ["once-per-instance", "instance"], ["once", "once"]]);

function* runList(run: Run, key: "cloud_init_modules" | "cloud_config_modules" | "cloud_final_modules"): Blocking<void> {
  const skipped: string[] = [];
  const wanted: (readonly [name: string, frequency: Frequency | undefined])[] = [];
  for (const entry of run.list(key)) {
    const name = typeof entry === "string" ? entry : isList(entry) ? String(entry[0]) : isMap(entry) ? String(entry.get("name")) : "";
    const word = isList(entry) ? entry[1] : isMap(entry) ? entry.get("frequency") : undefined;
    const module = modules.get(name.replaceAll("-", "_"));
    if (module === undefined) {
      yield* run.warn("modules.py", `Could not find module named cc_${name.replaceAll("-", "_")} (searched ['cc_${name.replaceAll("-", "_")}', 'cloudinit.config.cc_${name.replaceAll("-", "_")}'])`);
      continue;
    }
    if (module.keys !== undefined && !module.keys.some((one) => run.configuration.has(one))) skipped.push(name);
    else wanted.push([name, typeof word === "string" ? frequencyWords.get(word) : undefined]);
  }
  if (skipped.length > 0) run.debug("modules.py", `Skipping modules '${skipped.join(",")}' because no applicable config is provided.`, "INFO");
  for (const [name, frequency] of wanted) yield* runModule(run, name, frequency);
}

export function* initStage(io: Io, local: boolean): Blocking<number> {
  if (yield* refuseUser(io)) return 1;
  const run = new Run(io, local ? "init-local" : "init-network");
  run.configuration = yield* readConfiguration(run);
  return yield* withOutput(run, function* () {
    yield* welcome(run, local ? "init-local" : "init");
    return yield* staged(run, local ? "init-local" : "init", function* () {
      if (local) {
        run.start("init-local/check-cache", "attempting to read from cache [check]");
        const former = yield* cachedInstance(run);
        run.finish("init-local/check-cache", "SUCCESS", former === undefined ? "no cache found" : `restored from checked cache: ${former.source}`);
        run.start("init-local/search-NoCloud", "searching for local data from DataSourceNoCloud");
        const found = yield* findInstance(run);
        run.finish("init-local/search-NoCloud", "SUCCESS", found === undefined ? "no local data found from DataSourceNoCloud" : "found local data from DataSourceNoCloud");
        if (found !== undefined) {
          run.instance = found;
          yield* keepInstance(run, found);
          // a name that the data source knows is there before the DHCP client says it
          if (found.metadata.has("local-hostname")) yield* setHostname(run);
        }
        run.finish("init-local", "SUCCESS", "searching for local datasources");
        return 0;
      }
      run.start("init-network/check-cache", "attempting to read from cache [trust]");
      const instance = (yield* cachedInstance(run)) ?? (yield* findInstance(run)) ?? noInstance;
      run.finish("init-network/check-cache", "SUCCESS", `restored from cache with run check: ${instance.source}`);
      run.instance = instance;
      yield* keepInstance(run, instance);
      run.start("init-network/consume-user-data", "reading and applying user-data");
      run.configuration = mergeOver(yield* consumeUserData(run, instance), run.configuration);
      run.finish("init-network/consume-user-data", "SUCCESS", "reading and applying user-data");
      yield* writeFile(io.sys, `${RUN}/combined-cloud-config.json`, jsonText(run.configuration), 0o600);
      yield* runList(run, "cloud_init_modules");
      run.finish("init-network", "SUCCESS", "searching for network datasources");
      return run.errors.length > 0 ? 1 : 0;
    });
  });
}

/** A run of a later stage; undefined when no stage before it found an instance. */
function* laterRun(io: Io, stage: string): Blocking<Run | undefined> {
  const run = new Run(io, stage);
  run.configuration = yield* readConfiguration(run);
  run.instance = yield* cachedInstance(run);
  return run.instance === undefined ? undefined : run;
}

export function* modulesStage(io: Io, mode: string): Blocking<number> {
  if (yield* refuseUser(io)) return 1;
  const run = yield* laterRun(io, `modules-${mode}`);
  if (run === undefined) {
    const empty = new Run(io, `modules-${mode}`);
    yield* empty.warn("main.py", "Can not apply stage, no datasource found! Likely bad things to come!");
    yield* empty.flush();
    return 1;
  }
  return yield* withOutput(run, function* () {
    yield* welcome(run, `modules:${mode}`);
    const work = function* (): Blocking<number> {
      run.configuration = yield* userConfiguration(run);
      yield* runList(run, mode === "init" ? "cloud_init_modules" : mode === "config" ? "cloud_config_modules" : "cloud_final_modules");
      run.finish(`modules-${mode}`, "SUCCESS", `running modules for ${mode}`);
      return run.errors.length > 0 ? 1 : 0;
    };
    if (mode === "init") return yield* work();
    return yield* staged(run, mode === "config" ? "modules-config" : "modules-final", work);
  });
}

export function* singleModule(io: Io, name: string, frequency: string | undefined): Blocking<number> {
  if (yield* refuseUser(io)) return 1;
  const run = (yield* laterRun(io, "single")) ?? new Run(io, "single");
  if (run.instance === undefined) {
    run.configuration = yield* readConfiguration(run);
    run.instance = noInstance;
  }
  return yield* withOutput(run, function* () {
    if (nameExists(io.sys, INSTANCE)) run.configuration = yield* userConfiguration(run);
    yield* welcome(run, "single");
    const own = name.replaceAll("-", "_");
    if (!modules.has(own)) {
      yield* run.warn("modules.py", `Could not find module named cc_${own} (searched ['cc_${own}', 'cloudinit.config.cc_${own}'])`);
      yield* run.warn("main.py", `Did not run ${name}, does it exist?`);
      yield* run.flush();
      return 1;
    }
    const ran = yield* runModule(run, name, frequency === undefined ? undefined : frequencyWords.get(frequency));
    if (!ran) {
      yield* run.warn("main.py", `Ran ${name} but it failed!`);
      yield* run.flush();
      return 1;
    }
    yield* run.flush();
    return 0;
  });
}

