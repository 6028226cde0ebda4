// What the declarations of usbutils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchUsbutilsHelp: Catalogue = [
  ["list USB devices", "lister les périphériques USB"],
  ["look at that device file", "regarder ce fichier de périphérique"],
  ["devices were found", "des périphériques ont été trouvés"],
  ["none was found, or it was called wrongly", "aucun n'a été trouvé, ou l'appel était incorrect"],
  ["print USB device details", "afficher les détails des périphériques USB"],
];
