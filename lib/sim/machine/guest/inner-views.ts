// The view into a guest's own system, for the view of its host. Known here and not by the kernel, to which a guest is only something with inputs.
import type { GuestMachine } from "../../kernel/guest/guest-machine.ts";
import type { View } from "../view.ts";

const views = new WeakMap<GuestMachine, () => View | undefined>();

export function offerView(guest: GuestMachine, view: () => View | undefined): void {
  views.set(guest, view);
}

/** Undefined while no system runs in it. */
export function viewInto(guest: GuestMachine): View | undefined {
  return views.get(guest)?.();
}
