// The file system types that a kernel knows, each made when it is asked for: they keep nothing, and most are never asked for in a session.
import type { FileSystemType } from "./file-system.ts";

export class FileSystemTypeTable {
  #names: readonly string[] = [];
  #make: (name: string) => FileSystemType | undefined = () => undefined;

  /** `make` knows all of the names. */
  offer(names: readonly string[], make: (name: string) => FileSystemType | undefined): void {
    this.#names = names;
    this.#make = make;
  }

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  get(name: string): FileSystemType | undefined {
    return this.#make(name);
  }

  /** In the order of the names. */
  list(): readonly FileSystemType[] {
    return this.#names.flatMap((name) => this.get(name) ?? []);
  }
}
