// docker trust and docker manifest, as far as their help: what lies behind needs a notary, or an experimental client.
import { atLeast, cobra, type CobraNode, group } from "../../kit/cobra.ts";
import type { DockerEnv } from "../_docker-env.ts";

const unsimulated = (path: string, use: string, short: string): CobraNode<DockerEnv> => cobra({
  use, short, args: atLeast(0), flags: {},
  *run(_input, env: DockerEnv) {
    env.sys.observe({ kind: "unsimulated", command: `docker ${path} ${use.split(" ")[0] ?? ""}`, detail: "" });
    yield* env.io.err(`docker ${path} ${use.split(" ")[0] ?? ""}: this command exists in Docker 20.10 and is not simulated here\n`);
    return 1;
  },
});

export const trust = group<DockerEnv>("trust", "Manage trust on Docker images", [
  group<DockerEnv>("key", "Manage keys for signing Docker images", [unsimulated("trust key", "generate NAME", "Generate and load a signing key-pair"), unsimulated("trust key", "load [OPTIONS] KEYFILE", "Load a private key file for signing")]),
  group<DockerEnv>("signer", "Manage entities who can sign Docker images", [unsimulated("trust signer", "add OPTIONS NAME REPOSITORY [REPOSITORY...]", "Add a signer"), unsimulated("trust signer", "remove [OPTIONS] NAME REPOSITORY [REPOSITORY...]", "Remove a signer")]),
  unsimulated("trust", "inspect IMAGE[:TAG] [IMAGE[:TAG]...]", "Return low-level information about keys and signatures"), unsimulated("trust", "revoke [OPTIONS] IMAGE[:TAG]", "Remove trust for an image"), unsimulated("trust", "sign IMAGE:TAG", "Sign an image"),
]);

export const manifest = group<DockerEnv>("manifest", "Manage Docker image manifests and manifest lists", [
  unsimulated("manifest", "annotate [OPTIONS] MANIFEST_LIST MANIFEST", "Add additional information to a local image manifest"), unsimulated("manifest", "create MANIFEST_LIST MANIFEST [MANIFEST...]", "Create a local manifest list for annotating and pushing to a registry"),
  unsimulated("manifest", "inspect [OPTIONS] [MANIFEST_LIST] MANIFEST", "Display an image manifest, or manifest list"), unsimulated("manifest", "push [OPTIONS] MANIFEST_LIST", "Push a manifest list to a repository"), unsimulated("manifest", "rm MANIFEST_LIST [MANIFEST_LIST...]", "Delete one or more manifest lists from local storage"),
]);
