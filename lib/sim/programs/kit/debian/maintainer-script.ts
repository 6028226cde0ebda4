// The steps of a package's maintainer scripts as /var/lib/dpkg/info/NAME.postinst keeps them: a script that the simulated dpkg reads and carries out itself.
import type { PackageAction } from "../package.ts";

export interface MaintainerActions {
  readonly preInstall?: readonly PackageAction[];
  readonly postInstall: readonly PackageAction[];
  readonly preRemove: readonly PackageAction[];
  readonly postRemove?: readonly PackageAction[];
  readonly postPurge: readonly PackageAction[];
  readonly owners: readonly { readonly path: string; readonly owner: string; readonly group: string }[];
}

export const NO_ACTIONS: MaintainerActions = { postInstall: [], preRemove: [], postPurge: [], owners: [] };

/** Undefined when there is nothing to do. */
export function maintainerScript(actions: MaintainerActions): string | undefined {
  if ([actions.preInstall, actions.postInstall, actions.preRemove, actions.postRemove, actions.postPurge].every((list) => list === undefined || list.length === 0)) return undefined;
  return `#!/bin/sh\n# Steps that the simulation carries out.\n# ${JSON.stringify(actions)}\nexit 0\n`;
}

/** What such a script says; nothing for the text of another one. */
export function actionsOfScript(text: string): MaintainerActions {
  const json = /^# (\{.*\})$/m.exec(text)?.[1];
  return json === undefined ? NO_ACTIONS : (JSON.parse(json) as MaintainerActions);
}
