// USB devices as /sys/bus/usb/devices has them, and the names that udev's database gives (hwdb.d/20-usb-vendor-model.hwdb, 20-usb-classes.hwdb).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

const DEVICES = "/sys/bus/usb/devices";

const VENDORS: ReadonlyMap<string, string> = new Map([["1d6b", "Linux Foundation"], ["0627", "Adomax Technology Co., Ltd"]]);
const PRODUCTS: ReadonlyMap<string, string> = new Map([["1d6b:0001", "1.1 root hub"], ["1d6b:0002", "2.0 root hub"], ["1d6b:0003", "3.0 root hub"], ["0627:0001", "QEMU Tablet"]]);
const CLASSES: ReadonlyMap<string, string> = new Map([["00", "(Defined at Interface level)"], ["03", "Human Interface Device"], ["08", "Mass Storage"], ["09", "Hub"]]);

export interface UsbNode {
  /** "usb1", "1-1" */
  readonly name: string;
  readonly path: string;
  readonly interface: string | undefined;
  /** of a file in its directory; empty when it is not there */
  value(file: string): string;
  /** of its interface */
  own(file: string): string;
  readonly driver: string;
}

const FILES = ["busnum", "devnum", "idVendor", "idProduct", "bcdDevice", "bDeviceClass", "bDeviceSubClass", "bDeviceProtocol", "bMaxPacketSize0", "bNumConfigurations", "bNumInterfaces", "bConfigurationValue", "bmAttributes", "bMaxPower", "speed", "version", "maxchild", "manufacturer", "product", "serial"];
const INTERFACE_FILES = ["bInterfaceNumber", "bAlternateSetting", "bNumEndpoints", "bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol", "ep_81/wMaxPacketSize", "ep_81/interval"];

export function* usbNodes(sys: Sys): Blocking<readonly UsbNode[]> {
  let names: readonly string[] = [];
  try {
    names = sys.readdir(DEVICES).map((entry) => entry.name).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const nodes: UsbNode[] = [];
  for (const name of names) {
    if (name.includes(":")) continue;
    const path = `${DEVICES}/${name}`;
    const prefix = name.startsWith("usb") ? `${name.slice(3)}-0` : name;
    const below = names.find((one) => one.startsWith(`${prefix}:`));
    const values = new Map<string, string>();
    for (const file of FILES) values.set(file, ((yield* readTextFile(sys, `${path}/${file}`)) ?? "").trim());
    const own = new Map<string, string>();
    let driver = "";
    if (below !== undefined) {
      for (const file of INTERFACE_FILES) own.set(file, ((yield* readTextFile(sys, `${DEVICES}/${below}/${file}`)) ?? "").trim());
      try {
        driver = sys.readlink(`${DEVICES}/${below}/driver`).split("/").at(-1) ?? "";
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    nodes.push({ name, path, interface: below, value: (file) => values.get(file) ?? "", own: (file) => own.get(file) ?? "", driver });
  }
  return nodes;
}

export const vendorName = (node: UsbNode): string => VENDORS.get(node.value("idVendor")) ?? node.value("manufacturer");
export const productName = (node: UsbNode): string => PRODUCTS.get(`${node.value("idVendor")}:${node.value("idProduct")}`) ?? node.value("product");
export const className = (code: string): string => CLASSES.get(code) ?? "";

/** What is plugged into a hub, by its ports. */
export const children = (nodes: readonly UsbNode[], parent: UsbNode): readonly UsbNode[] =>
  nodes.filter(({ name }) => (parent.name.startsWith("usb") ? name.startsWith(`${parent.name.slice(3)}-`) && !name.includes(".") : name.startsWith(`${parent.name}.`) && !name.slice(parent.name.length + 1).includes(".")));
