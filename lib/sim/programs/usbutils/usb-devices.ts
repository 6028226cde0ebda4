// usb-devices(1): what /sys/bus/usb/devices says, in the lines of the old /proc/bus/usb/devices.
import { type Io, program } from "../kit/program.ts";
import { children, type UsbNode, usbNodes } from "./_usb-devices.ts";

const CLASSES: ReadonlyMap<string, string> = new Map([["00", ">ifc "], ["01", "audio"], ["02", "commc"], ["03", "HID  "], ["06", "still"], ["07", "print"], ["08", "stor."], ["09", "hub  "], ["0a", "data "], ["0e", "video"], ["e0", "wlcon"], ["ef", "misc "], ["ff", "vend."]]);

const two = (text: string): string => text.padStart(2, "0");
const wide = (text: string, width: number): string => text.padStart(width);
const decoded = (code: string): string => `${code}(${CLASSES.get(code) ?? "unk. "})`;

function lines(node: UsbNode, parent: number, level: number, count: number): string {
  const { value, own } = node;
  const port = level === 0 ? 0 : Number(/[-.](\d+)$/.exec(node.name)?.[1] ?? 1) - 1;
  const release = value("bcdDevice");
  const strings = ([["manufacturer", "Manufacturer"], ["product", "Product"], ["serial", "SerialNumber"]] as const).filter(([file]) => value(file) !== "").map(([file, word]) => `S:  ${word}=${value(file)}\n`).join("");
  const interfaceLines = node.interface === undefined ? "" : `I:  If#=${wide(String(Number.parseInt(own("bInterfaceNumber"), 16)), 2)} Alt=${wide(own("bAlternateSetting"), 2)} #EPs=${wide(String(Number.parseInt(own("bNumEndpoints"), 16)), 2)} Cls=${decoded(own("bInterfaceClass"))} Sub=${own("bInterfaceSubClass")} Prot=${own("bInterfaceProtocol")} Driver=${node.driver === "" ? "(none)" : node.driver}\nE:  Ad=81(I) Atr=03(Int.) MxPS=${wide(String(Number.parseInt(own("ep_81/wMaxPacketSize"), 16)), 4)} Ivl=${own("ep_81/interval")}\n`;
  return `\nT:  Bus=${two(value("busnum"))} Lev=${two(String(level))} Prnt=${two(String(parent))} Port=${two(String(port))} Cnt=${two(String(count))} Dev#=${wide(value("devnum"), 3)} Spd=${value("speed").padEnd(3)} MxCh=${wide(value("maxchild"), 2)}\n`
    + `D:  Ver=${wide(value("version"), 5)} Cls=${decoded(value("bDeviceClass"))} Sub=${value("bDeviceSubClass")} Prot=${value("bDeviceProtocol")} MxPS=${wide(value("bMaxPacketSize0"), 2)} #Cfgs=${wide(value("bNumConfigurations"), 3)}\n`
    + `P:  Vendor=${value("idVendor")} ProdID=${value("idProduct")} Rev=${release.slice(0, 2)}.${release.slice(2, 4)}\n${strings}`
    + `C:  #Ifs=${wide(value("bNumInterfaces"), 2)} Cfg#=${wide(value("bConfigurationValue"), 2)} Atr=${value("bmAttributes")} MxPwr=${value("bMaxPower")}\n${interfaceLines}`;
}

export default program({ name: "usb-devices", showsHelp: true, summary: "print USB device details", synopsis: [""], options: [], operands: "none" }, function* (sys, _argv, io: Io) {
  const nodes = yield* usbNodes(sys);
  const show = (node: UsbNode, parent: number, level: number, count: number): void => {
    io.out.put(lines(node, parent, level, count));
    children(nodes, node).forEach((child, index) => show(child, Number(node.value("devnum")), level + 1, index + 1));
  };
  for (const node of nodes) if (node.name.startsWith("usb")) show(node, 0, 0, 0);
  return 0;
});
