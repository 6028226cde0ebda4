// A running domain's XML without what only this run gave it, as it is kept in saved states and snapshots (VIR_DOMAIN_DEF_FORMAT_INACTIVE).
import type { Xml } from "./api/xml.ts";

function without(element: Xml, ...names: readonly string[]): void {
  element.children = element.children.filter((child) => !names.includes(child.name));
}

function plainDevice(device: Xml): void {
  // aliases of the user's own begin so
  if (device.at("alias", "name")?.startsWith("ua-") !== true) without(device, "alias");
  const source = device.find("source");
  switch (device.name) {
    case "disk":
      source?.attributes.delete("index");
      without(device, "backingStore");
      break;
    case "interface":
      if (device.at("target", "dev")?.startsWith("vnet") === true) without(device, "target");
      if (device.get("type") === "network") for (const name of ["portid", "bridge"]) source?.attributes.delete(name);
      break;
    case "serial":
    case "console":
      device.attributes.delete("tty");
      if (device.get("type") === "pty") without(device, "source");
      break;
    case "channel":
      if (source?.get("path")?.includes("/libvirt/qemu/") === true) without(device, "source");
      device.find("target")?.attributes.delete("state");
      break;
    case "graphics":
      if (device.get("autoport") === "yes") device.set("port", "-1");
      break;
    default:
  }
}

export function plainDomain(live: Xml): Xml {
  const xml = live.clone();
  xml.attributes.delete("id");
  xml.children = xml.children.filter((child) => child.name !== "seclabel" || child.get("type") !== "dynamic");
  for (const device of xml.find("devices")?.children ?? []) plainDevice(device);
  return xml;
}
