import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dataStore, runsServer, soundsLikeStore, withoutSlash } from "../../reading/dataStore";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { dockerImages, pulledImages } from "../../reading/dockerImage";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { isSet, items, peek, text, Unknown } from "../../value";

export default rule({
  id: "docker-storage-named-volume",
  title: "A database in Docker keeps its data in a named volume.",
  severity: "high",
  why: "What lies in the container, or in a volume without a name, is lost as soon as the container is made anew: with the next image.",
  fix: "Make a `docker.Volume` and mount it, by `volumeName`, where the image keeps its data.",
  links: [
    "https://docs.docker.com/engine/storage/volumes/",
    "https://github.com/docker-library/docs/blob/master/postgres/README.md#pgdata",
    "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  ],
  checklists: ["textai-studio", "lexia"],

  on: [dockerContainers, dockerServices],
  sees: [pulledImages],
  config: z.strictObject({
    allowHostDirectories: z
      .boolean()
      .default(false)
      .describe("Whether a directory of the host will do in place of a named volume."),
  }),

  check(_, { resource, stack, config: { allowHostDirectories } }) {
    const stores = dockerImages(resource, stack, soundsLikeStore).flatMap((image) => dataStore(image) ?? []);
    const [store] = stores;
    if (!store || !runsServer(wordsOf(resource))) return notApplicable("runs no database");
    const moved = (store.variable && variable(resource, store.variable)) || undefined;
    const hidden = store.variable && moved === undefined ? unknownVariable(resource) : undefined;
    const holdsData = (target: string) => {
      if (target === wherever) return true;
      const path = withoutSlash(target);
      return moved === undefined ? store.paths.includes(path) : isWithin(moved, path);
    };

    let open: Unknown | undefined;
    const found = new Set<Mount["kind"]>();
    for (const mount of mountsOf(resource)) {
      if (mount instanceof Unknown) open ??= mount;
      else if (mount.target instanceof Unknown) open ??= mount.target;
      else if (holdsData(mount.target)) found.add(mount.kind);
      // A variable that is not known may move the data there.
      else if (mount.kind === "named") open ??= hidden;
    }
    if (found.has("named") || (allowHostDirectories && found.has("host"))) return;
    if (open) throw open;
    const path = moved ?? store.paths.at(-1);
    if (found.has("host"))
      return `keeps its data (${path}) in a directory of the host, not in a named volume`;
    if (found.has("memory")) return `keeps its data (${path}) in memory`;
    if (found.has("unnamed")) return `keeps its data (${path}) in a volume without a name`;
    return `mounts nothing at ${path}, where its data lies`;
  },

  examples: {
    good: [
      {
        title: "A named volume where PostgreSQL keeps its data",
        resources: [
          { type: "docker:index/volume:Volume", name: "data", props: {} },
          container("db", {
            image: "postgres:17",
            volumes: [{ volumeName: ref("data", "name"), containerPath: "/var/lib/postgresql/data" }],
          }),
        ],
      },
      {
        title: "PostgreSQL 18 keeps it one directory higher",
        resources: [
          container("db", {
            image: "postgres:18-alpine",
            volumes: [{ volumeName: "data", containerPath: "/var/lib/postgresql" }],
          }),
        ],
      },
      {
        title: "As a mount, in a service, of a pulled image, moved by PGDATA",
        resources: [
          container("mongo", {
            image: "mongo:8",
            mounts: [{ type: "volume", source: "data", target: "/data/db/" }],
          }),
          service("redis", {
            containerSpec: {
              image: "redis:7.2",
              mounts: [{ type: "volume", source: "data", target: "/data" }],
            },
          }),
          { type: pulledImages, name: "image", props: { name: "postgres:17" } },
          container("db", {
            image: ref("image", "imageId"),
            envs: ["PGDATA=/pg/data"],
            volumes: [{ volumeName: "data", containerPath: "/pg" }],
          }),
        ],
      },
      {
        title: "All volumes of another container, which is judged there",
        resources: [container("db", { image: "postgres:17", volumes: [{ fromContainer: "data" }] })],
      },
      {
        title: "Another image, and a client of a database",
        resources: [
          container("web", { image: "nginx:1.29" }),
          container("dump", { image: "postgres:17", command: ["pg_dump", "-h", "db", "app"] }),
        ],
      },
      {
        title: "A directory of the host, where that will do",
        config: { allowHostDirectories: true },
        resources: [
          container("db", {
            image: "mysql:8.4",
            volumes: [{ hostPath: "/srv/mysql", containerPath: "/var/lib/mysql" }],
          }),
        ],
      },
    ],
    bad: [
      { title: "Nothing mounted", resources: [container("db", { image: "postgres:17" })] },
      {
        title: "A directory of the host",
        resources: [
          container("db", {
            image: "mysql:8.4",
            volumes: [{ hostPath: "/srv/mysql", containerPath: "/var/lib/mysql" }],
          }),
          container("cache", {
            image: "redis:7.2",
            volumes: [{ volumeName: "/srv/redis", containerPath: "/data" }],
          }),
        ],
      },
      {
        title: "A volume without a name, and memory",
        resources: [
          container("cache", { image: "redis:7.2", volumes: [{ containerPath: "/data" }] }),
          container("mongo", { image: "mongo:8", mounts: [{ type: "tmpfs", target: "/data/db" }] }),
        ],
      },
      {
        title: "The path of another version: PostgreSQL 18 keeps nothing there",
        resources: [
          container("db", {
            image: "postgres:18",
            volumes: [{ volumeName: "data", containerPath: "/var/lib/postgresql/data" }],
          }),
        ],
      },
      {
        title: "The directory above: the image has a volume of its own below it",
        resources: [
          container("db", {
            image: "postgres:16",
            volumes: [{ volumeName: "data", containerPath: "/var/lib/postgresql" }],
          }),
        ],
      },
      {
        title: "Data moved away from the volume by PGDATA",
        resources: [
          container("db", {
            image: "postgres:17",
            envs: ["PGDATA=/pg/data"],
            volumes: [{ volumeName: "data", containerPath: "/var/lib/postgresql/data" }],
          }),
        ],
      },
      { title: "A service", resources: [service("db", { containerSpec: { image: "mariadb:11" } })] },
    ],
    undetermined: [
      {
        title: "A variable that is not known yet may move the data into the volume",
        resources: [
          container("db", {
            image: "postgres:17",
            envs: [ref("elsewhere", "variable")],
            volumes: [{ volumeName: "data", containerPath: "/data" }],
          }),
        ],
      },
      {
        title: "A path from outside the stack",
        resources: [
          container("db", {
            image: "postgres:17",
            volumes: [{ volumeName: "data", containerPath: ref("elsewhere", "path") }],
          }),
        ],
      },
      {
        title: "An image that is not known yet, of a container called after a database",
        resources: [container("postgres", { image: ref("elsewhere", "image") })],
      },
    ],
  },
});

/** All volumes of another container, where that one has them. */
const wherever = "*";

interface Mount {
  target: string | Unknown;
  kind: "named" | "host" | "memory" | "unnamed";
}

type Runner = Resource<typeof dockerContainers | typeof dockerServices>;

function* mountsOf(resource: Runner): Iterable<Mount | Unknown> {
  const isService = resource.type === dockerServices;
  const mounts = isService ? taskOf(resource.props).containerSpec?.mounts : resource.props.mounts;
  for (const mount of items<{ type?: string; source?: string; target?: string }>(mounts)) {
    if (mount instanceof Unknown) yield mount;
    else if (typeof mount === "object" && mount !== null) {
      const target = peek(mount, "target");
      const named = isSet(mount, "source") ? "named" : "unnamed";
      const kind = mount.type === "bind" ? "host" : mount.type === "tmpfs" ? "memory" : named;
      yield { target: target instanceof Unknown ? target : (text(target) ?? ""), kind };
    }
  }
  for (const volume of isService ? [] : items(resource.props.volumes)) {
    if (volume instanceof Unknown) yield volume;
    else if (typeof volume === "object" && volume !== null) {
      const target = peek(volume, "containerPath");
      if (isSet(volume, "fromContainer") && !isSet(volume, "containerPath")) {
        yield { target: wherever, kind: "named" };
        continue;
      }
      // `hostPath` goes before `volumeName`; what another container mounts is judged there.
      const named = isSet(volume, "volumeName") || isSet(volume, "fromContainer") ? "named" : "unnamed";
      // Docker takes a name with a slash at its head for a directory of the host.
      const isPath = text(peek(volume, "volumeName"))?.startsWith("/") === true;
      const kind = isSet(volume, "hostPath") || isPath ? "host" : named;
      yield { target: target instanceof Unknown ? target : (text(target) ?? ""), kind };
    }
  }
}

function wordsOf(resource: Runner): unknown[] {
  if (resource.type === dockerServices) {
    const spec = taskOf(resource.props).containerSpec;
    return [...items(spec?.commands), ...items(spec?.args)];
  }
  return [...items(resource.props.entrypoints), ...items(resource.props.command)];
}

function variable(resource: Runner, name: string): string | undefined {
  if (resource.type === dockerServices) return text(taskOf(resource.props).containerSpec?.env?.[name]);
  const written = items(resource.props.envs).find((env) => text(env)?.startsWith(`${name}=`));
  return text(written)?.slice(name.length + 1);
}

function unknownVariable(resource: Runner): Unknown | undefined {
  if (resource.type === dockerServices) return;
  return items(resource.props.envs).find((env) => env instanceof Unknown);
}

const isWithin = (path: string, directory: string) => path === directory || path.startsWith(`${directory}/`);
