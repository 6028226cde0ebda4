// What the declarations of nvme-cli say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNvmeCliHelp: Catalogue = [
  ["ask and manage NVMe disks", "interroger et gérer les disques NVMe"],
  ["Disks here are virtio disks: nvme list finds nothing to look through, as on any machine without NVMe.", "Les disques sont ici des disques virtio\u00a0: nvme list ne trouve rien à parcourir, comme sur toute machine sans NVMe."],
];
