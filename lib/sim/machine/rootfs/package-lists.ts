// What `apt update` left below /var/lib/apt/lists when the machine was installed. Paths are apt's own (URI with "/" as "_").
import { packagesIndex, releaseText } from "../catalogue/package-index.ts";
import { suites } from "../catalogue/parse.ts";
import type { PackageFile } from "../../programs/kit/package.ts";
import { encode } from "../../kernel/sys.ts";
import { installedUs } from "./build-dates.ts";

const LISTS = "/var/lib/apt/lists";

/** `fetched` false: nobody has called apt update yet. */
export function packageLists(fetched: boolean): readonly PackageFile[] {
  return [
    ...(fetched ? suites : []).flatMap((suite): PackageFile[] => {
      const path = `${LISTS}/mirror.lan_debian${suite.endsWith("-security") ? "-security" : ""}_dists_${suite}`;
      return [
        { path: `${path}_InRelease`, content: () => encode(releaseText(suite, installedUs)) },
        { path: `${path}_main_binary-amd64_Packages`, content: () => packagesIndex(suite) },
      ];
    }),
    { path: `${LISTS}/lock`, text: "", mode: 0o640 },
    { path: `${LISTS}/partial`, directory: true, mode: 0o700, owner: "_apt" },
  ];
}
