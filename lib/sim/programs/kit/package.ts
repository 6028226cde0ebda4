// The default export of lib/sim/programs/<Debian package>/package.ts: what dpkg and apt know of it. The machine installs from this.

export interface PackageFile {
  readonly path: string;
  /** text of a configuration or data file, in our own words where it is prose */
  readonly text?: string;
  /** bytes that are no text, or that are worth making only when read */
  readonly content?: () => Uint8Array;
  /** of `content`, where it is known before: the bytes are made when somebody reads them */
  readonly contentBytes?: number;
  /** of `content` with zeros that nobody reads behind it */
  readonly paddedBytes?: number;
  readonly symlink?: string;
  readonly directory?: true;
  readonly mode?: number;
  readonly owner?: string;
  readonly group?: string;
  readonly conffile?: true;
}

/** A maintainer script in steps that the machine carries out; `run` is a shell line run as root with sh -e; $1, $2… are what dpkg gives the script. */
export type PackageAction =
  | { readonly addGroup: string; readonly gid?: number; readonly system?: boolean }
  | { readonly addUser: string; readonly uid?: number; readonly group?: string; readonly home?: string; readonly shell?: string; readonly gecos?: string }
  | { readonly enable: string }
  | { readonly start: string }
  /** update-alternatives --install LINK NAME PATH PRIORITY, with slaves of the same kind; a removal of the package takes it back */
  | { readonly alternative: string; readonly link: string; readonly path: string; readonly priority: number; readonly slaves?: readonly { readonly link: string; readonly name: string; readonly path: string }[] }
  /** the links of /etc/rc?.d that the head of /etc/init.d/NAME asks for (update-rc.d NAME defaults) */
  | { readonly initScript: string }
  | { readonly run: string };

/** Facts that are left out (version, section, sizes, dependencies...) come from machine/catalogue, the record of Debian's own index. */
export interface DebianPackage {
  readonly name: string;
  readonly version?: string;
  readonly architecture?: "amd64" | "all";
  readonly section?: string;
  readonly priority?: "required" | "important" | "standard" | "optional";
  readonly source?: string;
  readonly maintainer?: string;
  readonly homepage?: string;
  readonly installedSizeKiB?: number;
  readonly downloadSizeBytes?: number;
  /** As in Debian's control file: "libc6 (>= 2.36), libselinux1 (>= 3.1~)". */
  readonly depends?: string;
  readonly preDepends?: string;
  readonly recommends?: string;
  readonly suggests?: string;
  readonly conflicts?: string;
  readonly breaks?: string;
  readonly replaces?: string;
  readonly provides?: string;
  readonly essential?: true;
  /** Our own words. */
  readonly summary: string;
  readonly description?: string;
  /** Beside the folder's commands. Units of systemd are files too: /lib/systemd/system/NAME.service. */
  readonly files?: readonly PackageFile[];
  readonly preInstall?: readonly PackageAction[];
  readonly postInstall?: readonly PackageAction[];
  readonly preRemove?: readonly PackageAction[];
  readonly postRemove?: readonly PackageAction[];
  readonly postPurge?: readonly PackageAction[];
}
