// What the declarations of libvirt-daemon say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLibvirtDaemonHelp: Catalogue = [
  ["join standard streams with libvirtd's socket", "relier les flux standard au socket de libvirtd"],
];
