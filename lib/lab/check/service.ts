import { z } from "zod";
import { no, yes } from "../verdict.ts";
import { word } from "./check.ts";

/** `- service: docker, is: active`: the unit's state; `is: enabled` asks whether it starts at boot. */
export const serviceWord = word({
  codes: ["service.not-active", "service.not-inactive", "service.not-enabled"],
  schema: z.strictObject({ service: z.string(), is: z.enum(["active", "inactive", "enabled"]).default("active") }),
  evaluate(view, args) {
    const service = view.service(args.service);
    const facts = { service: args.service, found: service.active };
    if (args.is === "enabled") return service.enabled ? yes : no("service.not-enabled", facts);
    if (args.is === "active") return service.active === "active" ? yes : no("service.not-active", facts);
    return service.active === "inactive" ? yes : no("service.not-inactive", facts);
  },
});
