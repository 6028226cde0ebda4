// The picture of a machine on the wire is the value that the simulation makes (lib/sim/machine/picture.ts says what each field means).
import type { World } from "../sim/world/world.ts";

export type MachinePicture = ReturnType<World["picture"]>;
export type NetworkPicture = MachinePicture["networks"][number];
export type ContainerPicture = MachinePicture["containers"][number];
export type GuestPicture = MachinePicture["guests"][number];
export type NamespacePicture = MachinePicture["namespaces"][number];
export type ImagePicture = MachinePicture["images"][number];
export type VolumePicture = MachinePicture["volumes"][number];
