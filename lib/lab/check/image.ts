import { z } from "zod";
import { no, yes } from "../verdict.ts";
import { word } from "./check.ts";

/** `- image: nginx` (any tag) or `- image: web:1`: a local docker image. */
export const imageWord = word({
  codes: ["docker.missing", "image.missing"],
  schema: z.strictObject({ image: z.string() }),
  evaluate(view, args) {
    if (!view.docker) return no("docker.missing");
    const withTag = args.image.includes(":");
    const found = view.docker.images.some((image) => image.tags.some((tag) => (withTag ? tag === args.image : tag.slice(0, tag.lastIndexOf(":")) === args.image)));
    return found ? yes : no("image.missing", { image: args.image });
  },
});
