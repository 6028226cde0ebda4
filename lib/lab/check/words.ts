// The check words of lab.yaml. A new word is a file beside this one and a line here.

import { containerWord } from "./container.ts";
import { customWord } from "./custom.ts";
import { directoryWord } from "./directory.ts";
import { fileWord } from "./file.ts";
import { guestWord } from "./guest.ts";
import { imageWord } from "./image.ts";
import { packageWord } from "./package.ts";
import { serviceWord } from "./service.ts";
import { virtualNetworkWord } from "./virtual-network.ts";

export const words = {
  container: containerWord,
  custom: customWord,
  directory: directoryWord,
  file: fileWord,
  guest: guestWord,
  image: imageWord,
  package: packageWord,
  service: serviceWord,
  "virtual-network": virtualNetworkWord,
} as const;
