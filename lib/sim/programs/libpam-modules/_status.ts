// What modules and libpam return, and pam_strerror's words for it (pam(3), PAM 1.5.2).

export type PamStatus =
  | "success" | "system_err" | "perm_denied" | "auth_err" | "cred_insufficient" | "authinfo_unavail" | "user_unknown" | "maxtries" | "new_authtok_reqd" | "acct_expired"
  | "session_err" | "cred_err" | "conv_err" | "authtok_err" | "ignore" | "abort" | "authtok_expired" | "module_unknown" | "try_again";

const TEXTS: Readonly<Record<PamStatus, string>> = {
  success: "Success",
  system_err: "System error",
  perm_denied: "Permission denied",
  auth_err: "Authentication failure",
  cred_insufficient: "Insufficient credentials to access authentication data",
  authinfo_unavail: "Authentication service cannot retrieve authentication info",
  user_unknown: "User not known to the underlying authentication module",
  maxtries: "Have exhausted maximum number of retries for service",
  new_authtok_reqd: "Authentication token is no longer valid; new one required",
  acct_expired: "User account has expired",
  session_err: "Cannot make/remove an entry for the specified session",
  cred_err: "Failure setting user credentials",
  conv_err: "Conversation error",
  authtok_err: "Authentication token manipulation error",
  ignore: "The return value should be ignored by PAM dispatch",
  abort: "Critical error - immediate abort",
  authtok_expired: "Authentication token expired",
  module_unknown: "Module is unknown",
  try_again: "Failed preliminary check by password service",
};

export const pamText = (status: PamStatus): string => TEXTS[status];
