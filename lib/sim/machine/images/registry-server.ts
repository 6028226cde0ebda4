// The program of the image registry:2: the distribution API on port 5000, kept below /var/lib/registry.

import { type Blocking, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { HttpError, HttpReader, writeResponse } from "../../daemons/docker/api/http.ts";
import { type BlobStorage, Distribution } from "../../daemons/docker/registry/distribution.ts";

const ROOT = "/var/lib/registry";
const PORT = 5000;

function diskStorage(sys: Sys): BlobStorage {
  return {
    *get(path) {
      try {
        const fd = yield* sys.open(`${ROOT}/${path}`, O.RDONLY | O.CLOEXEC);
        const parts: Uint8Array[] = [];
        for (;;) {
          const bytes = yield* sys.read(fd, 262_144);
          if (bytes.length === 0) break;
          parts.push(bytes);
        }
        sys.close(fd);
        const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
        let at = 0;
        for (const part of parts) {
          whole.set(part, at);
          at += part.length;
        }
        return whole;
      } catch (error) {
        if (error instanceof SysError) return undefined;
        throw error;
      }
    },
    *put(path, bytes) {
      let at = ROOT;
      for (const part of path.split("/").slice(0, -1)) {
        at += `/${part}`;
        try {
          sys.mkdir(at, 0o755);
        } catch (error) {
          if (!(error instanceof SysError && error.errno === "EEXIST")) throw error;
        }
      }
      const fd = yield* sys.open(`${ROOT}/${path}`, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
      yield* sys.write(fd, bytes);
      sys.close(fd);
    },
    *remove(path) {
      try {
        sys.unlink(`${ROOT}/${path}`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    },
    *list(path) {
      try {
        return sys.readdir(`${ROOT}/${path}`).filter((entry) => entry.type === S.IFDIR).map((entry) => entry.name).sort();
      } catch (error) {
        if (error instanceof SysError) return [];
        throw error;
      }
    },
  };
}

function* serve(sys: Sys, fd: number): Blocking<number> {
  const reader = new HttpReader(sys, fd);
  try {
    for (;;) {
      const request = yield* reader.request();
      if (!request) break;
      const made = yield* new Distribution(diskStorage(sys)).handle(request);
      yield* writeResponse(sys, fd, made.status, made.body, made.type, made.headers);
      if (request.headers.get("connection")?.toLowerCase() === "close") break;
    }
  } catch (error) {
    if (!(error instanceof SysError || error instanceof HttpError)) throw error;
  }
  sys.close(fd);
  return 0;
}

export function* registryServer(sys: Sys): Blocking<number> {
  const listener = sys.socket("inet6", "stream");
  sys.setsockopt(listener, "reuseaddr", 1);
  try {
    sys.bind(listener, { family: "inet6", address: "::", port: PORT });
    sys.listen(listener, 128);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* sys.write(2, encode(`level=fatal msg="listen tcp :${PORT}: bind: ${error.message.toLowerCase()}"\n`));
    return 1;
  }
  yield* sys.write(2, encode(`level=info msg="listening on [::]:${PORT}" go.version=go1.20.8 instance.id=${[...sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("")} service=registry version=2.8.3\n`));
  for (;;) {
    const { fd } = yield* sys.accept(listener);
    sys.fork((thread) => serve(thread, fd), { thread: true });
  }
}
