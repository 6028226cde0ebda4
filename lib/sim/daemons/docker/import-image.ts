// docker import: an archive of a root file system becomes an image of one layer.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { sha256Hex } from "../sha256.ts";
import { BadReference, parseReference, withDefaultTag } from "./api/reference.ts";
import { readTar } from "./api/tar.ts";
import { type Engine, EngineError } from "./engine.ts";
import { emptyConfig } from "./host-config.ts";
import type { ContainerConfig } from "./image-store.ts";

export interface ImportWish {
  /** "" leaves it nameless */
  readonly repository: string;
  readonly message: string;
  readonly config: Partial<ContainerConfig>;
}

/** Returns the image's id. Errors: EngineError, TarDamaged. */
export function* importImage(engine: Engine, sys: Sys, archive: Uint8Array, wish: ImportWish): Blocking<string> {
  let reference: ReturnType<typeof parseReference> | undefined;
  try {
    reference = wish.repository === "" ? undefined : withDefaultTag(parseReference(wish.repository));
  } catch (error) {
    if (error instanceof BadReference) throw new EngineError(400, error.message);
    throw error;
  }
  const entries = readTar(archive);
  const diffId = `sha256:${sha256Hex(archive)}`;
  yield* engine.images.addLayer(sys, [], diffId, entries.reduce((sum, entry) => sum + entry.sizeBytes, 0), entries);
  const created = engine.now(sys);
  const config = { ...emptyConfig(), Env: null, ...wish.config };
  const json = JSON.stringify({
    architecture: "amd64", comment: wish.message === "" ? "Imported from -" : wish.message, config, created, docker_version: "20.10.24+dfsg1",
    history: [{ created, created_by: "", comment: wish.message === "" ? "Imported from -" : wish.message }], os: "linux", rootfs: { type: "layers", diff_ids: [diffId] },
  });
  const image = yield* engine.images.addImage(sys, json, "");
  if (reference) yield* engine.images.tag(sys, reference, image.id);
  yield* engine.emit(sys, "image", "import", image.id, [["name", image.id]]);
  return image.id;
}
