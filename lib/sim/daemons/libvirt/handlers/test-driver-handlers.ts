// Calls that libvirt's test driver (test:///default) answers in its own way (src/test/test_driver.c): pools, volumes and interfaces that are only in memory.
import type { Blocking } from "../../../kernel/sys.ts";
import { parseXml, Xml } from "../api/xml.ts";
import { type Call, handlers } from "../call.ts";
import { cardsOf, vcpusOf } from "../domain-xml.ts";
import { type Engine, isRunning, type Pool } from "../engine.ts";
import { VirError } from "../error.ts";
import { unsupported } from "./node-handlers.ts";

const capacityBytes = 100 * 1024 ** 3;
const modelledInterface = `<interface type='ethernet' name='eth1'>
  <start mode='onboot'/>
  <mtu size='1492'/>
  <protocol family='ipv4'>
    <ip address='192.168.0.5' prefix='24'/>
    <route gateway='192.168.0.1'/>
  </protocol>
  <mac address='aa:bb:cc:dd:ee:ff'/>
</interface>
`;

interface Volume {
  readonly name: string;
  readonly capacity: number;
  readonly allocation: number;
  readonly format: string;
}

interface TestState {
  readonly volumes: Map<Pool, Map<string, Volume>>;
  interfaceUp: boolean;
}

/** A connection has an engine of its own. */
const states = new WeakMap<Engine, TestState>();

function state(call: Call): TestState {
  let found = states.get(call.engine);
  if (found === undefined) {
    found = { volumes: new Map(), interfaceUp: true };
    states.set(call.engine, found);
  }
  return found;
}

const targetOf = (pool: Pool): string => pool.xml.textOf("target/path") ?? "";

function volumesOf(call: Call, pool: Pool): Map<string, Volume> {
  const { volumes } = state(call);
  const found = volumes.get(pool) ?? new Map<string, Volume>();
  volumes.set(pool, found);
  return found;
}

function summary(call: Call, pool: Pool): Readonly<Record<string, unknown>> {
  const allocation = [...volumesOf(call, pool).values()].reduce((sum, one) => sum + one.allocation, 0);
  return { name: pool.name, uuid: pool.uuid, active: pool.active, persistent: pool.persistent, autostart: pool.autostart, path: targetOf(pool), type: "dir", capacity: capacityBytes, allocation, available: capacityBytes - allocation };
}

function active(call: Call): Pool {
  const pool = call.engine.pool(call.text("pool"));
  if (!pool.active) throw new VirError("operation-invalid", `storage pool '${pool.name}' is not active`);
  return pool;
}

function inactive(call: Call): Pool {
  const pool = call.engine.pool(call.text("pool"));
  if (pool.active) throw new VirError("operation-invalid", `storage pool '${pool.name}' is active`);
  return pool;
}

function define(call: Call, persistent: boolean): Pool {
  const given = parseXml(call.text("xml"));
  const name = given.textOf("name") ?? "";
  const path = given.textOf("target/path");
  if (path === undefined || path === "") throw new VirError("xml", "missing storage pool target path");
  if (call.engine.pools.has(name)) throw new VirError("operation-failed", `pool '${name}' already exists with uuid ${call.engine.pools.get(name)?.uuid ?? ""}`);
  const uuid = call.engine.newUuid(call.sys);
  const pool: Pool = { name, uuid, xml: poolXml(name, uuid, path), active: !persistent, persistent, autostart: false, volumes: [] };
  call.engine.pools.set(name, pool);
  return pool;
}

function poolXml(name: string, uuid: string, path: string): Xml {
  return new Xml("pool", { type: "dir" }, [new Xml("name", {}, name), new Xml("uuid", {}, uuid), new Xml("capacity", { unit: "bytes" }, "0"), new Xml("allocation", { unit: "bytes" }, "0"), new Xml("available", { unit: "bytes" }, "0"), new Xml("source"), new Xml("target", {}, [new Xml("path", {}, path)])]);
}

export function addDefaultPool(engine: Engine): void {
  const uuid = "dfe224cb-28fb-8dd0-c4b2-64eb3f0f4566";
  engine.pools.set("default-pool", { name: "default-pool", uuid, xml: poolXml("default-pool", uuid, "/default-pool"), active: true, persistent: true, autostart: false, volumes: [] });
}

function findVolume(call: Call): { readonly pool: Pool; readonly volume: Volume } {
  const wanted = call.text("volume");
  const given = call.optional("pool");
  for (const pool of given === undefined ? call.engine.pools.values() : [active(call)]) {
    for (const volume of volumesOf(call, pool).values()) if ((given !== undefined && volume.name === wanted) || `${targetOf(pool)}/${volume.name}` === wanted) return { pool, volume };
  }
  throw new VirError("no-volume", `no storage vol with matching ${given === undefined ? "path" : "name"} '${wanted}'`);
}

const shown = (pool: Pool, one: Volume): Readonly<Record<string, unknown>> => ({ name: one.name, path: `${targetOf(pool)}/${one.name}`, pool: pool.name, type: "file", format: one.format, capacity: one.capacity, allocation: one.allocation, physical: one.allocation });

function add(call: Call, pool: Pool, volume: Volume): string {
  const volumes = volumesOf(call, pool);
  if (volumes.has(volume.name)) throw new VirError("operation-failed", `storage vol already exists`);
  if (volume.allocation > Number(summary(call, pool)["available"])) throw new VirError("internal", `Not enough free space in pool for volume '${volume.name}'`);
  volumes.set(volume.name, volume);
  return volume.name;
}

function* checkedInterface(call: Call): Blocking<void> {
  yield* call.sys.preempt();
  const wanted = call.text("interface");
  if (wanted !== "eth1" && wanted !== "aa:bb:cc:dd:ee:ff") throw new VirError("plain", "Interface not found");
}

export const testDriverHandlers = handlers({
  *listPools(call) {
    yield* call.sys.preempt();
    return [...call.engine.pools.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((pool) => summary(call, pool));
  },
  *poolLookup(call) {
    yield* call.sys.preempt();
    return summary(call, call.engine.pool(call.text("pool")));
  },
  *poolXml(call) {
    yield* call.sys.preempt();
    const pool = call.engine.pool(call.text("pool"));
    const facts = summary(call, pool);
    const xml = pool.xml.clone();
    for (const key of ["capacity", "allocation", "available"]) {
      const element = xml.find(key);
      if (element !== undefined) element.text = String(facts[key]);
    }
    return xml.format().replace("  <source/>\n", "  <source>\n  </source>\n");
  },
  *listVolumes(call) {
    yield* call.sys.preempt();
    const pool = active(call);
    return [...volumesOf(call, pool).values()].map((one) => shown(pool, one));
  },
  *volumeLookup(call) {
    yield* call.sys.preempt();
    const { pool, volume } = findVolume(call);
    return shown(pool, volume);
  },
  *volumeInfo(call) {
    yield* call.sys.preempt();
    const { pool, volume } = findVolume(call);
    return shown(pool, volume);
  },
  *volumeXml(call) {
    yield* call.sys.preempt();
    const { pool, volume } = findVolume(call);
    const path = `${targetOf(pool)}/${volume.name}`;
    return new Xml("volume", { type: "file" }, [new Xml("name", {}, volume.name), new Xml("key", {}, path), new Xml("capacity", { unit: "bytes" }, String(volume.capacity)), new Xml("allocation", { unit: "bytes" }, String(volume.allocation)), new Xml("target", {}, [new Xml("path", {}, path), new Xml("format", { type: volume.format })])]).format();
  },
  *domainAddresses(call) {
    yield* call.sys.preempt();
    const domain = call.engine.domain(call.text("domain"));
    if (!isRunning(domain)) throw new VirError("operation-invalid", "domain is not running");
    return cardsOf(domain.live).map((card, index) => ({ name: card.at("target", "dev") ?? "-", mac: card.at("mac", "address"), addresses: [`192.168.122.${2 + (domain.id ?? 0) + index}/24`] }));
  },
  *listInterfaces(call) {
    yield* call.sys.preempt();
    return [{ name: "eth1", mac: "aa:bb:cc:dd:ee:ff", up: state(call).interfaceUp, bridge: false }];
  },
  *interfaceLookup(call) {
    yield* checkedInterface(call);
    return { name: "eth1", mac: "aa:bb:cc:dd:ee:ff", up: state(call).interfaceUp, bridge: false };
  },
  *interfaceXml(call) {
    yield* checkedInterface(call);
    return modelledInterface;
  },
  *listNodeDevices(call) {
    yield* call.sys.preempt();
    return [{ name: "computer", parent: "", capability: "system" }];
  },
}, {
  *domainOpenConsole() {
    throw unsupported("virDomainOpenConsole");
  },
  /** There is no such call to migrate from it. */
  *migrationBegin() {
    throw unsupported("virDomainMigrate3");
  },
  *domainScreenshot(call) {
    yield* call.sys.preempt();
    call.engine.running(call.text("domain"));
    return { type: "image/png" };
  },
  *domainSetVcpus(call) {
    yield* call.sys.preempt();
    const domain = call.engine.domain(call.text("domain"));
    const xml = domain.live ?? domain.definition;
    const vcpu = xml?.find("vcpu");
    if (xml === undefined || vcpu === undefined) return undefined;
    const { maximum } = vcpusOf(xml);
    const count = call.number("count");
    if (count > maximum && !call.flag("maximum")) throw new VirError("argument", `requested cpu amount exceeds maximum (${count} > ${maximum})`);
    vcpu.set("current", String(count));
    return undefined;
  },
  *interfaceStart(call) {
    yield* checkedInterface(call);
    if (state(call).interfaceUp) throw new VirError("operation-invalid", "");
    state(call).interfaceUp = true;
    return undefined;
  },
  *interfaceDestroy(call) {
    yield* checkedInterface(call);
    if (!state(call).interfaceUp) throw new VirError("operation-invalid", "");
    state(call).interfaceUp = false;
    return undefined;
  },
  *poolDefine(call) {
    yield* call.sys.preempt();
    return define(call, true).name;
  },
  *poolCreateXml(call) {
    yield* call.sys.preempt();
    return define(call, false).name;
  },
  *poolBuild(call) {
    yield* call.sys.preempt();
    inactive(call);
    return undefined;
  },
  *poolStart(call) {
    yield* call.sys.preempt();
    inactive(call).active = true;
    return undefined;
  },
  *poolDestroy(call) {
    yield* call.sys.preempt();
    const pool = active(call);
    pool.active = false;
    if (!pool.persistent) call.engine.pools.delete(pool.name);
    return undefined;
  },
  *poolRefresh(call) {
    yield* call.sys.preempt();
    active(call);
    return undefined;
  },
  *poolDelete(call) {
    yield* call.sys.preempt();
    inactive(call);
    return undefined;
  },
  *poolUndefine(call) {
    yield* call.sys.preempt();
    call.engine.pools.delete(inactive(call).name);
    return undefined;
  },
  *poolAutostart(call) {
    yield* call.sys.preempt();
    call.engine.pool(call.text("pool")).autostart = call.flag("on");
    return undefined;
  },
  *volumeCreate(call) {
    yield* call.sys.preempt();
    const capacity = call.number("capacity");
    return add(call, active(call), { name: call.text("name"), capacity, allocation: call.optional("allocation") === undefined ? capacity : call.number("allocation"), format: call.optional("format") ?? "raw" });
  },
  *volumeClone(call) {
    yield* call.sys.preempt();
    const { pool, volume } = findVolume(call);
    return add(call, pool, { ...volume, name: call.text("name") });
  },
  *volumeDelete(call) {
    yield* call.sys.preempt();
    const { pool, volume } = findVolume(call);
    volumesOf(call, pool).delete(volume.name);
    return undefined;
  },
});
