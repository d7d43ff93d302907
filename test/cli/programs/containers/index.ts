/** Kubernetes by objects, by manifests and by lists of them; Docker by containers and services. */
import * as docker from "@pulumi/docker";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const token = pulumi.secret("pl4in-secret-token");
const space = new kubernetes.core.v1.Namespace("space");
const labels = { app: "api" };
const image = new docker.RemoteImage("image", { name: "nginx" });

new kubernetes.apps.v1.Deployment(
  "api",
  {
    metadata: { namespace: space.metadata.name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name: "api", image: "nginx", env: [{ name: "API_TOKEN", value: "pl4in-literal-value" }] },
            { name: "side", image: image.repoDigest, env: [{ name: "API_TOKEN", value: token }] },
          ],
          initContainers: pulumi.output([{ name: "init", image: "busybox:latest" }]),
        },
      },
    },
  },
  { ignoreChanges: ["spec.replicas"] },
);
new kubernetes.core.v1.Secret("secret", { stringData: { token } });
new kubernetes.core.v1.ConfigMap("settings", {
  metadata: { namespace: space.metadata.name },
  data: { DATABASE_PASSWORD: "hunter2-in-plain-text", url: space.id },
});
new kubernetes.yaml.ConfigFile("manifests", {
  file: "manifests.yaml",
  transformations: [
    (object) => {
      if (object.kind === "Pod") object.metadata.namespace = "tools";
    },
  ],
});
new kubernetes.yaml.ConfigGroup("group", {
  yaml: ["apiVersion: v1\nkind: Namespace\nmetadata: { name: tools }\n"],
});
new kubernetes.apiextensions.CustomResource("custom", {
  apiVersion: "example.com/v1",
  kind: "Thing",
  spec: { token },
});

const network = new docker.Network("network");
new docker.Container("web", {
  image: image.imageId,
  envs: [pulumi.interpolate`API_TOKEN=${token}`, "DB_PASSWORD=hunter2-in-plain-text"],
  ports: [{ internal: 80, external: 80 }],
  networksAdvanced: [{ name: network.name }],
  mounts: [{ type: "bind", source: "/var/run/docker.sock", target: "/var/run/docker.sock" }],
});
new docker.Container("sound", {
  image: "nginx:1.27.3",
  restart: "always",
  memory: image.id.apply(() => 512),
  privileged: image.id.apply(() => false),
});
