// docker inspect: objects as a JSON array, or one line each through a template.

import { type Blocking, decode } from "../../kernel/sys.ts";
import { ApiError, ConnectionFailed } from "../../daemons/docker/api/client.ts";
import { compileTemplate, type CompiledTemplate, TemplateError } from "../kit/go-template/execute-template.ts";
import { fromJson, GoNil, GoRecord, type GoValue } from "../kit/go-template/go-value.ts";
import { call, type DockerEnv } from "./_docker-env.ts";

/** Members that are lists or maps in docker's types: nil prints as [] or map[], and the keys of maps are sorted. */
const lists = new Set(["Binds", "CapAdd", "CapDrop", "VolumesFrom", "GroupAdd", "ExtraHosts", "Links", "SecurityOpt", "Cmd", "Entrypoint", "Env", "OnBuild", "Ulimits", "Aliases", "DeviceRequests", "DeviceCgroupRules", "MaskedPaths", "ReadonlyPaths", "ExecIDs", "SecondaryIPAddresses", "SecondaryIPv6Addresses", "BlkioDeviceReadBps", "Devices", "RepoTags", "RepoDigests", "Mounts"]);
const maps = new Set(["Volumes", "Labels", "PortBindings", "Ports", "Networks", "Sysctls", "Tmpfs", "Options", "DriverOpts", "ExposedPorts", "Containers", "Data", "Status", "UsageData"]);

const isMapOf = (member: string, value: object): boolean => maps.has(member) || (member === "Config" && !("Hostname" in value) && !Array.isArray(value));
const byKey = (entries: [string, unknown][]) => entries.sort(([a], [b]) => (a < b ? -1 : 1));

function typed(member: string, value: unknown): GoValue {
  if (value === null) return lists.has(member) ? new GoNil("slice") : maps.has(member) ? new GoNil("map") : null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item) => typed("", item));
  if (typeof value !== "object") return null;
  const entries = Object.entries(value).map(([key, inner]): [string, GoValue] => [key, typed(key, inner)]);
  // a pointer that JSON leaves out
  if (member === "State" && "OOMKilled" in value && !("Health" in value)) entries.push(["Health", new GoNil("pointer")]);
  return isMapOf(member, value) ? new Map(entries) : new GoRecord(entries);
}

function sortedMaps(member: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => sortedMaps("", item));
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, sortedMaps(key, inner)]);
  return Object.fromEntries(isMapOf(member, value) ? byKey(entries) : entries);
}

/** `find` throws ApiError 404 when it is not there. */
export function* inspectAll(env: DockerEnv, names: readonly string[], format: string, find: (name: string) => Blocking<unknown>, missing: (name: string) => string): Blocking<number> {
  let template: CompiledTemplate | undefined;
  if (format !== "") {
    try {
      template = compileTemplate("", format);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      yield* env.io.err(`template parsing error: ${error.message}\n`);
      return 64;
    }
  }
  const found: unknown[] = [];
  const errors: string[] = [];
  for (const name of names) {
    try {
      found.push(yield* find(name));
    } catch (error) {
      if (error instanceof ConnectionFailed) {
        errors.push(error.message);
        break;
      }
      if (!(error instanceof ApiError)) throw error;
      errors.push(error.status === 404 ? missing(name) : `Error response from daemon: ${error.message}`);
    }
  }
  if (template) {
    let text = "";
    try {
      for (const value of found) {
        try {
          text += `${template.execute(typed("", value))}\n`;
        } catch (error) {
          if (!(error instanceof TemplateError)) throw error;
          // as docker does: once more on the bare JSON, whose error is the one that is shown
          text += `${template.execute(fromJson(value))}\n`;
        }
      }
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      yield* env.io.out(`${text}\n`);
      yield* env.io.err(`template parsing error: ${error.message}\n`);
      return 64;
    }
    yield* env.io.out(found.length === 0 ? "\n" : text);
  } else yield* env.io.out(`${JSON.stringify(found.map((value) => sortedMaps("", value)), null, 4)}\n`);
  if (errors.length > 0) yield* env.io.err(`${errors.join("\n")}\n`);
  return errors.length > 0 ? 1 : 0;
}

export function* getJson(env: DockerEnv, target: string): Blocking<unknown> {
  return JSON.parse(decode((yield* call(env, "GET", target)).body));
}
