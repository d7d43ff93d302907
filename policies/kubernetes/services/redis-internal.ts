import { z } from "zod";
import { ref } from "../../example";
import { soundsLikeRedis } from "../../reading/redis";
import { notApplicable, rule } from "../../rule";
import { items, list, peek, text, Unknown } from "../../value";

const services = "kubernetes:core/v1:Service";
const serviceLists = "kubernetes:core/v1:ServiceList";

/** What the clouds read to keep a load balancer inside the network. */
const internal: Record<string, RegExp> = {
  "service.beta.kubernetes.io/aws-load-balancer-scheme": /^internal$/i,
  "service.beta.kubernetes.io/aws-load-balancer-internal": /^(?:true|0\.0\.0\.0\/0)$/i,
  "networking.gke.io/load-balancer-type": /^internal$/i,
  "cloud.google.com/load-balancer-type": /^internal$/i,
  "service.beta.kubernetes.io/azure-load-balancer-internal": /^true$/i,
};

export default rule({
  id: "kubernetes-services-redis-internal",
  title: "A Service for Redis is reached from inside the cluster only.",
  severity: "critical",
  why: "Redis is made for trusted networks: one that the Internet reaches is found within hours, emptied or taken over.",
  fix: 'Leave the Service at `type: "ClusterIP"`, without `externalIPs`.',
  links: [
    "https://redis.io/docs/latest/operate/oss_and_stack/management/security/",
    "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
  ],
  checklists: ["lexia", "praviel"],

  on: [services, serviceLists],
  config: z.strictObject({}),

  *each(_, { resource }) {
    if (resource.type === services) yield ["", { service: resource.props as Service, called: resource.name }];
    else {
      for (const [i, item] of items(resource.props.items as Service[]).entries()) {
        const part =
          item instanceof Unknown ? item : { service: item, called: text(item?.metadata?.name) ?? "" };
        yield [`item ${i + 1}`, part];
      }
    }
  },
  check({ service, called }: { service: Service; called: string }) {
    const spec = service?.spec ?? {};
    if (!isForRedis(service, called)) return notApplicable("is not for Redis");
    if (list(spec.externalIPs).length > 0) return "is reached from outside, by `externalIPs`";
    const type = text(spec.type) || "ClusterIP";
    if (type === "NodePort") return "is reached on every node of the cluster (`NodePort`)";
    if (type !== "LoadBalancer") return;
    const annotations = service?.metadata?.annotations ?? {};
    const isInternal = Object.entries(internal).some(([name, value]) =>
      value.test(text(annotations[name]) ?? ""),
    );
    return isInternal ? undefined : "is reached from outside the cluster (`LoadBalancer`)";
  },

  examples: {
    good: [
      {
        title: "Inside the cluster, said and not said",
        resources: [
          {
            type: services,
            name: "redis",
            props: { spec: { type: "ClusterIP", selector: { app: "redis" }, ports: [{ port: 6379 }] } },
          },
          { type: services, name: "cache", props: { spec: { ports: [{ port: 6379 }] } } },
        ],
      },
      {
        title: "A load balancer inside the network",
        resources: [
          {
            type: services,
            name: "redis",
            props: {
              metadata: {
                annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
              },
              spec: { type: "LoadBalancer", ports: [{ port: 6379 }] },
            },
          },
        ],
      },
      {
        title: "For something else",
        resources: [
          { type: services, name: "web", props: { spec: { type: "LoadBalancer", ports: [{ port: 443 }] } } },
        ],
      },
    ],
    bad: [
      {
        title: "A load balancer",
        resources: [
          {
            type: services,
            name: "cache",
            props: { spec: { type: "LoadBalancer", ports: [{ port: 6379 }] } },
          },
        ],
      },
      {
        title: "A port of every node, under another number",
        resources: [
          {
            type: services,
            name: "store",
            props: {
              spec: {
                type: "NodePort",
                selector: { app: "redis" },
                ports: [{ port: 16379, targetPort: 7000 }],
              },
            },
          },
        ],
      },
      {
        title: "Addresses from outside, in a list",
        resources: [
          {
            type: serviceLists,
            name: "all",
            props: {
              items: [
                {
                  metadata: { name: "valkey" },
                  spec: { externalIPs: ["203.0.113.7"], ports: [{ port: 6379 }] },
                },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A type from outside the stack",
        resources: [
          {
            type: services,
            name: "redis",
            props: { spec: { type: ref<"ClusterIP">("elsewhere", "type"), ports: [{ port: 6379 }] } },
          },
        ],
      },
    ],
  },
});

interface Service {
  metadata?: { name?: string; annotations?: Record<string, string> };
  spec?: {
    type?: string;
    externalIPs?: readonly string[];
    selector?: Record<string, string>;
    ports?: readonly { name?: string; port?: number; targetPort?: number | string }[];
  };
}

function isForRedis(service: Service, called: string): boolean {
  const spec = peek(service ?? {}, "spec");
  if (spec instanceof Unknown) throw spec;
  const ports = peek(spec ?? {}, "ports");
  for (const port of ports instanceof Unknown ? [] : items(ports)) {
    if (port instanceof Unknown || typeof port !== "object" || port === null) continue;
    const [number, target] = [peek(port, "port"), peek(port, "targetPort")];
    if (Number(number) === 6379 || Number(target) === 6379 || soundsLikeRedis(target)) return true;
  }
  const selector = peek(spec ?? {}, "selector");
  const chosen =
    selector instanceof Unknown || !selector ? [] : Object.keys(selector).map((k) => peek(selector, k));
  return soundsLikeRedis(called, ...chosen);
}
