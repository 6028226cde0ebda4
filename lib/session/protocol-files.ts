// The file editor on the wire: what it asks for and what it is answered. Everything happens with the learner's own permissions.

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

export type FileRequest =
  /** the user's home directory */
  | { readonly kind: "home" }
  | { readonly kind: "list"; readonly path: string }
  | { readonly kind: "read"; readonly path: string }
  /** One more piece of what the `save` with the same request number will write. */
  | { readonly kind: "piece"; readonly text: string }
  /** `stamp`: of the contents that were edited; a file that has another one by now is not overwritten. null: whatever is there. `isNew`: the file must not exist. */
  | { readonly kind: "save"; readonly path: string; readonly stamp: string | null; readonly isNew: boolean };

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "symlink" | "special";
  readonly sizeBytes: number;
}

/** `errno`: the machine refused, `message` is its text ("Permission denied"). */
export const fileRefusals = ["errno", "too-large", "not-text", "special", "changed", "journal-full"] as const;

export type FileAnswer =
  | { readonly kind: "directory"; readonly path: string; readonly entries: readonly DirectoryEntry[]; readonly truncated: boolean; readonly stamp: string }
  | { readonly kind: "file"; readonly path: string; readonly text: string; readonly stamp: string; readonly writable: boolean }
  | { readonly kind: "saved"; readonly path: string; readonly stamp: string }
  | { readonly kind: "refused"; readonly path: string; readonly reason: (typeof fileRefusals)[number]; readonly errno: string; readonly message: string };
