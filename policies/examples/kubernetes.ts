import type { ExampleResource } from "../example";
import type { ContainerSpec, Metadata, PodSpec } from "../reading/workload";
import type { Props, Token } from "../resources";

/** Manifests for examples, with what a rule does not ask about already written. */

interface More<T extends Token> {
  metadata?: Metadata;
  spec?: Partial<NonNullable<(Props<T> & { spec?: object })["spec"]>>;
}

const beside = (name: string, { metadata }: { metadata?: Metadata }) => ({
  ...(metadata && { metadata }),
  labels: { matchLabels: { app: name } },
  template: (spec: PodSpec) => ({ metadata: { labels: { app: name } }, spec }),
});

export function deployment(
  name: string,
  spec: PodSpec,
  more: More<"kubernetes:apps/v1:Deployment"> = {},
): ExampleResource {
  const { labels, template, ...rest } = beside(name, more);
  return {
    type: "kubernetes:apps/v1:Deployment",
    name,
    props: { ...rest, spec: { selector: labels, template: template(spec), ...more.spec } },
  };
}

export function statefulSet(
  name: string,
  spec: PodSpec,
  more: More<"kubernetes:apps/v1:StatefulSet"> = {},
): ExampleResource {
  const { labels, template, ...rest } = beside(name, more);
  return {
    type: "kubernetes:apps/v1:StatefulSet",
    name,
    props: { ...rest, spec: { serviceName: name, selector: labels, template: template(spec), ...more.spec } },
  };
}

export function daemonSet(
  name: string,
  spec: PodSpec,
  more: More<"kubernetes:apps/v1:DaemonSet"> = {},
): ExampleResource {
  const { labels, template, ...rest } = beside(name, more);
  return {
    type: "kubernetes:apps/v1:DaemonSet",
    name,
    props: { ...rest, spec: { selector: labels, template: template(spec), ...more.spec } },
  };
}

export function cronJob(
  name: string,
  spec: PodSpec,
  more: More<"kubernetes:batch/v1:CronJob"> = {},
): ExampleResource {
  const { labels: _, template, ...rest } = beside(name, more);
  return {
    type: "kubernetes:batch/v1:CronJob",
    name,
    props: {
      ...rest,
      spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: template(spec) } }, ...more.spec },
    },
  };
}

export const job = (name: string, spec: PodSpec, metadata?: Metadata): ExampleResource => ({
  type: "kubernetes:batch/v1:Job",
  name,
  props: { ...(metadata && { metadata }), spec: { template: { spec } } },
});

export const pod = (name: string, spec: PodSpec, metadata?: Metadata): ExampleResource => ({
  type: "kubernetes:core/v1:Pod",
  name,
  props: { metadata: { labels: { app: name }, ...metadata }, spec: given(spec) },
});

/** One container, with the fields in question. */
export const container = (name: string, fields: Partial<ContainerSpec> = {}): ContainerSpec => ({
  name,
  image: `registry.example.com/${name}:1.4.2`,
  ...given(fields),
});

/** Without what was left open. */
const given = <T>(value: T): T => JSON.parse(JSON.stringify(value));

export const autoscaler = (
  name: string,
  spec: Partial<NonNullable<Props<"kubernetes:autoscaling/v2:HorizontalPodAutoscaler">["spec"]>>,
  metadata?: Metadata,
): ExampleResource => ({
  type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  name,
  props: {
    ...(metadata && { metadata }),
    spec: { scaleTargetRef: { kind: "Deployment", name: "api" }, maxReplicas: 10, ...spec },
  },
});
