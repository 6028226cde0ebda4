import { z } from "zod";
import { no, yes } from "../verdict.ts";
import { word } from "./check.ts";

/** `- package: docker.io`: the Debian package is installed. */
export const packageWord = word({
  codes: ["package.missing"],
  schema: z.strictObject({ package: z.string() }),
  evaluate(view, args) {
    return view.package(args.package).installed ? yes : no("package.missing", { package: args.package });
  },
});
