// libvirt's error classes with the words that begin their messages (src/util/virerror.c).
const prefixes = {
  "operation-invalid": "Requested operation is not valid: ", "operation-failed": "operation failed: ", xml: "XML error: ", internal: "internal error: ", argument: "invalid argument: ", unsupported: "unsupported configuration: ",
  "argument-unsupported": "argument unsupported: ", "no-domain": "Domain not found: ", "no-network": "Network not found: ", "no-pool": "Storage pool not found: ", "no-volume": "Storage volume not found: ", "no-snapshot": "Domain snapshot not found: ",
  "no-secret": "Secret not found: ", "no-nwfilter": "Network filter not found: ", agent: "Guest agent is not responding: ", system: "", plain: "", metadata: "metadata not found: ", "no-device": "device not found: ",
} as const;

export class VirError extends Error {
  constructor(kind: keyof typeof prefixes, message: string) {
    super(prefixes[kind] + message);
  }
}
