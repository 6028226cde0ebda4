// What `apt update` left below /var/lib/apt/lists when the machine was installed. Paths are apt's own (URI with "/" as "_").
import { installable, offeredNames } from "../catalogue/installable.ts";
import { packagesIndex, releaseText } from "../catalogue/package-index.ts";
import type { PackageFile } from "../../programs/kit/package.ts";

const LISTS = "/var/lib/apt/lists";

export function packageLists(): readonly PackageFile[] {
  const suite = (base: string, name: string): string => `${LISTS}/mirror.lan_${base}_dists_${name}`;
  const main = suite("debian", "bookworm");
  const later = [suite("debian", "bookworm-updates"), suite("debian-security", "bookworm-security")];
  return [
    { path: `${main}_InRelease`, text: releaseText("bookworm") },
    { path: `${main}_main_binary-amd64_Packages`, content: () => packagesIndex(offeredNames(), installable) },
    ...later.flatMap((path): PackageFile[] => [
      { path: `${path}_InRelease`, text: releaseText(path.slice(path.lastIndexOf("_") + 1)) },
      { path: `${path}_main_binary-amd64_Packages`, text: "" },
    ]),
    { path: `${LISTS}/lock`, text: "", mode: 0o640 },
    { path: `${LISTS}/partial`, directory: true, mode: 0o700, owner: "_apt" },
  ];
}
