// What fdisk and sfdisk do with any kind of partition table; _mbr.ts and _gpt.ts are the kinds. Partitions count from 0 here, from 1 in every message.
import type { Blocking } from "../../kernel/sys.ts";
import type { Kind, PartType } from "./_part-types.ts";

export interface Partition {
  readonly index: number;
  readonly start: number;
  readonly sectors: number;
  readonly type: PartType;
  readonly boot: boolean;
  readonly uuid: string;
  readonly name: string;
  /** bits as the table shows them; empty without any */
  readonly attributes: string;
  /** an extended partition */
  readonly container: boolean;
  /** of a logical one: its container's index */
  readonly parent?: number;
  readonly startChs: string;
  readonly endChs: string;
}

/** What a script or a command wants of a partition. */
export interface Template {
  start?: number | undefined;
  startDefault?: boolean;
  size?: number | undefined;
  /** in sectors: not to be aligned */
  sizeExplicit?: boolean;
  endDefault?: boolean;
  index?: number | undefined;
  indexDefault?: boolean;
  type?: PartType | undefined;
  boot?: boolean | undefined;
  uuid?: string | undefined;
  name?: string | undefined;
  attributes?: string | undefined;
  moveStart?: "down" | "up" | undefined;
  resize?: "reduce" | "enlarge" | undefined;
}

export interface Label {
  readonly kind: Kind;
  changed: boolean;
  /** entries that the table has at the moment */
  readonly most: number;
  readonly id: string;
  isUsed(index: number): boolean;
  partition(index: number): Partition | undefined;
  /** The index. Throws Refused, as all that change do. */
  add(template: Template | undefined): Blocking<number>;
  remove(index: number): Blocking<void>;
  set(index: number, template: Template): Blocking<void>;
  /** How many errors. */
  verify(): Blocking<number>;
  write(): Blocking<void>;
  /** False where they are in order already. */
  reorder(): boolean;
  /** Asks without a text. */
  setId(text: string | undefined): Blocking<void>;
  /** Where on the disk the table lies. */
  places(): readonly { readonly name: string; readonly offset: number; readonly bytes: number }[];
  /** Facts that only the list with details has. */
  items(): readonly string[];
  /** Narrows the context's bounds to those of the table. */
  resetAlignment(): void;
}
