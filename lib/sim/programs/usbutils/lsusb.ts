// lsusb: USB devices from sysfs. Machines without a USB controller have none, and that is status 1 (lsusb(8), usbutils 014).
import { type Sys, SysError } from "../../kernel/sys.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import { optionLines } from "../kit/help-text.ts";
import { children, className, productName, type UsbNode, usbNodes, vendorName } from "./_usb-devices.ts";

const OPTIONS = {
  verbose: flag(["-v", "--verbose"], "more about each device"), slot: text(["-s"], "[[bus]:][devnum]", "only these places"), device: text(["-d"], "vendor:[product]", "only these devices"), file: text(["-D"], "device", "look at that device file"), tree: flag(["-t", "--tree"], "a tree of buses"), shortVersion: flag(["-V"], "show the version"), shortHelp: flag(["-h"], "show this"),
} as const;

const usage = (): string => `Usage: lsusb [options]...\nList USB devices\n${Object.values(OPTIONS).map((option) => optionLines(option)).join("")}`;

const speedOf = (node: UsbNode): string => `${node.value("speed")}M`;

/** /:  Bus 01.Port 1: Dev 1, Class=root_hub, Driver=xhci_hcd/4p, 480M, and what is plugged in below. */
function tree(sys: Sys, nodes: readonly UsbNode[]): string {
  let out = "";
  const below = (parent: UsbNode, depth: number): void => {
    for (const node of children(nodes, parent)) {
      const port = /[-.](\d+)$/.exec(node.name)?.[1] ?? "1";
      out += `${"    ".repeat(depth)}|__ Port ${port}: Dev ${node.value("devnum")}, If 0, Class=${className(node.own("bInterfaceClass"))}, Driver=${node.driver}, ${speedOf(node)}\n`;
      below(node, depth + 1);
    }
  };
  for (const node of nodes.filter(({ name }) => name.startsWith("usb")).toReversed()) {
    out += `/:  Bus ${node.value("busnum").padStart(2, "0")}.Port 1: Dev 1, Class=root_hub, Driver=${controllerDriver(sys, node)}/${node.value("maxchild")}p, ${speedOf(node)}\n`;
    below(node, 1);
  }
  return out;
}

function controllerDriver(sys: Sys, node: UsbNode): string {
  try {
    return sys.readlink(`/sys/bus/pci/devices/${node.value("serial")}/driver`).split("/").at(-1) ?? "";
  } catch (error) {
    if (error instanceof SysError) return "";
    throw error;
  }
}

const decimal = (text: string): string => String(Number.parseInt(text === "" ? "0" : text, 16));
const PROTOCOLS: ReadonlyMap<string, string> = new Map([["09/00", "Full speed (or root) hub"], ["09/01", "Single TT"], ["03/01", "Keyboard"], ["03/02", "Mouse"]]);
/** Values end in this column behind the indentation. */
const VALUE_END = 25;

type Row = readonly [name: string, value: string, meaning?: string];

const rows = (indent: string, list: readonly Row[]): string => list.map(([name, value, meaning]) => `${indent}${name}${value.padStart(VALUE_END - name.length)}${meaning === undefined ? "" : ` ${meaning}`}\n`).join("");

/** The descriptors of a device (USB 2.0, 9.6), as far as sysfs has them. */
function verbose(node: UsbNode): string {
  const { value, own } = node;
  const release = value("bcdDevice");
  const attributes = Number.parseInt(value("bmAttributes"), 16);
  const protocol = (code: string, of: string): string => PROTOCOLS.get(`${code}/${of}`) ?? "";
  const device = rows("  ", [
    ["bLength", "18"], ["bDescriptorType", "1"], ["bcdUSB", value("version")], ["bDeviceClass", decimal(value("bDeviceClass")), className(value("bDeviceClass"))], ["bDeviceSubClass", decimal(value("bDeviceSubClass")), ""],
    ["bDeviceProtocol", decimal(value("bDeviceProtocol")), protocol(value("bDeviceClass"), value("bDeviceProtocol"))], ["bMaxPacketSize0", value("bMaxPacketSize0")], ["idVendor", `0x${value("idVendor")}`, vendorName(node)], ["idProduct", `0x${value("idProduct")}`, productName(node)],
    ["bcdDevice", `${Number(release.slice(0, 2))}.${release.slice(2)}`], ["iManufacturer", "3", value("manufacturer")], ["iProduct", "2", value("product")], ["iSerial", "1", value("serial")], ["bNumConfigurations", value("bNumConfigurations")],
  ]);
  const configuration = rows("    ", [["bLength", "9"], ["bDescriptorType", "2"], ["bNumInterfaces", value("bNumInterfaces")], ["bConfigurationValue", value("bConfigurationValue")], ["iConfiguration", "0", ""], ["bmAttributes", `0x${value("bmAttributes")}`]]);
  const powered = `      ${(attributes & 0x40) === 0 ? "(Bus Powered)" : "Self Powered"}\n${(attributes & 0x20) === 0 ? "" : "      Remote Wakeup\n"}${rows("    ", [["MaxPower", value("bMaxPower").replace(/mA$/, "")]]).trimEnd()}mA\n`;
  const interfaceRows = rows("      ", [
    ["bLength", "9"], ["bDescriptorType", "4"], ["bInterfaceNumber", "0"], ["bAlternateSetting", "0"], ["bNumEndpoints", "1"], ["bInterfaceClass", decimal(own("bInterfaceClass")), className(own("bInterfaceClass"))],
    ["bInterfaceSubClass", decimal(own("bInterfaceSubClass")), ""], ["bInterfaceProtocol", decimal(own("bInterfaceProtocol")), protocol(own("bInterfaceClass"), own("bInterfaceProtocol"))], ["iInterface", "0", ""],
  ]);
  const endpoint = rows("        ", [["bLength", "7"], ["bDescriptorType", "5"], ["bEndpointAddress", "0x81", " EP 1 IN"], ["bmAttributes", "3"]]);
  return `Device Descriptor:\n${device}  Configuration Descriptor:\n${configuration}${powered}    Interface Descriptor:\n${interfaceRows}      Endpoint Descriptor:\n${endpoint}          Transfer Type            Interrupt\n          Synch Type               None\n          Usage Type               Data\n`;
}

export default gnu({
  name: "lsusb",
  summary: "list USB devices",
  synopsis: ["[options]..."],
  versionText: "lsusb (usbutils) 014\n",
  tryLine: usage,
  exitStatuses: [["0", "devices were found"], ["1", "none was found, or it was called wrongly"]],
  options: OPTIONS,
  *run({ options, sys }, io) {
    if (options.shortVersion || options.shortHelp) {
      io.out.put(options.shortVersion ? "lsusb (usbutils) 014\n" : usage());
      return options.shortVersion ? 0 : 1;
    }
    if (options.file !== undefined) {
      yield* io.stderr(`Cannot open ${options.file}\n`);
      return 1;
    }
    const nodes = yield* usbNodes(sys);
    if (options.tree) {
      io.out.put(tree(sys, nodes));
      return nodes.length === 0 ? 1 : 0;
    }
    let shown = 0;
    const place = (node: UsbNode): number => Number(node.value("busnum")) * 1000 + Number(node.value("devnum"));
    for (const node of [...nodes].sort((a, b) => place(b) - place(a))) {
      const bus = node.value("busnum");
      const number = node.value("devnum");
      const ids = `${node.value("idVendor")}:${node.value("idProduct")}`;
      if (options.device !== undefined && !ids.startsWith(options.device)) continue;
      if (options.slot !== undefined) {
        const [wantedBus = "", wantedNumber = ""] = options.slot.includes(":") ? options.slot.split(":") : ["", options.slot];
        if ((wantedBus !== "" && Number(wantedBus) !== Number(bus)) || (wantedNumber !== "" && Number(wantedNumber) !== Number(number))) continue;
      }
      shown++;
      io.out.put(`${options.verbose ? "\n" : ""}Bus ${bus.padStart(3, "0")} Device ${number.padStart(3, "0")}: ID ${ids} ${vendorName(node)} ${productName(node)}\n${options.verbose ? verbose(node) : ""}`);
    }
    return shown === 0 ? 1 : 0;
  },
});
