// The picture of a machine on the wire: the shape that the simulation's picture.ts makes (lib/sim/machine/picture.ts says what each field means).
import * as z from "zod/mini";

const name = z.string().check(z.maxLength(300));
const count = z.number();
const list = <T extends z.ZodMiniType>(item: T) => z.readonly(z.array(item));
const attachment = z.object({ network: name, address: name });

const network = z.object({
  id: name, name, kind: z.enum(["outside", "bridge", "isolated"]), interface: name, addresses: list(name), subnet: name, up: z.boolean(), docker: z.boolean(),
});

const container = z.object({
  id: name, name, image: name, imageId: name, state: z.enum(["created", "running", "paused", "restarting", "exited", "dead"]), exitCode: count, oomKilled: z.boolean(), command: name,
  processes: list(z.object({ pid: count, pidInside: count, command: name })),
  attachments: list(attachment), hostNetwork: z.boolean(),
  ports: list(z.object({ hostPort: count, containerPort: count, protocol: name })),
  mounts: list(z.object({ source: z.string(), target: z.string(), kind: z.enum(["bind", "volume", "tmpfs"]) })),
  memoryLimitBytes: count,
});

const image = z.object({ id: name, tags: list(name), sizeBytes: count, layers: list(name), containers: list(name) });
const volume = z.object({ name, users: list(z.object({ container: name, target: z.string() })) });
const disk = z.object({ target: name, path: z.string(), format: name, sizeBytes: count, backing: list(z.string()) });

export type NetworkPicture = z.infer<typeof network>;
export type ContainerPicture = z.infer<typeof container>;
export type ImagePicture = z.infer<typeof image>;
export type VolumePicture = z.infer<typeof volume>;

export interface GuestPicture {
  readonly name: string;
  readonly state: "running" | "paused" | "saved" | "off" | "crashed";
  readonly pid: number;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly disks: readonly z.infer<typeof disk>[];
  readonly attachments: readonly z.infer<typeof attachment>[];
  readonly inside: MachinePicture | undefined;
}

export interface MachinePicture {
  readonly name: string;
  readonly system: string;
  readonly kernel: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly docker: "absent" | "stopped" | "running";
  readonly networks: readonly NetworkPicture[];
  readonly containers: readonly ContainerPicture[];
  readonly guests: readonly GuestPicture[];
  readonly images: readonly ImagePicture[];
  readonly volumes: readonly VolumePicture[];
}

const guest: z.ZodMiniType<GuestPicture> = z.object({
  name, state: z.enum(["running", "paused", "saved", "off", "crashed"]), pid: count, cpus: count, memoryBytes: count, disks: list(disk), attachments: list(attachment),
  inside: z.lazy((): z.ZodMiniType<MachinePicture | undefined> => z.optional(machinePicture)),
});

export const machinePicture: z.ZodMiniType<MachinePicture> = z.object({
  name, system: name, kernel: name, cpus: count, memoryBytes: count, processes: count, docker: z.enum(["absent", "stopped", "running"]),
  networks: list(network), containers: list(container), guests: list(guest), images: list(image), volumes: list(volume),
});
