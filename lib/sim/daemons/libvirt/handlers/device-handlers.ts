// Devices put into and taken out of domains, live and stored; links of cards; sizes of disks.
import { SysError, type Blocking } from "../../../kernel/sys.ts";
import { exists } from "../../systemd/api/files.ts";
import { type Call, handlers } from "../call.ts";
import { cardsOf, diskSource, disksOf, insertDevice, isQ35, normaliseDevice } from "../domain-xml.ts";
import { type Domain, isRunning, shownXml } from "../engine.ts";
import { VirError } from "../error.ts";
import { applyBandwidth, applyFilter } from "../network-filter.ts";
import { bridgeOf, diskAlias, giveBack, qemuAccount, saveStatus } from "../start-domain.ts";
import { parseXml, Xml, XmlError } from "../api/xml.ts";
import { affected, defaultsOf } from "./domain-handlers.ts";

const conventional = new Set(["rtl8139", "e1000", "ne2k_pci", "pcnet"]);

/** On a running Q35 there are the root ports that it started with, and no bridge for cards of the old bus. Errors: VirError. */
function checkSlot(live: Xml, device: Xml): void {
  const address = device.find("address");
  if (!isQ35(live.at("os/type", "machine") ?? "") || address?.get("type") !== "pci") return;
  const ports = live.find("devices")?.all("controller").filter((one) => one.get("type") === "pci").map((one) => Number(one.get("index"))) ?? [];
  if (conventional.has(device.at("model", "type") ?? "") || !ports.includes(Number(address.get("bus")))) throw new VirError("internal", "No more available PCI slots");
}

function* plug(call: Call, domain: Domain, device: Xml): Blocking<void> {
  const { sys, engine } = call;
  if (!isRunning(domain)) return;
  const place = device.find("address");
  const slot = { bus: `pci.${Number(place?.get("bus") ?? 0)}`, addr: `0x${Number(place?.get("slot") ?? 0).toString(16)}` };
  if (device.name === "disk") {
    const bus = device.at("target", "bus") ?? "";
    if (bus === "fdc") throw new VirError("operation-failed", `disk bus '${bus}' cannot be hotplugged.`);
    const path = diskSource(device) ?? "";
    try {
      sys.stat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new VirError("plain", `Cannot access storage file '${path}': ${error.message}`);
    }
    checkSlot(domain.live, device);
    const { uid, gid } = yield* qemuAccount(sys);
    sys.chown(path, uid, gid);
    const node = `libvirt-${disksOf(domain.live).length + 1}-format`;
    const alias = diskAlias(device);
    yield* domain.monitor.execute(sys, "blockdev-add", { "node-name": node, driver: device.at("driver", "type") ?? "raw", filename: path, "read-only": device.find("readonly") !== undefined });
    yield* domain.monitor.execute(sys, "device_add", { driver: bus === "virtio" ? "virtio-blk-pci" : bus === "usb" ? "usb-storage" : bus === "scsi" ? "scsi-hd" : "ide-hd", id: alias, drive: node, ...(bus === "ide" || bus === "sata" ? { bus: `ide.${place?.get(bus === "ide" ? "bus" : "unit") ?? "0"}` } : slot) });
    device.find("source")?.set("index", String(disksOf(domain.live).length + 1));
    const target = device.children.findIndex((child) => child.name === "target");
    device.children.splice(target, 0, new Xml("backingStore"));
    const address = device.children.findIndex((child) => child.name === "address");
    device.children.splice(address < 0 ? device.children.length : address, 0, new Xml("alias", { name: alias }));
  } else if (device.name === "interface") {
    const bridge = bridgeOf(engine, device);
    checkSlot(domain.live, device);
    const used = new Set(cardsOf(domain.live).map((card) => card.at("alias", "name")));
    let index = 0;
    while (used.has(`net${index}`)) index++;
    let tap: string | undefined;
    if (bridge !== undefined) {
      tap = `vnet${engine.nextTap++}`;
      const mac = device.at("mac", "address") ?? "";
      const links = sys.rtnetlink({ op: "link-list" });
      const master = links.find((link) => link.name === bridge);
      if (master === undefined) throw new VirError("plain", `Cannot get interface MTU on '${bridge}': No such device`);
      sys.rtnetlink({ op: "link-add", name: tap, kind: "tap", mac: `fe:${mac.slice(3)}` });
      const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === tap);
      if (link !== undefined) sys.rtnetlink({ op: "link-set", index: link.index, master: master.index, up: true });
      device.children.splice(2, 0, new Xml("target", { dev: tap }));
      applyFilter(sys, engine, device, tap);
      applyBandwidth(sys, device, tap);
    }
    try {
      yield* domain.monitor.execute(sys, "device_add", { driver: device.at("model", "type") === "virtio" ? "virtio-net-pci" : (device.at("model", "type") ?? "rtl8139"), id: `net${index}`, mac: device.at("mac", "address"), ...slot, ...(tap === undefined ? {} : { tap }) });
    } catch (error) {
      const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === tap);
      if (link !== undefined) sys.rtnetlink({ op: "link-delete", index: link.index });
      throw error;
    }
    const address = device.children.findIndex((child) => child.name === "address");
    device.children.splice(address < 0 ? device.children.length : address, 0, new Xml("alias", { name: `net${index}` }));
  }
  insertDevice(domain.live.find("devices") ?? domain.live, device);
  yield* saveStatus(sys, domain);
  yield* engine.events.domain(sys, domain.name, device.at("alias", "name") ?? "", "device-added");
}

function parseDevice(text: string): Xml {
  try {
    return parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new VirError("plain", `(device_definition):${error.line}: ${error.message}\n(null)\n^`);
  }
}

function checkDuplicate(xml: Xml, device: Xml): void {
  if (device.name !== "disk") return;
  const target = device.at("target", "dev");
  const other = disksOf(xml).find((disk) => disk.at("target", "dev") === target);
  if (other !== undefined) throw new VirError("xml", `target '${target}' duplicated for disk sources '${diskSource(other)}' and '${diskSource(device)}'`);
}

function findDevice(xml: Xml, wanted: Xml): Xml | undefined {
  const devices = xml.find("devices")?.all(wanted.name) ?? [];
  if (wanted.name === "disk") return devices.find((one) => one.at("target", "dev") === wanted.at("target", "dev") || (wanted.at("target", "dev") === undefined && diskSource(one) === diskSource(wanted)));
  if (wanted.name === "interface") return devices.find((one) => one.at("mac", "address") === wanted.at("mac", "address")?.toLowerCase());
  return devices.find((one) => one.get("type") === wanted.get("type") && one.get("model") === wanted.get("model"));
}

function* unplug(call: Call, domain: Domain, found: Xml): Blocking<void> {
  const { sys } = call;
  if (!isRunning(domain)) return;
  const alias = found.at("alias", "name") ?? "";
  yield* domain.monitor.execute(sys, "device_del", { id: alias });
  yield* call.engine.events.domain(sys, domain.name, alias, "device-removed");
  const devices = domain.live.find("devices");
  devices?.children.splice(devices.children.indexOf(found), 1);
  yield* saveStatus(sys, domain);
  const path = diskSource(found);
  const tap = found.at("target", "dev");
  try {
    if (found.name === "disk" && path !== undefined) giveBack(sys, path);
    const link = found.name === "interface" ? sys.rtnetlink({ op: "link-list" }).find((one) => one.name === tap) : undefined;
    if (link !== undefined) sys.rtnetlink({ op: "link-delete", index: link.index });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

export const deviceHandlers = handlers({}, {
  *deviceAttach(call) {
    const domain = call.engine.domain(call.text("domain"));
    const given = parseDevice(call.text("xml"));
    const { live, config } = affected(call, domain);
    if (given.name === "interface" && given.get("type") === "network") call.engine.network(given.at("source", "network") ?? "");
    // both or none (qemuDomainAttachDeviceLiveAndConfig)
    if (live && domain.live !== undefined) checkDuplicate(domain.live, given);
    if (config && domain.definition !== undefined) checkDuplicate(domain.definition, given);
    if (live && domain.live !== undefined) {
      yield* plug(call, domain, normaliseDevice(domain.live, given, defaultsOf(call)));
    }
    if (config && domain.definition !== undefined) {
      const device = normaliseDevice(domain.definition, given, defaultsOf(call));
      insertDevice(domain.definition.find("devices") ?? domain.definition, device);
      yield* call.engine.saveDomain(call.sys, domain);
    }
    return undefined;
  },
  *deviceDetach(call) {
    const domain = call.engine.domain(call.text("domain"));
    const wanted = parseDevice(call.text("xml"));
    const { live, config } = affected(call, domain);
    const liveOne = live && domain.live !== undefined ? findDevice(domain.live, wanted) : undefined;
    const stored = config && domain.definition !== undefined ? findDevice(domain.definition, wanted) : undefined;
    if ((live && liveOne === undefined) || (config && stored === undefined)) throw new VirError("no-device", wanted.name === "interface" ? `no device matching MAC address ${wanted.at("mac", "address") ?? ""} found` : `no target device ${wanted.at("target", "dev") ?? ""}`.trim());
    if (liveOne !== undefined) yield* unplug(call, domain, liveOne);
    if (stored !== undefined && domain.definition !== undefined) {
      const devices = domain.definition.find("devices");
      devices?.children.splice(devices.children.indexOf(stored), 1);
      yield* call.engine.saveDomain(call.sys, domain);
    }
    return undefined;
  },
  /** update-device: media, links and the like; what would need another device is refused. */
  *deviceUpdate(call) {
    const domain = call.engine.domain(call.text("domain"));
    const given = parseDevice(call.text("xml"));
    const { live, config } = affected(call, domain);
    for (const [wanted, xml] of [[live, domain.live], [config, domain.definition]] as const) {
      if (!wanted || xml === undefined) continue;
      const present = findDevice(xml, given);
      if (present === undefined) throw new VirError("no-device", given.name === "disk" ? `disk '${given.at("target", "dev") ?? ""}' not found` : `no device matching ${given.name === "interface" ? `MAC address ${given.at("mac", "address") ?? ""}` : given.name} found`);
      const isLive = xml === domain.live;
      if (isLive && present.name === "disk" && present.get("device") !== "cdrom" && present.get("device") !== "floppy" && diskSource(present) !== diskSource(given)) throw new VirError("unsupported", "cannot modify field 'source' of the disk");
      if (isLive && present.name !== "disk" && present.name !== "interface" && present.name !== "graphics" && present.name !== "memballoon") throw new VirError("unsupported", `live update of device '${present.name}' is not supported`);
      if (present.name === "interface") {
        for (const [field, path, key] of [["model", "model", "type"]] as const) if (isLive && given.at(path, key) !== undefined && given.at(path, key) !== present.at(path, key)) throw new VirError("operation-failed", `cannot modify network device ${field} from '${present.at(path, key)}' to '${given.at(path, key)}'`);
        const up = given.at("link", "state") !== "down";
        present.children = present.children.filter((child) => child.name !== "link");
        if (given.find("link") !== undefined) present.children.splice(present.children.findIndex((child) => child.name === "model") + 1, 0, new Xml("link", { state: up ? "up" : "down" }));
        if (isLive && isRunning(domain)) yield* domain.monitor.execute(call.sys, "set_link", { name: present.at("alias", "name"), up });
      } else {
        const devices = xml.find("devices");
        const fresh = normaliseDevice(xml, given, defaultsOf(call));
        for (const kept of ["alias", "address"]) {
          const old = present.find(kept);
          if (old !== undefined && fresh.find(kept) === undefined) fresh.children.push(old.clone());
        }
        devices?.children.splice(devices.children.indexOf(present), 1, fresh);
      }
    }
    if (config) yield* call.engine.saveDomain(call.sys, domain);
    return undefined;
  },
  *deviceDetachAlias(call) {
    const domain = call.engine.domain(call.text("domain"));
    const alias = call.text("alias");
    const { live } = affected(call, domain);
    if (!live || domain.live === undefined) throw new VirError("operation-invalid", "domain is not running");
    const device = domain.live.find("devices")?.children.find((one) => one.at("alias", "name") === alias);
    if (device === undefined) throw new VirError("no-device", `no device found with alias ${alias}`);
    if (device.name !== "disk" && device.name !== "interface") throw new VirError("unsupported", `live detach of device '${device.name}' is not supported`);
    yield* unplug(call, domain, device);
    return undefined;
  },
  *deviceLink(call) {
    const domain = call.engine.domain(call.text("domain"));
    const wanted = call.text("interface");
    const up = call.flag("up");
    for (const xml of call.flag("config") ? [domain.definition] : [domain.live ?? domain.definition]) {
      const card = xml === undefined ? undefined : cardsOf(xml).find((one) => one.at("target", "dev") === wanted || one.at("mac", "address") === wanted);
      if (card === undefined) throw new VirError("plain", `interface (target: ${wanted}) not found`);
      const link = card.find("link");
      if (link !== undefined) link.set("state", up ? "up" : "down");
      else card.children.splice(card.children.findIndex((child) => child.name === "model") + 1, 0, new Xml("link", { state: up ? "up" : "down" }));
      if (isRunning(domain)) yield* domain.monitor.execute(call.sys, "set_link", { name: card.at("alias", "name"), up });
    }
    return undefined;
  },
  *deviceBlockResize(call) {
    const domain = call.engine.running(call.text("domain"));
    const path = call.text("path");
    const disk = disksOf(domain.live).find((one) => one.at("target", "dev") === path || diskSource(one) === path);
    if (disk === undefined) throw new VirError("argument", `invalid path: ${path}`);
    yield* domain.monitor.execute(call.sys, "block_resize", { id: disk.at("alias", "name"), size: call.number("bytes") });
    return undefined;
  },
  *deviceMedia(call) {
    const domain = call.engine.domain(call.text("domain"));
    const path = call.text("path");
    yield* call.sys.preempt();
    const disk = disksOf(shownXml(domain)).find((one) => one.at("target", "dev") === path || diskSource(one) === path);
    if (disk === undefined) throw new VirError("plain", `No disk found whose source path or target is ${path}`);
    if (disk.get("device") !== "cdrom" && disk.get("device") !== "floppy") throw new VirError("plain", `Failed to complete action ${call.flag("eject") ? "eject" : "insert"} on media`);
    const source = call.optional("source");
    const { live, config } = affected(call, domain);
    if (source !== undefined && !exists(call.sys, source)) throw new VirError("plain", `Cannot access storage file '${source}': No such file or directory`);
    if (live && isRunning(domain)) {
      const { uid, gid } = yield* qemuAccount(call.sys);
      if (source !== undefined) call.sys.chown(source, uid, gid);
      yield* domain.monitor.execute(call.sys, "blockdev-change-medium", { id: diskAlias(disk), filename: source ?? "" });
    }
    for (const [wanted, xml] of [[live, domain.live], [config, domain.definition]] as const) {
      const one = !wanted || xml === undefined ? undefined : disksOf(xml).find((each) => each.at("target", "dev") === disk.at("target", "dev"));
      if (one === undefined) continue;
      one.children = one.children.filter((child) => child.name !== "source");
      if (source !== undefined) one.children.splice(1, 0, new Xml("source", { file: source }));
    }
    if (config) yield* call.engine.saveDomain(call.sys, domain);
    return undefined;
  },
});
