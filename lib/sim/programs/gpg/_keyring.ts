// The keys that gpg knows: the keybox, who has a secret key, the trust in them and what follows for user IDs.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { certifies, type KeyBlock, keyExpiry, keyRevocation, keyUsage, primaryUser, selfSignature, subkeyExpiry, subkeyRevocation, subkeyUsage, type UserId, userRevocation, userText } from "../kit/openpgp/key-block.ts";
import { BadPacket } from "../kit/openpgp/packet.ts";
import { fingerprintText, keygrip, keyIdText, type PublicKeyPacket } from "../kit/openpgp/public-key.ts";
import { createdSeconds, issuerId, SIGNATURE } from "../kit/openpgp/signature.ts";
import { exists } from "../kit/presence.ts";
import { type Context, GpgFailure, readBytes } from "./_context.ts";
import { emptyKeybox, keyboxBytes, parseKeybox } from "./_keybox.ts";
import { newTrustDatabase, parseTrustDatabase, TRUST, type TrustDatabase, trustDatabaseBytes } from "./_trust-database.ts";

/** How a user gave a key: a fingerprint, a key id, an address, a part of the user ID (gpg(1), HOW TO SPECIFY A USER ID). */
function keyMatcher(wanted: string): (block: KeyBlock) => boolean {
  const compact = wanted.replace(/\s+/g, "").replace(/^0x/i, "").replace(/!$/, "").toUpperCase();
  const keysOf = (block: KeyBlock): readonly PublicKeyPacket[] => [block.key, ...block.subkeys.map(({ key }) => key)];
  if (/^[0-9A-F]{40}$/.test(compact)) return (block) => keysOf(block).some((key) => fingerprintText(key) === compact);
  if (/^([0-9A-F]{8}|[0-9A-F]{16})$/.test(compact)) return (block) => keysOf(block).some((key) => keyIdText(key).endsWith(compact));
  const users = (block: KeyBlock): readonly string[] => block.users.map(userText);
  if (wanted.startsWith("=")) return (block) => users(block).includes(wanted.slice(1));
  const lower = wanted.toLowerCase();
  if (wanted.startsWith("<")) return (block) => users(block).some((user) => user.toLowerCase().includes(lower));
  const part = lower.replace(/^[@*]/, (first) => (first === "@" ? "@" : ""));
  return (block) => users(block).some((user) => user.toLowerCase().includes(part));
}

export class Keyring {
  readonly #context: Context;
  blocks: KeyBlock[] = [];
  trust: TrustDatabase;
  /** as the last check left them: fingerprint -> user ID -> validity */
  #validities: Map<string, Map<string, number>> | undefined;

  private constructor(context: Context, trust: TrustDatabase) {
    this.#context = context;
    this.trust = trust;
  }

  /** Makes what is missing in the home directory. */
  static *open(context: Context): Blocking<Keyring> {
    yield* context.prepareHome();
    const keyring = new Keyring(context, newTrustDatabase(context.nowSeconds));
    yield* keyring.#load();
    return keyring;
  }

  get keyboxPath(): string {
    const given = this.#context.settings.all("keyring").at(-1);
    if (given !== undefined && this.#context.settings.has("no-default-keyring")) return given.includes("/") ? given : this.#context.path(given);
    return this.#context.path("pubring.kbx");
  }

  *#load(): Blocking<void> {
    const context = this.#context;
    const files = [this.keyboxPath, ...context.settings.all("keyring").map((name) => (name.includes("/") ? name : context.path(name)))].filter((path, i, all) => all.indexOf(path) === i);
    for (const [index, path] of files.entries()) {
      if (!exists(context.sys, path)) {
        if (index > 0) continue;
        yield* context.replace(path, emptyKeybox(context.nowSeconds), 0o600);
        yield* context.log(`keybox '${path}' created`);
        continue;
      }
      try {
        this.blocks.push(...parseKeybox(yield* readBytes(context.sys, path)));
      } catch (error) {
        if (error instanceof SysError) throw new GpgFailure(`gpg: keyblock resource '${path}': ${error.message}\n`);
        if (!(error instanceof BadPacket)) throw error;
        yield* context.log(`keyblock resource '${path}': Invalid keyring`);
      }
    }
    const path = context.path("trustdb.gpg");
    if (exists(context.sys, path)) this.trust = parseTrustDatabase(yield* readBytes(context.sys, path)) ?? this.trust;
  }

  /** The trust database, made at the first command that looks into it. */
  *ensureTrust(): Blocking<void> {
    const path = this.#context.path("trustdb.gpg");
    if (exists(this.#context.sys, path) || this.#context.settings.get("trust-model") === "always") return;
    yield* this.#context.replace(path, trustDatabaseBytes(this.trust, new Map()), 0o600);
    yield* this.#context.log(`${path}: trustdb created`);
  }

  find(wanted: string): KeyBlock | undefined {
    return this.blocks.find(keyMatcher(wanted));
  }

  all(wanted: string): readonly KeyBlock[] {
    return this.blocks.filter(keyMatcher(wanted));
  }

  byKeyId(id: string): { readonly block: KeyBlock; readonly key: PublicKeyPacket } | undefined {
    for (const block of this.blocks) {
      const key = [block.key, ...block.subkeys.map((subkey) => subkey.key)].find((one) => keyIdText(one) === id || fingerprintText(one) === id);
      if (key !== undefined) return { block, key };
    }
    return undefined;
  }

  hasSecret(key: PublicKeyPacket): boolean {
    return exists(this.#context.sys, this.#context.path(`private-keys-v1.d/${keygrip(key)}.key`));
  }

  /** Of the whole block: any of its keys. */
  isSecret(block: KeyBlock): boolean {
    return this.hasSecret(block.key) || block.subkeys.some(({ key }) => this.hasSecret(key));
  }

  expired(block: KeyBlock): boolean {
    const until = keyExpiry(block);
    return until !== undefined && until <= this.#context.nowSeconds;
  }

  usable(block: KeyBlock): boolean {
    return keyRevocation(block) === undefined && !this.expired(block);
  }

  /** The key that signs, or that others encrypt to: the newest subkey that may, else the primary key. */
  keyFor(block: KeyBlock, letter: "S" | "E"): PublicKeyPacket | undefined {
    if (!this.usable(block)) return undefined;
    const now = this.#context.nowSeconds;
    const subkeys = block.subkeys.filter((subkey) => {
      const until = subkeyExpiry(block, subkey);
      return subkeyUsage(block, subkey).includes(letter) && subkeyRevocation(block, subkey) === undefined && (until === undefined || until > now) && (letter === "E" || this.hasSecret(subkey.key));
    });
    const newest = subkeys.reduce<PublicKeyPacket | undefined>((best, { key }) => (best === undefined || key.createdSeconds >= best.createdSeconds ? key : best), undefined);
    return newest ?? (keyUsage(block).includes(letter) ? block.key : undefined);
  }

  *save(): Blocking<void> {
    const context = this.#context;
    const path = this.keyboxPath;
    if (exists(context.sys, path)) yield* context.replace(`${path}~`, yield* readBytes(context.sys, path), 0o600);
    const mode = exists(context.sys, path) ? context.sys.stat(path).mode & 0o777 : 0o600;
    // gpg makes it anew with the ordinary mode when it writes the first key
    yield* context.replace(path, keyboxBytes(this.blocks, context.nowSeconds), this.blocks.length > 0 ? 0o644 : mode);
  }

  put(block: KeyBlock): void {
    const fingerprint = fingerprintText(block.key);
    const at = this.blocks.findIndex((one) => fingerprintText(one.key) === fingerprint);
    if (at < 0) this.blocks.push(block);
    else this.blocks[at] = block;
  }

  remove(block: KeyBlock): void {
    const fingerprint = fingerprintText(block.key);
    this.blocks = this.blocks.filter((one) => fingerprintText(one.key) !== fingerprint);
  }

  ownerTrust(block: KeyBlock): number {
    return this.trust.owner.get(fingerprintText(block.key)) ?? TRUST.UNKNOWN;
  }

  /** The validities stay as they are until the next check. */
  *setOwnerTrust(block: KeyBlock, value: number): Blocking<void> {
    this.#known();
    this.trust.owner.set(fingerprintText(block.key), value);
    yield* this.trustIsStale();
  }

  *forgetTrust(block: KeyBlock): Blocking<void> {
    if (!this.trust.owner.delete(fingerprintText(block.key))) return;
    yield* this.trustIsStale();
  }

  /** The next command that needs validities makes them anew, and says so. */
  *trustIsStale(): Blocking<void> {
    yield* this.ensureTrust();
    this.trust.nextCheckSeconds = 1;
    yield* this.#writeTrust();
  }

  *#writeTrust(): Blocking<void> {
    const validities = new Map([...this.#compute().validities].map(([fingerprint, users]) => [fingerprint, [...users].map(([user, validity]) => ({ nameHash: digestOf("rmd160", user.bytes), validity }))]));
    yield* this.#context.replace("trustdb.gpg", trustDatabaseBytes(this.trust, validities), 0o600);
  }

  /** What a check of the trust database says, when one is due or `forced`. */
  *checkTrust(forced = false): Blocking<void> {
    yield* this.ensureTrust();
    const due = this.trust.nextCheckSeconds;
    const stale = due !== 0 && due <= this.#context.nowSeconds;
    if (!stale && !forced) return;
    if (stale && !forced) yield* this.#context.note("checking the trustdb");
    const { validities, depthLines } = this.#compute();
    this.#validities = undefined;
    const ultimate = [...this.trust.owner.values()].includes(TRUST.ULTIMATE);
    if (!ultimate) yield* this.#context.note("no ultimately trusted keys found");
    else {
      yield* this.#context.note("marginals needed: 3  completes needed: 1  trust model: pgp");
      for (const line of depthLines) yield* this.#context.note(line);
    }
    const ends = [...validities.keys()].flatMap((fingerprint) => {
      const block = this.byKeyId(fingerprint)?.block;
      const until = block === undefined ? undefined : keyExpiry(block);
      return until === undefined || until <= this.#context.nowSeconds ? [] : [until];
    });
    const next = ends.length === 0 || !ultimate ? 0 : Math.min(...ends);
    if (next > 0) yield* this.#context.note(`next trustdb check due at ${this.#context.date(next)}`);
    this.trust.nextCheckSeconds = next;
    yield* this.#writeTrust();
  }

  /** Fingerprint -> validity of each user ID, by the web of trust: signatures of valid keys whose owners are trusted. */
  #compute(): { readonly validities: Map<string, Map<UserId, number>>; readonly depthLines: readonly string[] } {
    const result = new Map<string, Map<UserId, number>>();
    const depthLines: string[] = [];
    let layer: KeyBlock[] = [];
    for (const block of this.blocks) {
      if (this.ownerTrust(block) !== TRUST.ULTIMATE) continue;
      layer.push(block);
      result.set(fingerprintText(block.key), new Map(block.users.map((user) => [user, TRUST.ULTIMATE])));
    }
    const signers = new Map<string, KeyBlock>();
    for (let depth = 0; depth < 5 && layer.length > 0; depth++) {
      for (const block of layer) if (this.usable(block)) signers.set(keyIdText(block.key), block);
      const next: KeyBlock[] = [];
      const signedByLayer = new Set<KeyBlock>();
      for (const block of this.blocks) {
        if (result.has(fingerprintText(block.key))) continue;
        const users = new Map<UserId, number>();
        for (const user of block.users) {
          if (selfSignature(block, user) === undefined) continue;
          let [full, marginal] = [0, 0];
          for (const [id, signer] of signers) {
            if (!this.#signs(signer, id, block, user)) continue;
            if (layer.includes(signer)) signedByLayer.add(block);
            const trust = this.ownerTrust(signer);
            if (trust >= TRUST.FULL) full++;
            else if (trust === TRUST.MARGINAL) marginal++;
          }
          users.set(user, full >= 1 || marginal >= 3 ? TRUST.FULL : marginal > 0 ? TRUST.MARGINAL : TRUST.UNKNOWN);
        }
        if (![...users.values()].includes(TRUST.FULL)) continue;
        result.set(fingerprintText(block.key), users);
        next.push(block);
      }
      const count = (value: number): number => layer.filter((block) => this.ownerTrust(block) === value).length;
      depthLines.push(`depth: ${depth}  valid: ${String(layer.length).padStart(3)}  signed: ${String(signedByLayer.size).padStart(3)}  trust: ${count(TRUST.UNKNOWN)}-, ${count(TRUST.UNDEFINED)}q, ${count(TRUST.NEVER)}n, ${count(TRUST.MARGINAL)}m, ${count(TRUST.FULL)}f, ${count(TRUST.ULTIMATE)}u`);
      layer = next;
    }
    // what is only marginally known does not sign further keys
    for (const block of this.blocks) {
      if (result.has(fingerprintText(block.key))) continue;
      const users = new Map<UserId, number>();
      for (const user of block.users) {
        const marginal = [...signers].some(([id, signer]) => this.ownerTrust(signer) === TRUST.MARGINAL && this.#signs(signer, id, block, user));
        if (marginal) users.set(user, TRUST.MARGINAL);
      }
      if (users.size > 0) result.set(fingerprintText(block.key), users);
    }
    return { validities: result, depthLines };
  }

  #known(): Map<string, Map<string, number>> {
    this.#validities ??= new Map([...this.#compute().validities].map(([fingerprint, users]) => [fingerprint, new Map([...users].map(([user, value]) => [userText(user), value]))]));
    return this.#validities;
  }

  #signs(signer: KeyBlock, id: string, block: KeyBlock, user: UserId): boolean {
    const mine = user.signatures.filter((one) => issuerId(one) === id && certifies(one, block, user, signer.key));
    const last = mine.reduce<(typeof mine)[number] | undefined>((best, one) => (best === undefined || createdSeconds(one) >= createdSeconds(best) ? one : best), undefined);
    return last !== undefined && last.type !== SIGNATURE.REVOKE_USER;
  }

  /** A value of TRUST. */
  validityOf(block: KeyBlock, user: UserId): number {
    if (this.#context.settings.get("trust-model") === "always" || this.#context.settings.has("always-trust")) return TRUST.FULL;
    return this.#known().get(fingerprintText(block.key))?.get(userText(user)) ?? TRUST.UNKNOWN;
  }

  /** The best of its user IDs. */
  validity(block: KeyBlock): number {
    return Math.max(TRUST.UNKNOWN, ...block.users.map((user) => this.validityOf(block, user)));
  }

  /** "ultimate", " expired"… as lists show it for one user ID. */
  validityWord(block: KeyBlock, user: UserId): string {
    if (keyRevocation(block) !== undefined || userRevocation(block, user) !== undefined) return " revoked";
    if (this.expired(block)) return " expired";
    if (selfSignature(block, user) === undefined) return "  undef ";
    return [" unknown", " expired", "  undef ", "  never ", "marginal", "  full  ", "ultimate"][this.validityOf(block, user)] ?? " unknown";
  }

  /** u, f, m… of --with-colons; without a user ID, of the key. */
  validityLetter(block: KeyBlock, user?: UserId): string {
    if (keyRevocation(block) !== undefined || (user !== undefined && userRevocation(block, user) !== undefined)) return "r";
    if (this.expired(block)) return "e";
    const value = user === undefined ? this.validity(block) : this.validityOf(block, user);
    return ["-", "e", "q", "n", "m", "f", "u"][value] ?? "-";
  }

  /** Its first user ID, or a stand-in. */
  nameOf(block: KeyBlock): string {
    const user = primaryUser(block);
    return user === undefined ? "[User ID not found]" : userText(user);
  }
}

/** What --with-colons tells of a user ID. */
export function userHash(user: UserId): string {
  return toHex(digestOf("rmd160", user.bytes)).toUpperCase();
}
