import { z } from "zod";
import { no, yes } from "../verdict.ts";
import { word } from "./check.ts";
import { findFile } from "./home-path.ts";

/** `- file: ~/hello/hello.py`: a regular file; with `contains:` or `equals:` about its text. */
export const fileWord = word({
  codes: ["file.missing", "file.not-a-file", "file.lacks", "file.differs"],
  schema: z.strictObject({ file: z.string(), contains: z.string().optional(), equals: z.string().optional() }),
  evaluate(view, args, context) {
    const file = findFile(view, args.file, context);
    if (!file) return no("file.missing", { path: args.file });
    if (file.kind !== "file") return no("file.not-a-file", { path: file.path, found: file.kind });
    if (args.contains !== undefined && !file.text.includes(args.contains)) return no("file.lacks", { path: file.path, expected: args.contains });
    if (args.equals !== undefined && file.text.trim() !== args.equals.trim()) return no("file.differs", { path: file.path, expected: args.equals.trim(), found: file.text.trim() });
    return yes;
  },
});
