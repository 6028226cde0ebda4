// The applets that busybox does itself, in its own form.

import type { Program } from "../../../kernel/sys.ts";
import { httpd } from "./httpd.ts";
import { ls } from "./ls.ts";
import { mountApplets } from "./mount-applets.ts";
import { networkApplets } from "./network-applets.ts";
import { powerApplets } from "./power.ts";
import { processApplets } from "./process-applets.ts";
import { textApplets } from "./text-applets.ts";

export const ownApplets: readonly (readonly [string, Program])[] = [ls, httpd, ...textApplets, ...processApplets, ...mountApplets, ...networkApplets, ...powerApplets];
