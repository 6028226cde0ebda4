// lab.yaml: the facts of a lab. The words are in lab.fr.md and lab.en.md beside it.

import { z } from "zod";
import { words } from "./check/words.ts";

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "lower-case letters, digits and dashes");

const simpleCheck = z.union([
  words.container.schema,
  words.custom.schema,
  words.directory.schema,
  words.file.schema,
  words.guest.schema,
  words.image.schema,
  words.package.schema,
  words.service.schema,
  words["virtual-network"].schema,
]);
type SimpleCheck = z.infer<typeof simpleCheck>;

/** `any:` passes when one of its checks does; the verdict of the first one is shown otherwise. */
export const checkSchema = z.union([simpleCheck, z.strictObject({ any: z.array(simpleCheck).min(2) })]);
export type Check = SimpleCheck | { any: SimpleCheck[] };

export const labSchema = z.strictObject({
  id: identifier,
  host: z.string(),
  /** who sits at the terminal */
  user: z.string().default("student"),
  objectives: z.array(z.string()).min(1),
  minutes: z.number().int().positive(),
  level: z.number().int().min(1).max(3).default(1),
  tasks: z
    .array(z.strictObject({ id: identifier, optional: z.boolean().default(false), checks: z.array(checkSchema).min(1) }))
    .min(1)
    .refine((tasks) => new Set(tasks.map((task) => task.id)).size === tasks.length, "two tasks have the same id"),
});

export type LabFacts = z.infer<typeof labSchema>;

export const moduleSchema = z.strictObject({
  id: identifier,
  order: z.number().int(),
  title: z.strictObject({ fr: z.string(), en: z.string() }),
  summary: z.strictObject({ fr: z.string(), en: z.string() }),
  labs: z.array(identifier),
});

export type ModuleFacts = z.infer<typeof moduleSchema>;
