// Whether this boot has a data source for cloud-init: what its generator of units and ds-identify decide before any service runs
// (/lib/systemd/system-generators/cloud-init-generator, /usr/lib/cloud-init/ds-identify). Without one it leaves four small files and no unit.
import { type Blocking, decode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { exists, makeDirectories, names, tryReadFile, tryWriteFile } from "../systemd/api/files.ts";

const RUN_DIRECTORY = "/run/cloud-init";
const EARLY_LINK = "/run/systemd/generator.early/multi-user.target.wants/cloud-init.target";
const IDENTIFY = "/usr/lib/cloud-init/ds-identify";

/** `disk`: the device with the label cidata; `seed`: a directory. */
export interface FoundSource {
  readonly kind: "disk" | "seed";
  readonly path: string;
}

function* labelOf(sys: Sys, device: string): Blocking<string | undefined> {
  try {
    const fd = yield* sys.open(device, O.RDONLY | O.NONBLOCK);
    try {
      const volume = decode(yield* sys.pread(fd, 80, 0x8000));
      if (volume.slice(1, 6) === "CD001") return volume.slice(40, 72).trim();
      const boot = decode(yield* sys.pread(fd, 96, 0));
      if (boot.slice(54, 57) === "FAT") return boot.slice(43, 54).trim();
      return boot.slice(82, 85) === "FAT" ? boot.slice(71, 82).trim() : undefined;
    } finally {
      sys.close(fd);
    }
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** NoCloud: a seed directory with both files, else a file system labelled cidata (in any case). */
export function* findNoCloud(sys: Sys): Blocking<FoundSource | undefined> {
  for (const name of ["nocloud", "nocloud-net"]) {
    const path = `/var/lib/cloud/seed/${name}`;
    if (exists(sys, `${path}/meta-data`) && exists(sys, `${path}/user-data`)) return { kind: "seed", path };
  }
  const devices = names(sys, "/dev").filter((name) => /^(?:(?:[vsh]d[a-z]+|xvd[a-z])\d*|sr\d+|fd\d)$/.test(name));
  for (const name of devices) {
    if (!/\d$/.test(name) && devices.some((other) => other.startsWith(name) && other !== name)) continue;
    if ((yield* labelOf(sys, `/dev/${name}`))?.toLowerCase() === "cidata") return { kind: "disk", path: `/dev/${name}` };
  }
  return undefined;
}

/** `datasource_list: [ A, B ]` of the administrator's files; undefined when none says so. */
function* configuredList(sys: Sys): Blocking<readonly string[] | undefined> {
  let found: readonly string[] | undefined;
  for (const path of ["/etc/cloud/cloud.cfg", ...names(sys, "/etc/cloud/cloud.cfg.d").filter((name) => name.endsWith(".cfg")).map((name) => `/etc/cloud/cloud.cfg.d/${name}`)]) {
    const match = /^datasource_list:[ \t]*\[([^\]]*)\]/m.exec((yield* tryReadFile(sys, path)) ?? "");
    if (match) found = (match[1] ?? "").split(",").map((word) => word.trim().replace(/["']/g, "")).filter((word) => word !== "");
  }
  return found;
}

/** ds-identify: its result files; 0 found, 1 not. `force`: also when it has run in this boot. */
export function* identify(sys: Sys, force = false): Blocking<number> {
  const log = `${RUN_DIRECTORY}/ds-identify.log`;
  if (!force && exists(sys, log)) return /returning 0/.test((yield* tryReadFile(sys, log)) ?? "") ? 0 : 1;
  makeDirectories(sys, RUN_DIRECTORY);
  const list = yield* configuredList(sys);
  const up = ((yield* tryReadFile(sys, "/proc/uptime")) ?? "0").split(" ")[0] ?? "0";
  const allowed = list === undefined || list.includes("NoCloud");
  const found = allowed ? yield* findNoCloud(sys) : undefined;
  // a list of one name, or of one and None, is taken without asking
  const forced = list !== undefined && (list.length === 1 || (list.length === 2 && list[1] === "None")) ? list[0] : undefined;
  const sources = found !== undefined ? "NoCloud" : forced;
  const status = sources === undefined ? 1 : 0;
  const head = `[up ${up}s] ds-identify\npolicy loaded: mode=search report=false found=all maybe=all notfound=disabled\n/etc/cloud/cloud.cfg.d: ${list === undefined ? "no datasource_list found, using default" : `set datasource_list: ${list.join(" ")}`}\nDMI_PRODUCT_NAME=unavailable\nFS_LABELS=${found?.kind === "disk" ? "cidata" : ""}\n`;
  const body = sources === undefined ? "is_ds_enabled(IBMCloud) = true.\nNo ds found [mode=search, notfound=disabled]. Disabled cloud-init [1]\n" : `check for '${sources}' returned found\nFound single datasource: ${sources}\n`;
  yield* tryWriteFile(sys, log, `${head}${body}[up ${up}s] returning ${status}\n`);
  yield* tryWriteFile(sys, `${RUN_DIRECTORY}/cloud.cfg`, sources === undefined ? "di_report:\n  datasource_list: []\n" : `datasource_list: [ ${sources === "None" ? "None" : `${sources}, None`} ]\n`);
  return status;
}

/** The generator. True when cloud-init.target belongs to this boot. */
export function* generateUnits(sys: Sys): Blocking<boolean> {
  if (!exists(sys, IDENTIFY) || !exists(sys, "/lib/systemd/system/cloud-init.target")) return false;
  makeDirectories(sys, RUN_DIRECTORY);
  const words = ((yield* tryReadFile(sys, "/proc/cmdline")) ?? "").trim().split(/\s+/);
  let enabled: boolean;
  let reason: string;
  if (words.includes("cloud-init=disabled")) [enabled, reason] = [false, "kernel command line says disabled, disabling"];
  else if (words.includes("cloud-init=enabled")) [enabled, reason] = [true, "kernel command line says enabled"];
  else if (exists(sys, "/etc/cloud/cloud-init.disabled")) [enabled, reason] = [false, "disabled by marker file /etc/cloud/cloud-init.disabled"];
  else {
    enabled = (yield* identify(sys)) === 0;
    reason = enabled ? "ds-identify rc=0" : "cloud-init is enabled but no datasource found, disabling";
  }
  yield* tryWriteFile(sys, `${RUN_DIRECTORY}/${enabled ? "enabled" : "disabled"}`, "");
  if (enabled) {
    makeDirectories(sys, EARLY_LINK.slice(0, EARLY_LINK.lastIndexOf("/")));
    try {
      sys.symlink("/lib/systemd/system/cloud-init.target", EARLY_LINK);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  yield* tryWriteFile(sys, `${RUN_DIRECTORY}/cloud-init-generator.log`, `${reason}\n${enabled ? `enabled via ${EARLY_LINK} -> /lib/systemd/system/cloud-init.target` : `already disabled: no change needed [no ${EARLY_LINK}]`}\n`);
  return enabled;
}
