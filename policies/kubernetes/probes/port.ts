import { z } from "zod";
import { container, deployment } from "../../examples/kubernetes";
import {
  type Container,
  type ContainerSpec,
  containers,
  containersOf,
  services,
} from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { attempt, items, peek, Unknown } from "../../value";

const kinds = { livenessProbe: "liveness", readinessProbe: "readiness", startupProbe: "startup" } as const;
type Kind = keyof typeof kinds;

const asking = (port: number | string, ports?: ContainerSpec["ports"]) =>
  deployment("api", { containers: [container("api", { livenessProbe: { tcpSocket: { port } }, ports })] });

export default rule({
  id: "kubernetes-probes-port",
  title: "Probes ask on a port that the container has.",
  severity: "medium",
  why: "A probe on a port that nothing listens on fails for ever: the pod is restarted again and again, or never ready.",
  fix: "Let the probe name one of the container's `ports`.",
  links: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
  ],
  controls: { kubeLinter: ["liveness-port", "readiness-port", "startup-port"] },
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: services,
  config: z.strictObject({}),

  *each(_, { resource }) {
    for (const [name, container] of containers(resource)) {
      if (container instanceof Unknown) yield [name, container];
      else
        for (const kind of Object.keys(kinds) as Kind[])
          yield [`${name}, ${kinds[kind]} probe`, { container, kind }];
    }
  },
  check({ container, kind }: { container: Container; kind: Kind }) {
    const probe = container.spec[kind];
    const action = probe?.httpGet ?? probe?.tcpSocket;
    if (!action) return notApplicable("asks on no port");
    if (action.host) return notApplicable("asks another host");
    const { port } = action;
    if (Number(port) > 0) return numbers(container, Number(port));
    return typeof port === "string" && port !== "" ? named(container, port) : undefined;
  },

  examples: {
    good: [
      { title: "A port by number", resources: [asking(8080, [{ containerPort: 8080 }])] },
      { title: "A port by name", resources: [asking("http", [{ name: "http", containerPort: 8080 }])] },
      { title: "Ports need not be written down", resources: [asking(8080)] },
      {
        title: "The port of a neighbour in the pod",
        resources: [
          deployment("api", {
            containers: [
              container("api", {
                livenessProbe: { tcpSocket: { port: 15021 } },
                ports: [{ containerPort: 80 }],
              }),
              container("proxy", { ports: [{ containerPort: 15021 }] }),
            ],
          }),
        ],
      },
    ],
    bad: [
      { title: "Another port", resources: [asking(8080, [{ containerPort: 3000 }])] },
      {
        title: "A name that no port has",
        resources: [asking("http", [{ name: "web", containerPort: 8080 }])],
      },
      { title: "A name, and no ports", resources: [asking("http")] },
    ],
  },
});

type Port = NonNullable<ContainerSpec["ports"]>[number];

const isKnown = <T>(value: T | Unknown): value is T => !(value instanceof Unknown);

function named({ spec }: Container, name: string): string | undefined {
  const ports = items(spec.ports).map((port) => (isKnown(port) ? peek((port ?? {}) as Port, "name") : port));
  if (ports.includes(name)) return undefined;
  const open = ports.find((port) => !isKnown(port));
  if (open instanceof Unknown) throw open;
  return `asks on the port ${name}, which the container does not have`;
}

/** Containers of a pod share their ports, and need not write them down: only other ones tell of a mistake. */
function numbers({ spec, pod }: Container, number: number): string | undefined {
  if (items(spec.ports).length === 0) return undefined;
  const all = [...containersOf(pod)].flatMap(([, c]): (Port | Unknown)[] => {
    if (!isKnown(c)) return [c];
    const ports = attempt(() => items(c.spec.ports));
    return isKnown(ports) ? ports : [ports];
  });
  const ports = all.map((port) => (isKnown(port) ? peek((port ?? {}) as Port, "containerPort") : port));
  if (ports.some((port) => isKnown(port) && Number(port) === number)) return undefined;
  const open = ports.find((port) => !isKnown(port));
  if (open instanceof Unknown) throw open;
  return `asks on port ${number}, which is none of the container's`;
}
