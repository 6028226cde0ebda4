// The file editor on the wire: what it asks for and what it is answered. Everything happens with the learner's own permissions.
import * as z from "zod/mini";

/** bytes of a file that the editor opens or saves */
export const maxFileBytes = 262_144;
/** bytes that all saves of an attempt may take in its journal */
export const maxSavedBytes = 8_388_608;
/** a file is sent to be saved in pieces of at most this many characters */
export const maxPieceChars = 8_000;
/** entries of one directory that are sent */
export const maxEntries = 1_000;
/** files and directories that a client has an eye on */
export const maxWatched = 40;

export const filePath = z.string().check(z.minLength(1), z.maxLength(4_096), z.startsWith("/"));

export const fileRequest = z.discriminatedUnion("kind", [
  /** the user's home directory */
  z.object({ kind: z.literal("home") }),
  z.object({ kind: z.literal("list"), path: filePath }),
  z.object({ kind: z.literal("read"), path: filePath }),
  /** One more piece of what the `save` with the same request number will write. */
  z.object({ kind: z.literal("piece"), text: z.string().check(z.maxLength(maxPieceChars)) }),
  /** `stamp`: of the contents that were edited; a file that has another one by now is not overwritten. null: whatever is there. `isNew`: the file must not exist. */
  z.object({ kind: z.literal("save"), path: filePath, stamp: z.nullable(z.string().check(z.maxLength(200))), isNew: z.boolean() }),
]);
export type FileRequest = z.infer<typeof fileRequest>;

export const directoryEntry = z.object({ name: z.string(), kind: z.enum(["file", "directory", "symlink", "special"]), sizeBytes: z.number() });
export type DirectoryEntry = z.infer<typeof directoryEntry>;

/** `errno`: the machine refused, `message` is its text ("Permission denied"). */
export const fileRefusals = ["errno", "too-large", "not-text", "special", "changed", "journal-full"] as const;

export const fileAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("directory"), path: z.string(), entries: z.array(directoryEntry), truncated: z.boolean(), stamp: z.string() }),
  z.object({ kind: z.literal("file"), path: z.string(), text: z.string(), stamp: z.string(), writable: z.boolean() }),
  z.object({ kind: z.literal("saved"), path: z.string(), stamp: z.string() }),
  z.object({ kind: z.literal("refused"), path: z.string(), reason: z.enum(fileRefusals), errno: z.string(), message: z.string() }),
]);
export type FileAnswer = z.infer<typeof fileAnswer>;
