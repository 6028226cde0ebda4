// USB below /sys: the root hubs of each controller and what hangs on the first one (Documentation/ABI/stable/sysfs-bus-usb; values of root hubs are those of drivers/usb/core/hcd.c).
import type { Hardware, PciDevice, UsbDevice } from "../hardware.ts";
import type { PseudoTree } from "../vfs/pseudo-tree.ts";
import type { SysContext } from "./sys-context.ts";

type Tree = PseudoTree<SysContext>;

interface Hub {
  readonly product: number;
  readonly version: string;
  readonly speed: string;
  readonly protocol: string;
  readonly packetBytes: number;
  readonly ports: number;
}

interface Node {
  /** "usb1", "1-1" */
  readonly name: string;
  readonly path: string;
  readonly bus: number;
  readonly device: number;
  readonly facts: ReadonlyMap<string, string | ((context: SysContext) => string)>;
  readonly interface: { readonly class: string; readonly subclass: string; readonly protocol: string; readonly driver: string };
  readonly endpoint: { readonly packetBytes: number; readonly interval: string };
}

const hubs: ReadonlyMap<string, { readonly words: string; readonly driver: string; readonly hubs: readonly Hub[] }> = new Map([
  ["xhci_hcd", { words: "xHCI Host Controller", driver: "xhci-hcd", hubs: [{ product: 2, version: "2.00", speed: "480", protocol: "01", packetBytes: 64, ports: 15 }, { product: 3, version: "3.00", speed: "5000", protocol: "03", packetBytes: 9, ports: 15 }] }],
  ["ehci-pci", { words: "EHCI Host Controller", driver: "ehci_hcd", hubs: [{ product: 2, version: "2.00", speed: "480", protocol: "00", packetBytes: 64, ports: 6 }] }],
  ["uhci_hcd", { words: "UHCI Host Controller", driver: "uhci_hcd", hubs: [{ product: 1, version: "1.10", speed: "12", protocol: "00", packetBytes: 64, ports: 2 }] }],
]);

const minorsPerBus = 128;
const usbMajor = 189;
const hex4 = (value: number): string => value.toString(16).padStart(4, "0");
const upper4 = (value: number): string => hex4(value).toUpperCase();
const three = (value: number): string => String(value).padStart(3, "0");

const linkTo = (tree: Tree, path: string, target: string): void => {
  tree.link(path, `${"../".repeat(path.split("/").length - 1)}${target}`);
};

function addNode(tree: Tree, { name, path, bus, device, facts, interface: of, endpoint }: Node): void {
  for (const [file, value] of facts) tree.file(`${path}/${file}`, (context) => `${typeof value === "string" ? value : value(context)}\n`);
  const text = (file: string): string => {
    const value = facts.get(file);
    return typeof value === "string" ? value.trim() : "";
  };
  const minor = (bus - 1) * minorsPerBus + device - 1;
  const [vendor, product, release] = [text("idVendor"), text("idProduct"), text("bcdDevice")].map((word) => Number.parseInt(word, 16));
  const classes = [text("bDeviceClass"), text("bDeviceSubClass"), text("bDeviceProtocol")];
  const kind = `PRODUCT=${(vendor ?? 0).toString(16)}/${(product ?? 0).toString(16)}/${(release ?? 0).toString(16)}\nTYPE=${classes.map((word) => Number.parseInt(word, 16)).join("/")}\n`;
  const alias = `usb:v${upper4(vendor ?? 0)}p${upper4(product ?? 0)}d${upper4(release ?? 0)}dc${classes[0]?.toUpperCase()}dsc${classes[1]?.toUpperCase()}dp${classes[2]?.toUpperCase()}ic${of.class}isc${of.subclass}ip${of.protocol}in00`;
  for (const [file, value] of [["busnum", String(bus)], ["devnum", String(device)], ["dev", `${usbMajor}:${minor}`], ["bConfigurationValue", "1"], ["bNumConfigurations", "1"], ["bNumInterfaces", " 1"], ["configuration", ""], ["authorized", "1"], ["removable", "unknown"], ["quirks", "0x0"], ["ltm_capable", "no"], ["rx_lanes", "1"], ["tx_lanes", "1"], ["urbnum", "64"]] as const) tree.file(`${path}/${file}`, () => `${value}\n`);
  tree.file(`${path}/uevent`, () => `MAJOR=${usbMajor}\nMINOR=${minor}\nDEVNAME=bus/usb/${three(bus)}/${three(device)}\nDEVTYPE=usb_device\nDRIVER=usb\n${kind}BUSNUM=${three(bus)}\nDEVNUM=${three(device)}\n`, { mode: 0o644 });
  linkTo(tree, `${path}/subsystem`, "bus/usb");
  linkTo(tree, `${path}/driver`, "bus/usb/drivers/usb");
  linkTo(tree, `bus/usb/devices/${name}`, path);
  linkTo(tree, `bus/usb/drivers/usb/${name}`, path);
  const interfaceName = name.startsWith("usb") ? `${bus}-0:1.0` : `${name}:1.0`;
  const below = `${path}/${interfaceName}`;
  for (const [file, value] of [["bInterfaceClass", of.class], ["bInterfaceSubClass", of.subclass], ["bInterfaceProtocol", of.protocol], ["bInterfaceNumber", "00"], ["bAlternateSetting", " 0"], ["bNumEndpoints", "01"], ["authorized", "1"], ["supports_autosuspend", "1"], ["modalias", alias]] as const) tree.file(`${below}/${file}`, () => `${value}\n`);
  for (const [file, value] of [["bEndpointAddress", "81"], ["bmAttributes", "03"], ["direction", "in"], ["type", "Interrupt"], ["wMaxPacketSize", hex4(endpoint.packetBytes)], ["interval", endpoint.interval], ["bLength", "07"]] as const) tree.file(`${below}/ep_81/${file}`, () => `${value}\n`);
  tree.file(`${below}/uevent`, () => `DEVTYPE=usb_interface\nDRIVER=${of.driver}\n${kind}INTERFACE=${[of.class, of.subclass, of.protocol].map((word) => Number.parseInt(word, 16)).join("/")}\nMODALIAS=${alias}\n`, { mode: 0o644 });
  linkTo(tree, `${below}/subsystem`, "bus/usb");
  linkTo(tree, `${below}/driver`, `bus/usb/drivers/${of.driver}`);
  linkTo(tree, `bus/usb/devices/${interfaceName}`, below);
  linkTo(tree, `bus/usb/drivers/${of.driver}/${interfaceName}`, below);
}

const rootFacts = (hub: Hub, controller: PciDevice, words: string, driver: string): Node["facts"] =>
  new Map<string, string | ((context: SysContext) => string)>([
    ["idVendor", "1d6b"], ["idProduct", hex4(hub.product)], ["bcdDevice", "0601"], ["bDeviceClass", "09"], ["bDeviceSubClass", "00"], ["bDeviceProtocol", hub.protocol], ["bMaxPacketSize0", String(hub.packetBytes)], ["bmAttributes", "e0"], ["bMaxPower", "0mA"],
    ["speed", hub.speed], ["version", ` ${hub.version}`], ["devpath", "0"], ["maxchild", String(hub.ports)], ["manufacturer", ({ kernel }) => `Linux ${kernel.release} ${driver}`], ["product", words], ["serial", controller.slot],
  ]);

const deviceFacts = (device: UsbDevice, controller: PciDevice, speed: string, port: number): Node["facts"] =>
  new Map([
    ["idVendor", hex4(device.vendor)], ["idProduct", hex4(device.product)], ["bcdDevice", "0000"], ["bDeviceClass", "00"], ["bDeviceSubClass", "00"], ["bDeviceProtocol", "00"], ["bMaxPacketSize0", speed === "12" ? "8" : "64"], ["bmAttributes", "a0"], ["bMaxPower", "100mA"],
    ["speed", speed], ["version", " 2.00"], ["devpath", String(port)], ["maxchild", "0"], ["manufacturer", device.manufacturer], ["product", device.name], ["serial", `${device.serial}-${controller.slot}-${port}`],
  ]);

/** `pathOf`: where a PCI device is below /sys. Buses are numbered in the order of the controllers. */
export function addUsb(tree: Tree, hardware: Hardware, pathOf: (device: PciDevice) => string): void {
  let bus = 0;
  let waiting = hardware.usbDevices ?? [];
  for (const controller of hardware.pci) {
    const kind = hubs.get(controller.driver ?? "");
    if (kind === undefined) continue;
    for (const hub of kind.hubs) {
      bus++;
      const path = `${pathOf(controller)}/usb${bus}`;
      addNode(tree, { name: `usb${bus}`, path, bus, device: 1, facts: rootFacts(hub, controller, kind.words, kind.driver), interface: { class: "09", subclass: "00", protocol: "00", driver: "hub" }, endpoint: { packetBytes: hub.speed === "480" ? 4 : 2, interval: hub.speed === "12" ? "255ms" : "256ms" } });
      waiting.forEach((device, index) => {
        const name = `${bus}-${index + 1}`;
        addNode(tree, { name, path: `${path}/${name}`, bus, device: index + 2, facts: deviceFacts(device, controller, hub.speed, index + 1), interface: { class: "03", subclass: device.protocol === "00" ? "00" : "01", protocol: device.protocol, driver: "usbhid" }, endpoint: { packetBytes: device.protocol === "02" ? 4 : 8, interval: hub.speed === "12" ? "10ms" : "4ms" } });
      });
      waiting = [];
    }
  }
}
