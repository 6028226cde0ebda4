// Every host that a world can start with, by name.
import type { HostDescription } from "../host-description.ts";
import debian12 from "./debian-12.ts";
import debian12Docker from "./debian-12-docker.ts";
import debian12Clones from "./debian-12-clones.ts";
import debian12Dated from "./debian-12-dated.ts";
import debian12Kvm from "./debian-12-kvm.ts";
import debian12Virt from "./debian-12-virt.ts";

export const hosts: ReadonlyMap<string, HostDescription> = new Map([debian12, debian12Docker, debian12Virt, debian12Kvm, debian12Clones, debian12Dated].map((host) => [host.name, host]));
