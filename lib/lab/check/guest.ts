import { z } from "zod";
import { no, yes } from "../verdict.ts";
import { word } from "./check.ts";

/** `- guest: first, is: running`: a virtual machine by its name; `is: absent` for one that must be gone; `autostart: true`: it starts with the host. */
export const guestWord = word({
  codes: ["guest.missing", "guest.state", "guest.present", "guest.no-autostart", "guest.autostart"],
  schema: z.strictObject({ guest: z.string(), is: z.enum(["running", "paused", "off", "absent"]).optional(), autostart: z.boolean().optional() }),
  evaluate(view, args) {
    const guest = view.guests.find((candidate) => candidate.name === args.guest);
    if (args.is === "absent") return guest ? no("guest.present", { guest: args.guest }) : yes;
    if (!guest) return no("guest.missing", { guest: args.guest });
    if (args.is !== undefined && guest.state !== args.is) return no("guest.state", { guest: args.guest, expected: args.is, found: guest.state });
    const starts = view.file(`/etc/libvirt/qemu/autostart/${args.guest}.xml`, false) !== undefined;
    if (args.autostart === undefined || args.autostart === starts) return yes;
    return no(starts ? "guest.autostart" : "guest.no-autostart", { guest: args.guest });
  },
});
