// Finding the instance's data, and what is kept of them under /var/lib/cloud and /run/cloud-init.
import { findNoCloud } from "../../daemons/cloud-init/api.ts";
import { type Blocking, concatBytes, decode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { loadYaml, type YamlMap, type YamlValue } from "../kit/yaml/parse-yaml.ts";
import { YamlError } from "../kit/yaml/yaml-error.ts";
import { gunzipped } from "./_encoding.ts";
import { makeDirectories, namesIn, removeIfThere, runProgram, writeFile } from "./_files.ts";
import { nameExists } from "../kit/presence.ts";
import { fromJson, isList, isMap, jsonText } from "./_json.ts";
import { CLOUD, INSTANCE, type Instance, mergeOver, type Run, RUN } from "./_run.ts";
import { isValidConfiguration } from "./_schema.ts";
import { JinjaError, renderJinja } from "./_jinja.ts";
import { applyNetworkConfig } from "./_network.ts";
import { PartHandlers, patched } from "./_part-handlers.ts";
import { partsOf } from "./_user-data.ts";

/** cloud.cfg with the files of cloud.cfg.d over it. */
export function* readConfiguration(run: Run): Blocking<YamlMap> {
  let merged: YamlMap = new Map();
  const paths = ["/etc/cloud/cloud.cfg", ...namesIn(run.sys, "/etc/cloud/cloud.cfg.d").filter((name) => name.endsWith(".cfg")).map((name) => `/etc/cloud/cloud.cfg.d/${name}`), `${RUN}/cloud.cfg`];
  for (const path of paths) {
    const text = yield* readTextFile(run.sys, path);
    if (text === undefined) continue;
    try {
      const value = loadYaml(text);
      if (isMap(value)) merged = mergeOver(value, merged);
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      yield* badYaml(run, error);
    }
  }
  return merged;
}

function* badYaml(run: Run, error: YamlError): Blocking<void> {
  const mark = error.problemMark;
  yield* run.warn("util.py", `Failed loading yaml blob. Invalid format at line ${(mark?.line ?? 0) + 1} column ${(mark?.column ?? 0) + 1}: "${error.message}"`);
}

interface Seed {
  readonly userData: string | undefined;
  readonly metaData: string | undefined;
  readonly vendorData: string;
  readonly networkConfig: string | undefined;
}

/** Undefined when there is no such file; compressed user data is unpacked (util.decomp_gzip). */
function* dataFile(sys: Sys, path: string): Blocking<string | undefined> {
  let fd: number;
  try {
    fd = yield* sys.open(path, O.RDONLY);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      parts.push(bytes.slice());
    }
  } finally {
    sys.close(fd);
  }
  const whole = concatBytes([new Uint8Array(0), ...parts]);
  return decode(whole[0] === 0x1f && whole[1] === 0x8b ? ((yield* gunzipped(whole)) ?? whole) : whole);
}

function* readSeed(sys: Sys, directory: string): Blocking<Seed> {
  return { userData: yield* dataFile(sys, `${directory}/user-data`), metaData: yield* dataFile(sys, `${directory}/meta-data`), vendorData: (yield* dataFile(sys, `${directory}/vendor-data`)) ?? "", networkConfig: yield* dataFile(sys, `${directory}/network-config`) };
}

/** Undefined when there is no data source. */
export function* findInstance(run: Run): Blocking<Instance | undefined> {
  const { sys } = run;
  const list = run.configuration.get("datasource_list");
  const wanted = isList(list) ? list.map(String) : ["NoCloud", "None"];
  const found = wanted.includes("NoCloud") ? yield* findNoCloud(sys) : undefined;
  if (found === undefined) return undefined;
  let seed: Seed;
  if (found.kind === "seed") seed = yield* readSeed(sys, found.path);
  else {
    const target = `${RUN}/tmp/seed`;
    makeDirectories(sys, target);
    if ((yield* runProgram(sys, ["mount", "-o", "ro", found.path, target], { quiet: true })) !== 0) return undefined;
    try {
      seed = yield* readSeed(sys, target);
    } finally {
      sys.umount(target);
      sys.rmdir(target);
    }
  }
  if (seed.userData === undefined && seed.metaData === undefined) return undefined;
  if (seed.networkConfig !== undefined && run.stage === "init-local") yield* applyNetworkConfig(run, seed.networkConfig);
  let metadata: YamlMap = new Map();
  try {
    const value = loadYaml(seed.metaData ?? "");
    if (isMap(value)) metadata = value;
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    yield* badYaml(run, error);
  }
  const named = metadata.get("instance-id");
  const id = typeof named === "string" || typeof named === "number" ? String(named) : "nocloud";
  const mode = metadata.get("dsmode");
  return {
    id, source: `DataSourceNoCloud [seed=${found.path}][dsmode=${typeof mode === "string" ? mode : "net"}]`, subplatform: `${found.kind === "seed" ? "seed-dir" : "config-disk"} (${found.path})`,
    metadata: new Map<string, YamlValue>([["dsmode", "net"], ...metadata, ["instance-id", id]]), userData: seed.userData ?? "", vendorData: seed.vendorData,
  };
}

export const noInstance: Instance = { id: "iid-datasource-none", source: "DataSourceNone", subplatform: "config", metadata: new Map([["instance-id", "iid-datasource-none"]]), userData: "", vendorData: "" };

/** What the former stage found. */
export function* cachedInstance(run: Run): Blocking<Instance | undefined> {
  const kept = fromJson((yield* readTextFile(run.sys, `${INSTANCE}/obj.pkl`)) ?? "");
  if (!isMap(kept)) return undefined;
  const text = (name: string): string => String(kept.get(name) ?? "");
  const metadata = kept.get("metadata");
  return { id: text("id"), source: text("source"), subplatform: text("subplatform"), metadata: isMap(metadata) ? metadata : new Map(), userData: text("userData"), vendorData: text("vendorData") };
}

/** The tree of an instance, and the link to the one of now. */
export function* keepInstance(run: Run, instance: Instance): Blocking<void> {
  const { sys } = run;
  const own = `${CLOUD}/instances/${instance.id.replaceAll("/", "_")}`;
  for (const directory of ["data", "handlers", "scripts/per-boot", "scripts/per-instance", "scripts/per-once", "scripts/vendor", "seed", "sem", "instances"]) makeDirectories(sys, `${CLOUD}/${directory}`);
  for (const directory of ["handlers", "scripts", "sem"]) makeDirectories(sys, `${own}/${directory}`);
  removeIfThere(sys, INSTANCE);
  sys.symlink(own, INSTANCE);
  const former = ((yield* readTextFile(sys, `${CLOUD}/data/instance-id`)) ?? "").trim();
  const name = instance.source.split(" ")[0] ?? "";
  yield* writeFile(sys, `${INSTANCE}/datasource`, `${name}: ${instance.source}\n`);
  yield* writeFile(sys, `${CLOUD}/data/previous-datasource`, `${name}: ${instance.source}\n`);
  yield* writeFile(sys, `${CLOUD}/data/previous-instance-id`, `${former === "" ? "NO_PREVIOUS_INSTANCE_ID" : former}\n`);
  yield* writeFile(sys, `${CLOUD}/data/instance-id`, `${instance.id}\n`);
  yield* writeFile(sys, `${RUN}/.instance-id`, `${instance.id}\n`);
  const kept = new Map<string, YamlValue>([["id", instance.id], ["source", instance.source], ["subplatform", instance.subplatform], ["metadata", instance.metadata], ["userData", instance.userData], ["vendorData", instance.vendorData]]);
  yield* writeFile(sys, `${INSTANCE}/obj.pkl`, jsonText(kept), 0o400);
  yield* writeInstanceData(run, instance);
}

function* writeInstanceData(run: Run, instance: Instance): Blocking<void> {
  const { sys } = run;
  const release = (yield* readTextFile(sys, "/etc/os-release")) ?? "";
  const field = (name: string): string => new RegExp(`^${name}="?([^"\n]*)`, "m").exec(release)?.[1] ?? "";
  const { release: kernel, machine } = sys.uname();
  const nocloud = instance.source.startsWith("DataSourceNoCloud");
  const hostName = String(instance.metadata.get("local-hostname") ?? instance.metadata.get("hostname") ?? sys.uname().nodename);
  const cloud = nocloud ? "nocloud" : "none";
  const named: readonly (readonly [string, YamlValue])[] = [
    ["availability_zone", null], ["cloud_id", cloud], ["cloud_name", nocloud ? "unknown" : "none"], ["distro", field("ID")], ["distro_release", field("VERSION_CODENAME")], ["distro_version", field("VERSION_ID")], ["instance_id", instance.id],
    ["kernel_release", kernel], ["local_hostname", hostName], ["machine", machine], ["platform", cloud], ["public_ssh_keys", []], ["python_version", "3.11.2"], ["region", null], ["subplatform", instance.subplatform], ["system_platform", `Linux-${kernel}-${machine}-with-glibc2.36`], ["variant", field("ID")],
  ];
  const both = named.flatMap(([name, value]): (readonly [string, YamlValue])[] => (name.includes("_") && ["availability_zone", "cloud_name", "instance_id", "local_hostname"].includes(name) ? [[name, value], [name.replace("_", "-"), value]] : [[name, value]]));
  const data = (redacted: boolean): YamlMap => new Map<string, YamlValue>([
    ["base64_encoded_keys", []],
    ["ds", new Map<string, YamlValue>([["_doc", "EXPERIMENTAL: The structure and format of content scoped under the 'ds' key may change in subsequent releases of cloud-init."], ["meta_data", new Map([...instance.metadata].flatMap(([name, value]): [string, YamlValue][] => (name.includes("-") ? [[name, value], [name.replaceAll("-", "_"), value]] : [[name, value]])))]])],
    ["merged_cfg", redacted ? "redacted for non-root user" : run.configuration],
    ["sensitive_keys", ["combined_cloud_config", "ds/meta_data/security-credentials", "merged_cfg"]],
    ["v1", new Map<string, YamlValue>([["_beta_keys", ["subplatform"]], ...both])],
  ]);
  yield* writeFile(sys, `${RUN}/instance-data-sensitive.json`, `${jsonText(data(false))}\n`, 0o600);
  yield* writeFile(sys, `${RUN}/instance-data.json`, `${jsonText(data(true))}\n`, 0o644);
  yield* writeFile(sys, `${RUN}/cloud-id-${cloud}`, `${cloud}\n`);
  if (!nameExists(sys, `${RUN}/cloud-id`)) sys.symlink(`${RUN}/cloud-id-${cloud}`, `${RUN}/cloud-id`);
}

/** Undefined when the template is wrong. */
function* renderPart(run: Run, name: string, text: string, known: YamlMap): Blocking<string | undefined> {
  try {
    const rendered = renderJinja(text.replace(/^## ?template: ?jinja[^\n]*\n/i, ""), known);
    if (rendered.missing.length > 0) yield* run.warn("jinja_template.py", `Could not render jinja template variables in file '${name}': ${rendered.missing.map((one) => `'${one}'`).join(", ")}`);
    return rendered.text;
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    yield* run.warn("jinja_template.py", `Ignoring jinja template for ${name}: ${error.message}`);
    return undefined;
  }
}

function* configurationOf(run: Run, name: string, text: string): Blocking<YamlMap | undefined> {
  try {
    const value = loadYaml(text);
    if (isMap(value)) {
      if (!isValidConfiguration(text)) yield* run.warn("schema.py", "Invalid cloud-config provided: Please run 'sudo cloud-init schema --system' to see the schema errors.");
      return value;
    }
    if (value === null) return undefined;
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    yield* badYaml(run, error);
  }
  yield* run.warn("cloud_config.py", `Failed at merging in cloud config part from ${name}`);
  return undefined;
}

/** Reads the user data into cloud-config and scripts (cloudinit/stages.py, handlers). */
export function* consumeUserData(run: Run, instance: Instance): Blocking<YamlMap> {
  const { sys } = run;
  yield* writeFile(sys, `${INSTANCE}/user-data.txt`, instance.userData, 0o600);
  yield* writeFile(sys, `${INSTANCE}/user-data.txt.i`, `Content-Type: multipart/mixed; boundary="===============0=="\nMIME-Version: 1.0\nNumber-Attachments: 1\n\n--===============0==\nMIME-Version: 1.0\nContent-Type: text/cloud-config; charset="us-ascii"\n\n${instance.userData}\n--===============0==--\n`, 0o600);
  for (const name of ["vendor-data.txt", "vendor-data.txt.i", "vendor-data2.txt", "vendor-data2.txt.i"]) yield* writeFile(sys, `${INSTANCE}/${name}`, name === "vendor-data.txt" ? instance.vendorData : "", 0o600);
  const handlers = new PartHandlers(run);
  let merged: YamlMap = new Map();
  let number = 0;
  const data = fromJson((yield* readTextFile(sys, `${RUN}/instance-data-sensitive.json`)) ?? "");
  const v1 = isMap(data) ? data.get("v1") : undefined;
  const known: YamlMap = isMap(data) ? new Map([...data, ...(isMap(v1) ? v1 : [])]) : new Map();
  for (const [vendor, whole] of [[true, instance.vendorData], [false, instance.userData]] as const) {
    for (const given of yield* partsOf(run, whole, number + 1)) {
      number++;
      let { text, type } = given;
      const { name } = given;
      if (type === "text/jinja2" || /^## ?template: ?jinja/i.test(text)) {
        const rendered = yield* renderPart(run, name, text, known);
        if (rendered === undefined) continue;
        text = rendered;
        type = text.startsWith("#!") ? "text/x-shellscript" : text.startsWith("#cloud-boothook") ? "text/cloud-boothook" : "text/cloud-config";
      }
      if (type !== "text/part-handler" && type !== "text/cloud-config" && handlers.take({ type, name, text })) continue;
      switch (type) {
        case "text/cloud-config": {
          const value = yield* configurationOf(run, name, text);
          if (value !== undefined) merged = mergeOver(value, merged);
          break;
        }
        case "text/x-shellscript":
          yield* writeFile(sys, vendor ? `${CLOUD}/scripts/vendor/${name}` : `${INSTANCE}/scripts/${name}`, text, 0o700);
          break;
        case "text/x-shellscript-per-boot":
        case "text/x-shellscript-per-instance":
        case "text/x-shellscript-per-once":
          yield* writeFile(sys, `${CLOUD}/scripts/${type.slice("text/x-shellscript-".length)}/${name}`, text, 0o700);
          break;
        case "text/cloud-boothook": {
          const path = `${INSTANCE}/boothooks/${name}`;
          yield* writeFile(sys, path, text.replace(/^#cloud-boothook[^\n]*\n/, ""), 0o700);
          const status = yield* runProgram(sys, [path], { environment: [["INSTANCE_ID", instance.id]] });
          if (status !== 0) yield* run.warn("boot_hook.py", `Boothooks script ${path} execution error`);
          break;
        }
        case "text/part-handler":
          yield* handlers.add(text);
          break;
        case "text/cloud-config-jsonp": {
          const value = patched(merged, text);
          if (value === undefined) yield* run.warn("cloud_config.py", `Failed at merging in cloud config part from ${name}`);
          else merged = value;
          break;
        }
        default:
          yield* run.warn("__init__.py", `Unhandled ${type === "text/x-not-multipart" ? "non-multipart" : "unknown content-type"} (${type}) userdata: 'b'${text.slice(0, 24).replaceAll("\n", "\\n")}'...'`);
      }
    }
  }
  yield* handlers.finish();
  yield* writeFile(sys, `${INSTANCE}/cloud-config.txt`, `#cloud-config\n\n# from 1 files\n# ${number === 0 ? "" : "part-001"}\n\n---\n${instance.userData.startsWith("#cloud-config") ? instance.userData.slice(instance.userData.indexOf("\n") + 1) : ""}...\n`, 0o600);
  yield* writeFile(sys, `${INSTANCE}/sem/consume_data`, "");
  return merged;
}

/** The cloud-config of an instance as a later stage reads it again. */
export function* userConfiguration(run: Run): Blocking<YamlMap> {
  const value = fromJson((yield* readTextFile(run.sys, `${RUN}/combined-cloud-config.json`)) ?? "");
  return isMap(value) ? value : run.configuration;
}
