// _digests: hashes and crc32 of the machine's own tools, for hashlib, zlib and binascii.

import { Md5 } from "../../kit/digest/md5.ts";
import { Sha1 } from "../../kit/digest/sha1.ts";
import { Sha256 } from "../../kit/digest/sha256.ts";
import { Sha512 } from "../../kit/digest/sha512.ts";
import { declareFunctions } from "../objects/declare.ts";
import { typeError, valueError } from "../objects/exception.ts";
import { PyBytes, typeOf, type Value } from "../objects/value.ts";
import { registerModule } from "./registry.ts";

const MAKERS = new Map<string, () => { update(bytes: Uint8Array): void; digest(): Uint8Array }>([
  ["md5", () => new Md5()], ["sha1", () => new Sha1()], ["sha224", () => new Sha256(224)], ["sha256", () => new Sha256()], ["sha384", () => new Sha512(384)], ["sha512", () => new Sha512()],
]);

const functions = declareFunctions({
  "digest(name, data, /)": (vm, name: string, data: Value) => {
    if (!(data instanceof PyBytes)) throw typeError(typeof data === "string" ? "Strings must be encoded before hashing" : `object supporting the buffer API required, not ${typeOf(data).name}`);
    const make = MAKERS.get(name);
    if (!make) throw valueError(`unsupported hash type ${name}`);
    vm.spend(data.bytes.length >> 3);
    const hasher = make();
    hasher.update(data.bytes);
    return new PyBytes(hasher.digest());
  },
});

registerModule("_digests", { names: () => new Map<string, Value>(functions) });
