// /proc/sys/net/ipv4/conf/LINK and ipv6/conf/LINK: directories that come and go with the links of the reader's network namespace.

import { SysError } from "../errno.ts";
import { IPV4_CONF, IPV6_CONF, setSysctlValue, sysctlValue } from "../sysctls.ts";
import type { Link } from "../sys.ts";
import type { Caller } from "../vfs/caller.ts";
import { linksOf } from "../sysfs/sys-context.ts";
import type { ProcContext } from "./proc-context.ts";

export type Family = 4 | 6;

export function settingNames(family: Family): readonly string[] {
  return (family === 4 ? IPV4_CONF : IPV6_CONF).map(([name]) => name);
}

/** lo, all and default are part of the fixed tree. */
export function linksWithSettings({ kernel }: ProcContext, caller: Caller | undefined): readonly Link[] {
  return linksOf(kernel, caller).filter((link) => link.kind !== "loopback" && link.index < 4096);
}

function scopeOf({ kernel }: ProcContext, caller: Caller): object {
  return kernel.processes.get(caller.pid)?.namespaces.net ?? kernel.initialNamespaces.net;
}

/** A link starts with what "default" says. */
export function readSetting(context: ProcContext, family: Family, link: Link, name: string, caller: Caller): string {
  const scope = scopeOf(context, caller);
  const base = `net.ipv${family}.conf.`;
  const usual = (family === 4 ? IPV4_CONF : IPV6_CONF).find(([each]) => each === name)?.[1] ?? 0;
  const kept = sysctlValue(scope, `${base}${link.name}.${name}`) ?? sysctlValue(scope, `${base}default.${name}`);
  return `${kept ?? (family === 6 && name === "mtu" ? link.mtu : usual)}\n`;
}

/** Errors: EINVAL. */
export function writeSetting(context: ProcContext, family: Family, link: Link, name: string, text: string, caller: Caller): void {
  if (!/^\s*-?\d{1,10}\s*$/.test(text)) throw new SysError("EINVAL");
  setSysctlValue(scopeOf(context, caller), `net.ipv${family}.conf.${link.name}.${name}`, `${Number(text)}`);
}
