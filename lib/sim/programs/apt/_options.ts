// What the command line of apt and apt-get comes to.

import type { Configuration } from "./_configuration.ts";

export interface AptOptions {
  readonly configuration: Configuration;
  readonly yes: boolean;
  /** --assume-no */
  readonly no: boolean;
  readonly simulate: boolean;
  readonly quiet: number;
  readonly recommends: boolean;
  readonly reinstall: boolean;
  readonly purge: boolean;
  readonly downloadOnly: boolean;
  readonly fixBroken: boolean;
  readonly onlyUpgrade: boolean;
  readonly noUpgrade: boolean;
  readonly autoRemove: boolean;
  readonly printUris: boolean;
  /** -V */
  readonly showVersions: boolean;
  readonly allVersions: boolean;
  readonly changeHeld: boolean;
  readonly downgrades: boolean;
  readonly removeEssential: boolean;
  readonly unauthenticated: boolean;
  readonly insecureRepositories: boolean;
  /** -t */
  readonly release: string | undefined;
  /** apt rather than apt-get */
  readonly friendly: boolean;
}
