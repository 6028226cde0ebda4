// What the update section of a dynamic update does to a zone (RFC 2136 3.4.2).
import { sameName } from "../kit/dns/names.ts";
import { CLASS, type ResourceRecord, TYPE } from "../kit/dns/records.ts";
import type { Zone } from "../kit/dns/zone.ts";

const sameData = (one: ResourceRecord, other: ResourceRecord): boolean => one.type === other.type && one.data.length === other.data.length && one.data.every((word, at) => sameName(word, other.data[at] ?? ""));

/** True when something changed; the serial number then is one higher. */
export function changeZone(zone: Zone, updates: readonly ResourceRecord[]): boolean {
  let changed = false;
  for (const record of updates) {
    const apex = sameName(record.name, zone.origin);
    const keep = (one: ResourceRecord): boolean => apex && (one.type === TYPE.SOA || one.type === TYPE.NS);
    if (record.class === CLASS.ANY) changed = zone.remove(record.name, (one) => !keep(one) && (record.type === TYPE.ANY || one.type === record.type)).length > 0 || changed;
    else if (record.class === CLASS.NONE) changed = zone.remove(record.name, (one) => one.type !== TYPE.SOA && sameData(one, record) && !(apex && one.type === TYPE.NS && zone.at(record.name, TYPE.NS).length === 1)).length > 0 || changed;
    else {
      const here = zone.at(record.name);
      // an alias stands alone
      if (here.some((one) => (one.type === TYPE.CNAME) !== (record.type === TYPE.CNAME))) continue;
      if (record.type === TYPE.SOA && Number(record.data[2]) <= zone.serial) continue;
      if (record.type === TYPE.CNAME || record.type === TYPE.SOA) zone.remove(record.name, (one) => one.type === record.type && !sameData(one, record));
      const others = zone.remove(record.name, (one) => one.type === record.type && one.ttlSeconds !== record.ttlSeconds);
      for (const one of others) zone.add({ ...one, ttlSeconds: record.ttlSeconds });
      changed = zone.add(record) || others.length > 0 || changed;
    }
  }
  const { soa } = zone;
  if (changed && soa !== undefined && !updates.some((record) => record.type === TYPE.SOA)) {
    zone.remove(zone.origin, (one) => one.type === TYPE.SOA);
    zone.add({ ...soa, data: soa.data.map((word, at) => (at === 2 ? String((Number(word) + 1) % 2 ** 32) : word)) });
  }
  return changed;
}
