// The boots of guests that are kept: of disk images that carry a root file system as it was made (clones of a template, overlays), on the same hardware. What tells one
// such guest from another (addresses of its cards, UUID, boot id, time) is put in; everything else of their boots is equal, or they boot in full.
import type { BootedState } from "../../kernel/booted-state.ts";
import { type BootPlan, type ConsoleOutput, keptBoot } from "../boot-image.ts";
import type { GuestSetup } from "../guest-setup.ts";
import type { Hardware } from "../hardware.ts";
import type { HostDescription } from "../host-description.ts";
import { kernelBootUs } from "../switched-on.ts";
import { addChannel } from "./guest-channel.ts";

export interface KeptGuestBoot {
  readonly state: BootedState;
  /** since process 1 started */
  readonly console: readonly { readonly afterUs: number; readonly bytes: Uint8Array }[];
  readonly lastsUs: number;
}

interface Guest {
  readonly host: HostDescription;
  readonly setup: GuestSetup;
  /** names of its channels to the host */
  readonly channels: readonly string[];
}

/** Of so many kinds of guests at most: people choose sizes. A boot that was given up is made again, and is the same. */
const mostKept = 24;
const kept = new Map<string, KeptGuestBoot | undefined>();

/** Cards and boards of the bench have these words, which nothing else contains. */
const benchUuids = ["6b657074-0001-4b65-8a70-62656e636831", "6b657074-0002-4b65-8a70-62656e636832"] as const;

/** In a fixed order: the board's UUID, then the addresses of the cards. */
export function ownWords(hardware: Hardware): readonly string[] {
  return [hardware.dmi.productUuid, ...hardware.networkCards.map((card) => card.mac)];
}

function benchHardware(hardware: Hardware, bench: 0 | 1): Hardware {
  return {
    ...hardware, dmi: { ...hardware.dmi, productUuid: benchUuids[bench] },
    networkCards: hardware.networkCards.map((card, index) => ({ ...card, mac: `52:54:00:b${bench}:be:${index.toString(16).padStart(2, "0")}` })),
  };
}

/** Undefined when its boot cannot be kept: something on its disks is its own, or comes about only as it boots (identities of a first boot, a seed for cloud-init). */
export function keptBootOf(guest: Guest): KeptGuestBoot | undefined {
  const { host, setup } = guest;
  const tree = setup.rootTree.baseName;
  // another disk may hold anything
  if (tree === undefined || setup.disks.size !== 1) return undefined;
  const key = JSON.stringify([tree, benchHardware(host.hardware, 0), setup.rootSource, setup.capacity, setup.stepsPerUs, guest.channels]);
  const known = kept.get(key);
  const image = known ?? (kept.has(key) ? undefined : make(guest));
  kept.delete(key);
  kept.set(key, image);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return image;
}

function make(guest: Guest): KeptGuestBoot | undefined {
  const image = keptBoot(planOf(guest, 0), planOf(guest, 1));
  if (typeof image === "string") return undefined;
  const { state, console } = image;
  return { state, console: console.map(({ atUs, bytes }: ConsoleOutput) => ({ afterUs: atUs - kernelBootUs, bytes })), lastsUs: state.kernel.nowUs - kernelBootUs };
}

function planOf({ host, setup, channels }: Guest, bench: 0 | 1): BootPlan {
  const hardware = benchHardware(host.hardware, bench);
  return {
    host: { ...host, hardware }, identity: ownWords(hardware),
    guest: {
      ...setup, disks: new Map([...setup.disks].map(([name, contents]) => [name, contents.share()])), onConsole: () => undefined,
      onKernel: (kernel) => {
        for (const [index, name] of channels.entries()) addChannel(kernel, index, name, () => undefined, () => undefined);
      },
    },
  };
}
