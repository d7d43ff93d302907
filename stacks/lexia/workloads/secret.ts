import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Variable } from "./pod";

/**
 * Secrets as environment variables. Secrets Manager keeps them; pods get them by a Secret of Kubernetes, which the
 * cluster encrypts with our key: so nothing in the cluster needs the right to read Secrets Manager. It has a new name
 * whenever a value changes, and the pods that use it are rolled over.
 */
export function secretVariables(
  name: string,
  namespace: pulumi.Input<string>,
  values: Record<string, pulumi.Input<string>>,
  opts: pulumi.CustomResourceOptions,
): Variable[] {
  const secret = new k8s.core.v1.Secret(
    name,
    { metadata: { namespace }, immutable: true, stringData: values },
    opts,
  );
  return Object.keys(values).map((key) => ({
    name: key,
    valueFrom: { secretKeyRef: { name: secret.metadata.name, key } },
  }));
}
