import { handsOverRuntime, hostPath } from "../../policies/reading/hostPath";

test.each([
  ["/etc//", "/etc"],
  ["/var/run/../run", "/var/run"],
  ["/", "/"],
  ["", undefined],
  [5, undefined],
])("%j is %j", (written, path) => expect(hostPath(written)).toBe(path));

test.each([
  "/var/run/docker.sock",
  "/run/docker.sock",
  "/var/run/",
  "/run/containerd",
  "/run/user/1000/docker.sock",
  "/",
  "//./pipe/docker_engine",
  "\\\\.\\pipe\\docker_engine",
])("%s hands over the runtime", (path) => expect(handsOverRuntime(path)).toBe(true));

test.each(["/var/run/secrets", "/run/user/1000/bus", "/srv/docker.sock", "/var/lib/docker", "", undefined])(
  "%s does not",
  (path) => expect(handsOverRuntime(path)).toBe(false),
);
