// What goes into an ISO 9660 image: the tree as it was found, before names are shortened and places given.

/** Owner, mode and times of a file as stat(2) gave them. */
export interface IsoFacts {
  /** with its type */
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  /** of devices, as stat(2) has it */
  readonly rdev: number;
  readonly mtimeSeconds: number;
  readonly atimeSeconds: number;
  readonly ctimeSeconds: number;
}

export interface IsoEntry<Source> {
  readonly name: string;
  /** as messages name it */
  readonly path: string;
  readonly facts: IsoFacts;
  readonly sizeBytes: number;
  /** of a symbolic link */
  readonly target?: string;
  /** entries with the same one share their contents, as hard links do */
  readonly inode?: string;
  readonly source?: Source;
  readonly hiddenFromIso?: boolean;
  readonly hiddenFromJoliet?: boolean;
  /** the attribute "hidden" of ISO 9660 */
  readonly attributeHidden?: boolean;
  readonly directory?: IsoDirectory<Source>;
}

export interface IsoDirectory<Source> {
  /** of "." and ".." */
  dot: IsoFacts;
  dotDot: IsoFacts;
  /** made for the image, not found */
  artificial: boolean;
  /** the newest first */
  readonly entries: IsoEntry<Source>[];
}
