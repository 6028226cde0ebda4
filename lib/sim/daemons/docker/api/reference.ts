// Names of images: [registry/]path[:tag][@digest] (the grammar of distribution's reference package), familiar and canonical forms.

export interface Reference {
  /** "docker.io", "localhost:5000" */
  readonly registry: string;
  /** "library/python", "me/app" */
  readonly path: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export class BadReference extends Error {}

const DEFAULT_REGISTRY = "docker.io";
const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const hostPattern = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?$/;

/** Without a default tag. Errors: BadReference with docker's text. */
export function parseReference(text: string): Reference {
  if (/^[a-f0-9]{64}$/.test(text)) throw new BadReference(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  let rest = text;
  let digest: string | undefined;
  const at = rest.indexOf("@");
  if (at >= 0) {
    digest = rest.slice(at + 1);
    rest = rest.slice(0, at);
    if (!/^[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,}$/.test(digest)) throw new BadReference("invalid reference format");
  }
  let registry = DEFAULT_REGISTRY;
  const slash = rest.indexOf("/");
  const first = slash < 0 ? "" : rest.slice(0, slash);
  if (slash >= 0 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase())) {
    registry = first === "index.docker.io" ? DEFAULT_REGISTRY : first;
    rest = rest.slice(slash + 1);
  }
  let tag: string | undefined;
  const colon = rest.lastIndexOf(":");
  if (colon >= 0 && !rest.slice(colon).includes("/")) {
    tag = rest.slice(colon + 1);
    rest = rest.slice(0, colon);
  }
  if (rest !== rest.toLowerCase() && rest.toLowerCase().split("/").every((part) => component.test(part)) && (tag === undefined || tagPattern.test(tag))) throw new BadReference("invalid reference format: repository name must be lowercase");
  if (rest === "" || !rest.split("/").every((part) => component.test(part)) || !hostPattern.test(registry) || (tag !== undefined && !tagPattern.test(tag))) throw new BadReference("invalid reference format");
  if (registry === DEFAULT_REGISTRY && !rest.includes("/")) rest = `library/${rest}`;
  return { registry, path: rest, tag, digest };
}

export function withDefaultTag(reference: Reference): Reference {
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: "latest" } : reference;
}

/** As people write it, without tag: "python", "localhost:5000/app". */
export function familiarName(reference: Pick<Reference, "registry" | "path">): string {
  if (reference.registry !== DEFAULT_REGISTRY) return `${reference.registry}/${reference.path}`;
  return reference.path.startsWith("library/") ? reference.path.slice("library/".length) : reference.path;
}

export function familiar(reference: Reference): string {
  return `${familiarName(reference)}${reference.tag === undefined ? "" : `:${reference.tag}`}${reference.digest === undefined ? "" : `@${reference.digest}`}`;
}
