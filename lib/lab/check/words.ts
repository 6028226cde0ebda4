// The check words of lab.yaml. A new word is a file beside this one and a line here.

import { containerWord } from "./container.ts";
import { customWord } from "./custom.ts";
import { directoryWord } from "./directory.ts";
import { fileWord } from "./file.ts";
import { imageWord } from "./image.ts";
import { packageWord } from "./package.ts";
import { serviceWord } from "./service.ts";

export const words = {
  container: containerWord,
  custom: customWord,
  directory: directoryWord,
  file: fileWord,
  image: imageWord,
  package: packageWord,
  service: serviceWord,
} as const;
