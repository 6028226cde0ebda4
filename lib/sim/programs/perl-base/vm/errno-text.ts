// $! as text and the names of Errno(3perl).

import { type Errno, errnoNumber, strerror } from "../../../kernel/sys.ts";

const ERRNOS: readonly Errno[] = [
  "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENXIO", "E2BIG", "ENOEXEC", "EBADF", "ECHILD", "EAGAIN", "ENOMEM", "EACCES", "EFAULT", "EBUSY", "EEXIST", "EXDEV", "ENODEV", "ENOTDIR", "EISDIR", "EINVAL", "ENFILE", "EMFILE", "ENOTTY",
  "ETXTBSY", "EFBIG", "ENOSPC", "ESPIPE", "EROFS", "EMLINK", "EPIPE", "EDOM", "ERANGE", "EDEADLK", "ENAMETOOLONG", "ENOSYS", "ENOTEMPTY", "ELOOP", "ENOTSOCK", "EADDRINUSE", "EADDRNOTAVAIL", "ENETUNREACH", "ECONNABORTED", "ECONNRESET", "EISCONN", "ENOTCONN", "ETIMEDOUT", "ECONNREFUSED", "EHOSTUNREACH", "EALREADY", "EINPROGRESS",
];
const texts = new Map(ERRNOS.map((errno) => [errnoNumber(errno), strerror(errno)]));

export function errnoText(number: number): string {
  return number === 0 ? "" : texts.get(number) ?? `Unknown error ${number}`;
}

export const ERRNO_NAMES: ReadonlyMap<string, number> = new Map(ERRNOS.map((errno) => [errno, errnoNumber(errno)]));
