// An ISO 9660 image of a few files in one directory, with Rock Ridge and Joliet: what cloud-localds and virt-install have genisoimage make.

import { S } from "../../kernel/sys.ts";
import type { IsoEntry, IsoFacts } from "./iso9660/entry.ts";
import { isoLayout, SECTOR } from "./iso9660/layout.ts";

export interface IsoFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** `nowSeconds`: when it is made. */
export function isoImage(label: string, files: readonly IsoFile[], nowSeconds: number): Uint8Array {
  const now: IsoFacts = { mode: S.IFDIR | 0o555, nlink: 2, uid: 0, gid: 0, rdev: 0, mtimeSeconds: nowSeconds, atimeSeconds: nowSeconds, ctimeSeconds: nowSeconds };
  const entries: IsoEntry<Uint8Array>[] = files.map(({ name, content }) => ({ name, path: name, facts: { ...now, mode: S.IFREG | 0o644, nlink: 1 }, sizeBytes: content.length, source: content }));
  const layout = isoLayout({
    root: { dot: now, dotDot: now, artificial: true, entries: entries.reverse() },
    rules: { level: 1, longest: undefined, omitVersion: false, omitPeriod: false, leadingDots: false, lowercase: false, manyDots: false, relaxed: false, untranslated: false },
    rockRidge: true, joliet: true, jolietLongest: 64, ucsLevel: 3, texts: { volume: label }, volumeSetSize: 1, volumeSequence: 1, nowSeconds, zone: () => 0, padded: true,
  });
  const image = new Uint8Array(layout.totalSectors * SECTOR);
  image.set(layout.head);
  for (const { entry, extent } of layout.files) image.set(entry.source ?? new Uint8Array(0), extent * SECTOR);
  return image;
}
