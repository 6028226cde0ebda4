// The file system types that a kernel knows, made when one is asked for first: most are never mounted in a session.
import type { FileSystemType } from "./file-system.ts";

export class FileSystemTypeTable {
  #made: Map<string, FileSystemType> | undefined;
  #names: readonly string[] = [];
  #make: (name: string) => FileSystemType | undefined = () => undefined;

  /** `make` is called once for each of the names, at most. */
  offer(names: readonly string[], make: (name: string) => FileSystemType | undefined): void {
    this.#names = names;
    this.#make = make;
  }

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  get(name: string): FileSystemType | undefined {
    const known = this.#made?.get(name);
    if (known !== undefined || !this.has(name)) return known;
    const type = this.#make(name);
    if (type !== undefined) (this.#made ??= new Map()).set(name, type);
    return type;
  }

  /** In the order of the names. */
  list(): readonly FileSystemType[] {
    return this.#names.flatMap((name) => this.get(name) ?? []);
  }
}
