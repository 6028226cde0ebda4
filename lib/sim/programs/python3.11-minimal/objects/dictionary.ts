// dict, and the same as a view on the names of a module or an instance.

import type { Key } from "./key.ts";
import { type Namespace, type PyClass, PyObject, types, type Value } from "./value.ts";

export interface DictEntry {
  readonly key: Value;
  value: Value;
}

export class PyDict extends PyObject {
  protected entries = new Map<Key, DictEntry>();

  constructor(cls: PyClass = types.dict) {
    super(cls);
  }

  static ofText(pairs: Iterable<readonly [string, Value]>): PyDict {
    const dict = new PyDict();
    for (const [key, value] of pairs) dict.setText(key, value);
    return dict;
  }

  get size(): number {
    return this.entries.size;
  }

  entry(key: Key): DictEntry | undefined {
    return this.entries.get(key);
  }

  /** The value as it was stored under that key: what a hash chain compares with. */
  original(key: Key): Value | undefined {
    return this.entry(key)?.key;
  }

  put(key: Key, original: Value, value: Value): void {
    const known = this.entries.get(key);
    if (known) known.value = value;
    else this.entries.set(key, { key: original, value });
  }

  remove(key: Key): boolean {
    return this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }

  values(): IterableIterator<DictEntry> {
    return this.entries.values();
  }

  keyed(): IterableIterator<[Key, DictEntry]> {
    return this.entries.entries();
  }

  /** For keys that are plain words of our own. */
  getText(key: string): Value | undefined {
    return this.entry(key)?.value;
  }

  setText(key: string, value: Value): void {
    this.put(key.charCodeAt(0) === 1 ? `\u0001S${key}` : key, key, value);
  }
}

/** globals(), vars() and `__dict__`: writes go to the names themselves. Keys are always str. */
export class PyNamespaceDict extends PyDict {
  readonly namespace: Namespace;

  constructor(namespace: Namespace) {
    super();
    this.namespace = namespace;
  }

  override get size(): number {
    return this.namespace.size;
  }

  override entry(key: Key): DictEntry | undefined {
    const value = typeof key === "string" ? this.namespace.get(key) : undefined;
    return value === undefined ? undefined : { key: key as string, value };
  }

  override put(key: Key, original: Value, value: Value): void {
    this.namespace.set(String(original), value);
    void key;
  }

  override remove(key: Key): boolean {
    return typeof key === "string" && this.namespace.delete(key);
  }

  override clear(): void {
    this.namespace.clear();
  }

  override *values(): IterableIterator<DictEntry> {
    for (const [key, value] of this.namespace) yield { key, value };
  }

  override *keyed(): IterableIterator<[Key, DictEntry]> {
    for (const [key, value] of this.namespace) yield [key, { key, value }];
  }
}
