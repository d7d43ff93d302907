import { posix } from "node:path";

const sockets = [
  "/var/run/docker.sock",
  "/run/docker.sock",
  "/var/run/containerd/containerd.sock",
  "/run/containerd/containerd.sock",
  "/var/run/crio/crio.sock",
  "/run/crio/crio.sock",
  "/var/run/podman/podman.sock",
  "/run/podman/podman.sock",
];
const rootless = /^(?:\/var)?\/run\/user\/\d+(?:\/(?:docker\.sock|podman|podman\/podman\.sock))?$/;
const pipes = /^[\\/]{2}\.[\\/]pipe[\\/](docker_engine|containerd-containerd)$/i;

/** A path of the host in one way of writing it: `/etc//` is `/etc`. */
export function hostPath(path: unknown): string | undefined {
  if (typeof path !== "string" || path === "") return undefined;
  const normal = posix.normalize(path);
  return normal.length > 1 ? normal.replace(/\/$/, "") : normal;
}

/** Whether mounting a path of the host hands over the container runtime: its socket, or a directory that holds it. */
export function handsOverRuntime(path: unknown): boolean {
  if (typeof path === "string" && pipes.test(path)) return true;
  const mounted = hostPath(path);
  if (mounted === undefined) return false;
  if (rootless.test(mounted)) return true;
  const within = mounted === "/" ? "/" : `${mounted}/`;
  return sockets.some((socket) => socket === mounted || socket.startsWith(within));
}
