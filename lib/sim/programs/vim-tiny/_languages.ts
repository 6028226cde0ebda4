// What a version of Vim knows of types of files. The version of vim-tiny knows none; that of the package vim brings them.

/** A piece of a line: up to `end`, in the colour of a highlight group ("" none). */
export interface Run {
  readonly end: number;
  readonly group: string;
}

/** Finds colours, line by line from the start of a text. What a line leaves to the next one is a state. */
export interface Colouring {
  readonly start: object;
  colour(text: string, state: object): { readonly runs: readonly Run[]; readonly state: object };
}

export interface FileType {
  /** what the file type sets: options that belong to the buffer */
  readonly settings: readonly (readonly [option: string, value: string | number | boolean])[];
  /** columns of indent of a line; undefined: it stays as it is. `opened`: by o or O */
  readonly indent?: (lines: readonly string[], line: number, step: number, tabStop: number, opened: boolean) => number | undefined;
  /** a line that begins so is indented anew once that was typed */
  readonly indentAgain?: RegExp;
}

export interface Languages {
  /** The type by the file's name and its first lines; "" for none. */
  typeOf(path: string, lines: readonly string[]): string;
  fileType(type: string): FileType | undefined;
  colouring(syntax: string, firstLine: string): Colouring | undefined;
}
