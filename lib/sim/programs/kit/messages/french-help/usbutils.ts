// What the declarations of usbutils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchUsbutilsHelp: Catalogue = [
  ["list USB devices", "lister les périphériques USB"],
];
