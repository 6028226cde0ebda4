// What the declarations of virtualbox-guest-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchVirtualboxGuestUtilsHelp: Catalogue = [
  ["control a VirtualBox guest from inside", "commander un invité VirtualBox de l'intérieur"],
  ["VirtualBox guest additions daemon", "démon des additions d'invité de VirtualBox"],
];
