// Modules apt_configure and apt_pipelining: mirrors, further sources with their keys, proxies and settings (cloudinit/config/cc_apt_configure.py).
import type { Blocking } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { YamlValue } from "../kit/yaml/parse-yaml.ts";
import { removeIfThere, runProgram, writeFile } from "./_files.ts";
import { isList, isMap } from "./_json.ts";
import { isTrue, ModuleError, type Run } from "./_run.ts";

const file = "cc_apt_configure.py";
const SOURCES = "/etc/apt/sources.list";
const PROXY = "/etc/apt/apt.conf.d/90cloud-init-aptproxy";
const SETTINGS = "/etc/apt/apt.conf.d/94cloud-init-config";
const defaultSuites = ["updates", "backports", "security"];

/** The mirror that the configuration names for this architecture, or for all. */
function mirrorOf(value: YamlValue | undefined): string | undefined {
  if (!isList(value)) return undefined;
  const entries = value.filter(isMap);
  const named = (word: string) => entries.find((entry) => {
    const arches = entry.get("arches");
    return isList(arches) && arches.includes(word);
  });
  const uri = (named("amd64") ?? named("default"))?.get("uri");
  return typeof uri === "string" ? uri : undefined;
}

function* releaseOf(run: Run): Blocking<string> {
  return /^VERSION_CODENAME=(.*)$/m.exec((yield* readTextFile(run.sys, "/etc/os-release")) ?? "")?.[1] ?? "stable";
}

function sourcesText(template: string, facts: ReadonlyMap<string, string>): string {
  return template.replace(/\$(\w+)/g, (whole, name: string) => facts.get(name) ?? whole);
}

const usualSources = "## Written by cloud-init at the first boot of an instance: changes stay, unless the instance's id changes.\ndeb $MIRROR $RELEASE main\ndeb-src $MIRROR $RELEASE main\ndeb $SECURITY $RELEASE-security main\ndeb-src $SECURITY $RELEASE-security main\ndeb $MIRROR $RELEASE-updates main\ndeb-src $MIRROR $RELEASE-updates main\ndeb $MIRROR $RELEASE-backports main\ndeb-src $MIRROR $RELEASE-backports main\n";

/** Lines of a suite become comments. */
function withoutSuites(text: string, suites: readonly string[], release: string): string {
  const disabled = new Set(suites.map((one) => (one === "release" ? release : defaultSuites.includes(one) ? `${release}-${one}` : one.replaceAll("$RELEASE", release))));
  return text.split("\n").map((line) => {
    const words = line.replace(/\[[^\]]*\]\s*/, "").split(/\s+/);
    return (words[0] === "deb" || words[0] === "deb-src") && disabled.has(words[2] ?? "") ? `# suite disabled by cloud-init: ${line}` : line;
  }).join("\n");
}

function* addSource(run: Run, given: string, entry: YamlValue, facts: ReadonlyMap<string, string>): Blocking<void> {
  if (!isMap(entry)) throw new ModuleError(`apt.sources: ${given} is not a dict`, "ValueError");
  const text = (name: string): string | undefined => {
    const value = entry.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const name = text("filename") ?? given;
  const key = text("key");
  const source = text("source");
  const keyFile = `/etc/apt/cloud-init.gpg.d/${name.replace(/\.list$/, "")}.gpg`;
  if (key !== undefined) {
    const path = source?.includes("$KEY_FILE") === true ? keyFile : `/etc/apt/trusted.gpg.d/${name.replace(/\.list$/, "")}.gpg`;
    const armored = `${path.replace(/\.gpg$/, "")}.asc`;
    yield* writeFile(run.sys, armored, key);
    const status = yield* runProgram(run.sys, ["gpg", "--batch", "--yes", "--dearmor", "-o", path, armored], { quiet: true });
    // without gpg the armored key serves as well: apt reads both
    if (status === 0) removeIfThere(run.sys, armored);
  } else if (entry.has("keyid")) yield* run.warn(file, `Failed to add key ${text("keyid") ?? ""}: no key server can be reached from here`);
  if (source === undefined) return;
  const list = name.startsWith("/") ? name : `/etc/apt/sources.list.d/${name.endsWith(".list") ? name : `${name}.list`}`;
  yield* writeFile(run.sys, list, `${sourcesText(source, new Map([...facts, ["KEY_FILE", keyFile]]))}\n`, 0o644, entry.get("append") === undefined || isTrue(entry.get("append")));
}

export function* aptConfigure(run: Run): Blocking<void> {
  const settings = run.map("apt");
  if (settings === undefined) return;
  const release = yield* releaseOf(run);
  const mirror = mirrorOf(settings.get("primary")) ?? "http://deb.debian.org/debian";
  const facts = new Map([["MIRROR", mirror], ["PRIMARY", mirror], ["SECURITY", mirrorOf(settings.get("security")) ?? "http://deb.debian.org/debian-security"], ["RELEASE", release]]);
  const selections = settings.get("debconf_selections");
  if (isMap(selections)) for (const value of selections.values()) yield* runProgram(run.sys, ["debconf-set-selections"], { quiet: true, input: `${String(value)}\n` });
  const given = settings.get("sources_list");
  const named = typeof given === "string" || settings.has("primary") || settings.has("security");
  const suites = settings.get("disable_suites");
  const disabled = isList(suites) ? suites.map(String) : [];
  if (!isTrue(settings.get("preserve_sources_list")) && (named || disabled.length > 0)) {
    const text = named ? sourcesText(typeof given === "string" ? given : usualSources, facts) : ((yield* readTextFile(run.sys, SOURCES)) ?? "");
    yield* writeFile(run.sys, SOURCES, withoutSuites(text, disabled, release));
  }
  const proxies = [["proxy", "http"], ["http_proxy", "http"], ["https_proxy", "https"], ["ftp_proxy", "ftp"]].flatMap(([key = "", scheme = ""]) => {
    const value = settings.get(key);
    return typeof value === "string" && value !== "" ? [`Acquire::${scheme}::Proxy "${value}";`] : [];
  });
  if (proxies.length > 0) yield* writeFile(run.sys, PROXY, `${proxies.join("\n")}\n`);
  else removeIfThere(run.sys, PROXY);
  const options = settings.get("conf");
  if (typeof options === "string" && options !== "") yield* writeFile(run.sys, SETTINGS, options);
  else removeIfThere(run.sys, SETTINGS);
  const sources = settings.get("sources");
  if (isMap(sources)) for (const [name, entry] of sources) yield* addSource(run, name, entry, facts);
}

export function* aptPipelining(run: Run): Blocking<void> {
  const value = run.configuration.get("apt_pipelining");
  const depth = value === false || String(value).toLowerCase() === "false" ? "0" : typeof value === "number" && value >= 0 && value <= 5 ? String(value) : undefined;
  if (depth === undefined) {
    if (value !== true && String(value).toLowerCase() !== "none" && String(value) !== "unchanged" && String(value) !== "os") yield* run.warn("cc_apt_pipelining.py", `Invalid option for apt_pipelining: ${String(value)}`);
    return;
  }
  yield* writeFile(run.sys, "/etc/apt/apt.conf.d/90cloud-init-pipelining", `//Written by cloud-init per 'apt_pipelining'\nAcquire::http::Pipeline-Depth "${depth}";\n`);
}
