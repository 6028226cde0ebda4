// What packages make of the answers: their own config and postinst scripts in steps of ours.

import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC, readZone } from "../kit/zones.ts";
import { SUPPORTED, writeDefaults } from "../locales/_locales.ts";
import { runProgram } from "../dpkg/_maintainer-actions.ts";
import type { DebconfDatabase } from "./_database.ts";
import { applyKeyboard, keyboardSteps, keyboardTemplates, readKeyboard } from "./_keyboard.ts";
import { areaFolder, type Template, templates } from "./_templates.ts";

interface Step {
  readonly template: Template;
  readonly choices: readonly string[];
}

const KEYBOARD_PACKAGES = new Set(keyboardTemplates.map(([name]) => name));
const ZONEINFO = "/usr/share/zoneinfo";

function zonesIn(sys: Sys, area: string): readonly string[] {
  const folder = areaFolder(area);
  const found: string[] = [];
  const walk = (path: string, prefix: string): void => {
    for (const { name } of sys.readdir(path)) {
      if (name === "." || name === "..") continue;
      if ((sys.stat(`${path}/${name}`).mode & 0o170000) === 0o040000) walk(`${path}/${name}`, `${prefix}${name}/`);
      else found.push(`${prefix}${name}`);
    }
  };
  try {
    walk(`${ZONEINFO}/${folder}`, "");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return found.sort();
}

function* localeOptions(sys: Sys): Blocking<readonly string[]> {
  const listed = (yield* readFile(sys, "/etc/locale.gen")).split("\n").map((line) => line.replace(/^#\s*/, "").trim()).filter((line) => /^[a-z]{2,3}(_[A-Z]{2})?(@\w+)?(\.[\w-]+)? [A-Z][\w-]*$/.test(line));
  return [...new Set([...listed, ...SUPPORTED.filter((name) => !name.startsWith("C."))])].sort();
}

/** Before the questions: what the files of the system say wins over what debconf remembers, as the packages' config scripts do. */
export function* readSystem(sys: Sys, name: string, database: DebconfDatabase): Blocking<void> {
  if (KEYBOARD_PACKAGES.has(name)) yield* readKeyboard(sys, name, database);
  else if (name === "tzdata") {
    // the link comes first, as in tzdata's config script
    let zone = "";
    try {
      zone = sys.readlink("/etc/localtime").replace(/^.*zoneinfo\//, "");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (zone === "") zone = ((yield* readFile(sys, "/etc/timezone")).split("\n")[0] ?? "").trim();
    const slash = zone.indexOf("/");
    if (slash < 0) return;
    const folder = zone.slice(0, slash);
    const area = folder === "Etc" ? "None of the above" : ["Arctic", "Atlantic", "Indian", "Pacific"].includes(folder) ? `${folder} Ocean` : folder;
    database.set("tzdata/Areas", area, false, "tzdata");
    database.set(`tzdata/Zones/${folder}`, zone.slice(slash + 1), false, "tzdata", "select");
  } else if (name === "locales") {
    const wanted = (yield* readFile(sys, "/etc/locale.gen")).split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
    database.set("locales/locales_to_be_generated", wanted.join(", "), false, "locales");
    const lang = /^LANG="?([^"\n]*)"?$/m.exec(yield* readFile(sys, "/etc/default/locale"))?.[1];
    if (lang !== undefined) database.set("locales/default_environment_locale", lang, false, "locales");
  } else if (name === "unattended-upgrades") {
    const text = yield* readFile(sys, "/etc/apt/apt.conf.d/20auto-upgrades");
    if (text !== "") database.set("unattended-upgrades/enable_auto_updates", /Unattended-Upgrade "1"/.test(text) ? "true" : "false", false, "unattended-upgrades");
  }
}

/** The questions of a package in their order; a later one may depend on an earlier answer. */
export function* stepsOf(sys: Sys, name: string, database: DebconfDatabase): Blocking<readonly Step[]> {
  const list = templates.get(name) ?? [];
  if (name === "tzdata") {
    const [areas, zones] = list;
    if (!areas || !zones) return [];
    const folder = areaFolder(database.value("tzdata/Areas"));
    const choices = zonesIn(sys, database.value("tzdata/Areas"));
    return [{ template: areas, choices: areas.choices ?? [] }, { template: { ...zones, name: `tzdata/Zones/${folder}`, otherwise: choices[0] ?? "" }, choices }];
  }
  if (name === "locales") {
    const [generated, environment] = list;
    if (!generated || !environment) return [];
    const options = yield* localeOptions(sys);
    const chosen = database.value(generated.name).split(/,\s*/).filter((one) => one !== "").map((one) => one.split(" ")[0] ?? "");
    return [{ template: generated, choices: ["All locales", ...options] }, { template: environment, choices: ["None", "C.UTF-8", ...chosen] }];
  }
  if (KEYBOARD_PACKAGES.has(name)) return keyboardSteps(name, list, database);
  return list.map((template) => ({ template, choices: template.choices ?? [] }));
}

/** What postinst does with the answers. */
export function* apply(sys: Sys, name: string, database: DebconfDatabase): Blocking<void> {
  const say = (text: string): Blocking<number> => sys.write(1, encode(text));
  if (KEYBOARD_PACKAGES.has(name)) yield* applyKeyboard(sys, name, database);
  else if (name === "tzdata") {
    const folder = areaFolder(database.value("tzdata/Areas"));
    const zone = `${folder}/${database.value(`tzdata/Zones/${folder}`)}`;
    try {
      sys.stat(`${ZONEINFO}/${zone}`);
      yield* writeFile(sys, "/etc/timezone", `${zone}\n`);
      try {
        sys.unlink("/etc/localtime");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      sys.symlink(`${ZONEINFO}/${zone}`, "/etc/localtime");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const now = sys.clockUs("realtime");
    const shown = (yield* readFile(sys, "/etc/timezone")).trim();
    yield* say(`\nCurrent default time zone: '${shown}'\nLocal time is now:      ${strftime("%a %b %e %H:%M:%S %Z %Y", civilAtUs(yield* readZone(sys), now))}.\nUniversal Time is now:  ${strftime("%a %b %e %H:%M:%S UTC %Y", civilAtUs(UTC, now))}.\n\n`);
  } else if (name === "locales") {
    let chosen = database.value("locales/locales_to_be_generated").split(/,\s*/).filter((one) => one !== "");
    if (chosen.includes("All locales")) chosen = SUPPORTED.filter((one) => !one.startsWith("C."));
    const lines = (yield* readFile(sys, "/etc/locale.gen")).split("\n");
    const left = new Set(chosen);
    const text = lines.map((line) => {
      const entry = line.replace(/^#\s*/, "").trim();
      if (left.has(entry)) {
        left.delete(entry);
        return entry;
      }
      return /^[a-z]{2,3}_[A-Z]{2}\S* \S+$/.test(line) ? `# ${line}` : line;
    });
    while (text.at(-1) === "") text.pop();
    yield* writeFile(sys, "/etc/locale.gen", `${[...text, ...left].join("\n")}\n`);
    yield* runProgram(sys, ["locale-gen"]);
    const environment = database.value("locales/default_environment_locale");
    yield* writeDefaults(sys, environment === "None" || environment === "" ? new Map() : new Map([["LANG", environment]]));
  } else if (name === "unattended-upgrades") {
    const on = database.value("unattended-upgrades/enable_auto_updates") === "true" ? "1" : "0";
    const file = "/etc/apt/apt.conf.d/20auto-upgrades";
    const before = yield* readFile(sys, file);
    const after = `APT::Periodic::Update-Package-Lists "${on}";\nAPT::Periodic::Unattended-Upgrade "${on}";\n`;
    if (before !== after) {
      yield* say(before === "" ? `\nCreating config file ${file} with new version\n` : `Replacing config file ${file} with new version\n`);
      yield* writeFile(sys, file, after);
    }
  }
}
