import { z } from "zod";
import { no, yes } from "../verdict.ts";
import { word } from "./check.ts";

/** `- container: web, is: running`: a container by its name; `is: absent` for one that must be gone. */
export const containerWord = word({
  codes: ["docker.missing", "container.missing", "container.state", "container.present"],
  schema: z.strictObject({ container: z.string(), is: z.enum(["running", "exited", "paused", "created", "absent"]).default("running") }),
  evaluate(view, args) {
    if (!view.docker) return no("docker.missing");
    const container = view.docker.containers.find((candidate) => candidate.name === args.container);
    if (args.is === "absent") return container ? no("container.present", { container: args.container }) : yes;
    if (!container) return no("container.missing", { container: args.container });
    return container.state === args.is ? yes : no("container.state", { container: args.container, expected: args.is, found: container.state });
  },
});
