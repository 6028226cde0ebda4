// debian-12 with what labs about containers need.
import { dockerDataFiles } from "../images/docker-data.ts";
import { preloadedImages } from "../images/hub.ts";
import type { HostDescription } from "../host-description.ts";
import debian12 from "./debian-12.ts";

const debian12Docker: HostDescription = {
  ...debian12,
  name: "debian-12-docker",
  summary: "Debian 12 with Docker",
  packages: [...debian12.packages, "docker.io", "containerd", "runc"],
  data: () => dockerDataFiles(preloadedImages),
};

export default debian12Docker;
