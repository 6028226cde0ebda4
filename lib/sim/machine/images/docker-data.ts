// /var/lib/docker as the daemon keeps it, for hosts whose images are there from the start: repositories.json, imagedb, layerdb, overlay2.

import type { RootFile } from "../rootfs/frozen-root.ts";
import { type BuiltImage, buildImage } from "./image-recipe.ts";
import { hubImages } from "./hub.ts";

const docker = "/var/lib/docker";

/** "python:3" → the image of the Hub that bears that tag. */
function hubImage(name: string): BuiltImage | undefined {
  const colon = name.lastIndexOf(":");
  const path = `library/${colon < 0 ? name : name.slice(0, colon)}`;
  const tag = colon < 0 ? "latest" : name.slice(colon + 1);
  const recipe = hubImages.find((image) => image.path === path && image.tags.includes(tag));
  return recipe && buildImage(recipe);
}

const shortLink = (cacheId: string) => cacheId.slice(0, 26).toUpperCase();

/** Files below /var/lib/docker for those images, as after `docker load` (no repository digests). */
export function dockerDataFiles(names: readonly string[]): readonly RootFile[] {
  const files: RootFile[] = [
    { path: docker, directory: true, mode: 0o710 },
    ...["buildkit", "containers", "image/overlay2/distribution", "image/overlay2/imagedb/content/sha256", "image/overlay2/imagedb/metadata/sha256", "image/overlay2/layerdb/sha256", "network/files", "overlay2/l", "plugins", "runtimes", "swarm", "tmp", "trust", "volumes"].map((path): RootFile => ({ path: `${docker}/${path}`, directory: true, mode: 0o710 })),
  ];
  const repositories = new Map<string, Record<string, string>>();
  const layers = new Set<string>();
  for (const name of names) {
    const image = hubImage(name);
    if (!image) throw new Error(`no image of the simulated Hub is called ${name}`);
    const repository = name.slice(0, name.lastIndexOf(":"));
    repositories.set(repository, { ...repositories.get(repository), [name]: image.id });
    const hex = image.id.slice("sha256:".length);
    files.push({ path: `${docker}/image/overlay2/imagedb/content/sha256/${hex}`, text: image.configJson, mode: 0o600 });
    for (const [place, layer] of image.layers.entries()) {
      if (layers.has(layer.chainId)) continue;
      layers.add(layer.chainId);
      const db = `${docker}/image/overlay2/layerdb/sha256/${layer.chainId.slice("sha256:".length)}`;
      const lower = image.layers.slice(0, place).reverse();
      files.push(
        { path: `${db}/cache-id`, text: layer.cacheId },
        { path: `${db}/diff`, text: layer.diffId },
        { path: `${db}/size`, text: String(layer.sizeBytes) },
        ...(place > 0 ? [{ path: `${db}/parent`, text: image.layers[place - 1]?.chainId ?? "" }] : []),
        { path: `${docker}/overlay2/${layer.cacheId}/link`, text: shortLink(layer.cacheId) },
        { path: `${docker}/overlay2/l/${shortLink(layer.cacheId)}`, symlink: `../${layer.cacheId}/diff` },
        ...(place > 0 ? [{ path: `${docker}/overlay2/${layer.cacheId}/lower`, text: lower.map((one) => `l/${shortLink(one.cacheId)}`).join(":") }, { path: `${docker}/overlay2/${layer.cacheId}/work`, directory: true as const }] : []),
        { path: `${docker}/overlay2/${layer.cacheId}/diff`, directory: true },
        ...layer.files().map((file) => ({ ...file, path: `${docker}/overlay2/${layer.cacheId}/diff${file.path}`, ...(file.executable && { executable: file.executable }) })),
      );
    }
  }
  files.push({ path: `${docker}/image/overlay2/repositories.json`, text: JSON.stringify({ Repositories: Object.fromEntries(repositories) }), mode: 0o600 });
  return files;
}
