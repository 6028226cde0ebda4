// The keys that ssh-agent holds, asked for over the socket that SSH_AUTH_SOCK names: one request a line, one answer a line.
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";

export interface HeldKey {
  /** public line with its comment */
  readonly line: string;
}

export type AgentRequest =
  | { readonly op: "list" }
  /** `file`: the private key's file, without a passphrase */
  | { readonly op: "add"; readonly line: string; readonly file: string; readonly lifetimeSeconds?: number }
  /** the bytes to sign in base64 */
  | { readonly op: "sign"; readonly line: string; readonly data: string }
  | { readonly op: "remove"; readonly line: string }
  | { readonly op: "remove-all" };

export interface AgentAnswer {
  readonly ok: boolean;
  readonly keys: readonly HeldKey[];
  /** in base64 */
  readonly signature?: string;
}

export function* readLine(sys: Sys, fd: number): Blocking<string | undefined> {
  let text = "";
  for (;;) {
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) return undefined;
    text += decode(bytes);
    if (text.endsWith("\n")) return text.slice(0, -1);
  }
}

function isAnswer(value: unknown): value is AgentAnswer {
  return typeof value === "object" && value !== null && "ok" in value && "keys" in value && Array.isArray(value.keys);
}

/** Undefined when there is no agent. */
export function* askAgent(sys: Sys, request: AgentRequest): Blocking<AgentAnswer | undefined> {
  const path = sys.environment.get("SSH_AUTH_SOCK");
  if (path === undefined || path === "") return undefined;
  const fd = sys.socket("unix", "stream");
  try {
    yield* sys.connect(fd, { family: "unix", path });
    yield* sys.write(fd, encode(`${JSON.stringify(request)}\n`));
    const line = yield* readLine(sys, fd);
    const value: unknown = line === undefined ? undefined : JSON.parse(line);
    return isAnswer(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SysError || error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    sys.close(fd);
  }
}

/** Public lines of the keys that the agent holds. */
export function* agentKeys(sys: Sys): Blocking<readonly string[]> {
  return ((yield* askAgent(sys, { op: "list" }))?.keys ?? []).map((key) => key.line);
}

/** Undefined where the agent does not hold the key any more. */
export function* signByAgent(sys: Sys, line: string, data: Uint8Array): Blocking<Uint8Array | undefined> {
  const answer = yield* askAgent(sys, { op: "sign", line, data: base64Of(data) });
  return answer?.signature === undefined ? undefined : bytesOfBase64(answer.signature);
}
