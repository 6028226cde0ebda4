// A text in both languages, or one text that is the same in both (a command, a name). Inline Markdown: `code`, *emphasis*.
import { z } from "zod";

export type Locale = "fr" | "en";

export const localized = z.union([z.string().min(1).transform((text) => ({ fr: text, en: text })), z.strictObject({ fr: z.string().min(1), en: z.string().min(1) })]);
export type Localized = z.output<typeof localized>;

export const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "lower-case letters, digits and dashes");
