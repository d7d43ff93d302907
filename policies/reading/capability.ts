/** A Linux capability in one way of writing it: `cap_net_admin` is `NET_ADMIN`. */
export const capability = (name: unknown): string =>
  String(typeof name === "string" ? name : "")
    .toUpperCase()
    .replace(/^CAP_/, "");

/** What the baseline of the Pod Security Standards lets a container add: what container runtimes give by default. */
export const harmless = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];
