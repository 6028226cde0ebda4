import { z } from "zod";
import { no, yes } from "../verdict.ts";
import { word } from "./check.ts";

/** `- virtual-network: default`: libvirt's network is active, its bridge is there; `autostart: true`: it starts with libvirt. */
export const virtualNetworkWord = word({
  codes: ["network.missing", "network.inactive", "network.no-autostart"],
  schema: z.strictObject({ "virtual-network": z.string(), autostart: z.boolean().default(false) }),
  evaluate(view, args) {
    const name = args["virtual-network"];
    const network = view.virtualNetworks.find((candidate) => candidate.name === name);
    if (!network) return no("network.missing", { network: name });
    if (!view.interfaces.some((one) => one.name === network.bridge)) return no("network.inactive", { network: name });
    if (args.autostart && !view.file(`/etc/libvirt/qemu/networks/autostart/${name}.xml`, false)) return no("network.no-autostart", { network: name });
    return yes;
  },
});
