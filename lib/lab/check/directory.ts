import { z } from "zod";
import { no, yes } from "../verdict.ts";
import { word } from "./check.ts";
import { findFile } from "./home-path.ts";

/** `- directory: ~/hello`. */
export const directoryWord = word({
  codes: ["directory.missing", "directory.is-a-file"],
  schema: z.strictObject({ directory: z.string() }),
  evaluate(view, args, context) {
    const found = findFile(view, args.directory, context);
    if (!found) return no("directory.missing", { path: args.directory });
    return found.kind === "directory" ? yes : no("directory.is-a-file", { path: found.path });
  },
});
