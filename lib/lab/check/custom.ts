import { z } from "zod";
import { word } from "./check.ts";

/** `- custom: dockerfile`: the function of that name in the lab's check.ts, where the words do not suffice. */
export const customWord = word({
  codes: [],
  schema: z.strictObject({ custom: z.string() }),
  evaluate(view, args, context) {
    const check = context.custom.get(args.custom);
    if (!check) throw new Error(`lab check "${args.custom}" is not exported by the lab's check.ts`);
    return check(view, context);
  },
});
