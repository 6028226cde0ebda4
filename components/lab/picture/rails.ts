// Networks drawn as rails down the left side: which of them pass a row, begin in it, end in it, and branch to its box.
import type { ContainerPicture, GuestPicture, MachinePicture, NamespacePicture, NetworkPicture } from "../../../lib/session/protocol-picture.ts";

export type Row =
  | { readonly kind: "network"; readonly key: string; readonly network: NetworkPicture }
  | { readonly kind: "container"; readonly key: string; readonly container: ContainerPicture }
  | { readonly kind: "guest"; readonly key: string; readonly guest: GuestPicture }
  | { readonly kind: "namespace"; readonly key: string; readonly namespace: NamespacePicture };

export interface Segment {
  /** place of the network: its column and colour */
  readonly rail: number;
  readonly above: boolean;
  readonly below: boolean;
  /** a branch leads from it to the row's box */
  readonly branch: boolean;
}

export interface RailRow {
  readonly row: Row;
  readonly segments: readonly Segment[];
}

function attachedTo(row: Row): readonly string[] {
  switch (row.kind) {
    case "network":
      return [row.network.id];
    case "container":
      return row.container.attachments.map((one) => one.network);
    case "guest":
      return row.guest.attachments.map((one) => one.network);
    case "namespace":
      return row.namespace.attachments.map((one) => one.network);
  }
}

/** What runs stands nearer to the networks. */
function byState(a: ContainerPicture, b: ContainerPicture): number {
  const stopped = (one: ContainerPicture) => (one.state === "running" || one.state === "paused" || one.state === "restarting" ? 0 : 1);
  return stopped(a) - stopped(b) || a.name.localeCompare(b.name);
}

export function railRows(picture: MachinePicture): RailRow[] {
  const rows: Row[] = [
    ...picture.networks.map((network): Row => ({ kind: "network", key: `network ${network.id}`, network })),
    ...picture.guests.map((guest): Row => ({ kind: "guest", key: `guest ${guest.name}`, guest })),
    ...picture.namespaces.map((namespace): Row => ({ kind: "namespace", key: `namespace ${namespace.name}`, namespace })),
    ...[...picture.containers].sort(byState).map((container): Row => ({ kind: "container", key: `container ${container.id}`, container })),
  ];
  const spans = picture.networks.map((network) => {
    const touched = rows.flatMap((row, place) => (attachedTo(row).includes(network.id) ? [place] : []));
    return { first: touched[0] ?? 0, last: touched.at(-1) ?? 0 };
  });
  return rows.map((row, place) => ({
    row,
    segments: spans.flatMap(({ first, last }, rail) => {
      if (place < first || place > last) return [];
      return [{ rail, above: place > first, below: place < last, branch: attachedTo(row).includes(picture.networks[rail]?.id ?? "") }];
    }),
  }));
}
