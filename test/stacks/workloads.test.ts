import { job } from "../../stacks/lexia/workloads/job";
import { env, gpuPool, spread, systemPool } from "../../stacks/lexia/workloads/pod";
import { secretVariables } from "../../stacks/lexia/workloads/secret";
import { Service, type ServiceArgs } from "../../stacks/lexia/workloads/service";
import { ways } from "../../stacks/lexia/workloads/ways";
import { made } from "./made";

const namespace = "lexia";
const deployments = "apps/v1:Deployment";
const policies = "networking.k8s.io/v1:NetworkPolicy";

const service = (args: Partial<ServiceArgs> = {}) =>
  made(
    () =>
      new Service("api", {
        namespace,
        image: "api:1",
        port: 8000,
        cpu: ["500m", "2"],
        memory: ["1Gi", "2Gi"],
        pool: systemPool,
        pods: [2, 10],
        ...args,
      }),
  );
const deployment = async (args: Partial<ServiceArgs> = {}) => (await service(args)).inputs(deployments);
/** The first container of a workload, and what is around it. */
const podOf = ({ spec }: Record<string, unknown>) =>
  (spec as { template: { spec: { containers: Record<string, unknown>[] } } }).template.spec;

describe("ways", () => {
  const policy = async (args: Omit<Parameters<typeof ways>[1], "namespace">) =>
    (await made(() => ways("api", { namespace, ...args }, {}))).inputs(policies).spec;
  const names = { ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })) };

  test("who has nobody to speak to neither hears nor says anything", async () => {
    expect(await policy({})).toEqual({
      podSelector: { matchLabels: { app: "api" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [],
      egress: [],
    });
  });

  test("apps are named by their label, others by their addresses, each with its own port", async () => {
    const from = [
      { app: "proxy", port: 8000 },
      { cidr: "10.20.0.0/16", port: 8080 },
    ];
    expect(await policy({ from })).toMatchObject({
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { app: "proxy" } } }],
          ports: [{ protocol: "TCP", port: 8000 }],
        },
        { from: [{ ipBlock: { cidr: "10.20.0.0/16" } }], ports: [{ protocol: "TCP", port: 8080 }] },
      ],
      egress: [],
    });
  });

  test("who may call somebody may ask for their address, too", async () => {
    expect(await policy({ to: [{ app: "llm", port: 8000 }] })).toMatchObject({
      egress: [names, { to: [{ podSelector: { matchLabels: { app: "llm" } } }], ports: [{ port: 8000 }] }],
    });
  });
});

describe("Service", () => {
  test("an update adds a pod first; with a GPU, one goes first", async () => {
    const strategy = async (args: Partial<ServiceArgs>) =>
      ((await deployment(args)).spec as { strategy: { rollingUpdate: unknown } }).strategy.rollingUpdate;
    expect(await strategy({})).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    expect(await strategy({ gpus: 1 })).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  });

  test("a GPU is asked for and limited alike", async () => {
    const [container] = podOf(await deployment({ gpus: 2, pool: gpuPool })).containers;
    expect(container?.resources).toEqual({
      requests: { cpu: "500m", memory: "1Gi", "nvidia.com/gpu": "2" },
      limits: { cpu: "2", memory: "2Gi", "nvidia.com/gpu": "2" },
    });
  });

  test("who takes long to start is given the time, and asked where it says", async () => {
    const [container] = podOf(await deployment({ startSeconds: 900, healthPath: "/up" })).containers;
    const httpGet = { path: "/up", port: "http" };
    expect(container).toMatchObject({
      startupProbe: { httpGet, periodSeconds: 5, failureThreshold: 180 },
      readinessProbe: { httpGet },
      livenessProbe: { httpGet },
    });
  });

  test("it is called inside the cluster, from outside, or not at all", async () => {
    const specs = async (args: Partial<ServiceArgs>) =>
      (await service(args)).of("core/v1:Service").map(({ inputs }) => inputs.spec);
    expect(await specs({})).toMatchObject([{ type: "ClusterIP", ports: [{ port: 8000 }] }]);
    expect(await specs({ nodePort: 30080 })).toMatchObject([
      { type: "NodePort", ports: [{ nodePort: 30080 }] },
    ]);
    expect(await specs({ hidden: true })).toEqual([]);
  });

  test("it scales by CPU, and by memory where that follows the load", async () => {
    const scaler = async (args: Partial<ServiceArgs>) => {
      const resources = await service(args);
      return resources.inputs("autoscaling/v2:HorizontalPodAutoscaler").spec;
    };
    const resource = (name: string) => ({ resource: { name } });
    expect(await scaler({})).toMatchObject({ minReplicas: 2, maxReplicas: 10, metrics: [resource("cpu")] });
    expect(await scaler({ scaleByMemory: true })).toMatchObject({
      metrics: [resource("cpu"), resource("memory")],
    });
  });

  test("what it mounts comes besides its scratch space", async () => {
    const pod = podOf(
      await deployment({
        scratchSize: "2Gi",
        volumes: [{ name: "models" }],
        mounts: [{ name: "models", mountPath: "/models" }],
      }),
    );
    expect(pod).toMatchObject({
      volumes: [{ name: "tmp", emptyDir: { sizeLimit: "2Gi" } }, { name: "models" }],
      containers: [{ volumeMounts: [{ mountPath: "/tmp" }, { mountPath: "/models" }] }],
    });
  });
});

test("a job that takes too long has failed, and is gone a day later", async () => {
  const args = {
    namespace,
    image: "api:1",
    command: ["migrate"],
    env: [],
    memory: "512Mi",
    minutes: 15,
    to: [],
  };
  const resources = await made(() => job("migration", args, {}));
  expect(resources.inputs("batch/v1:Job").spec).toMatchObject({
    activeDeadlineSeconds: 900,
    ttlSecondsAfterFinished: 86_400,
    template: { spec: { restartPolicy: "Never", serviceAccountName: "migration" } },
  });
  expect(resources.names(policies)).toEqual(["migration"]);
});

test("secrets are environment variables that only name where they are", async () => {
  let variables: unknown;
  const resources = await made(() => {
    variables = secretVariables("app", namespace, { API_KEY: "hunter2", TOKEN: "hunter3" }, {}).map(
      (v) => v.name,
    );
  });
  expect(variables).toEqual(["API_KEY", "TOKEN"]);
  expect(resources.inputs("core/v1:Secret")).toMatchObject({
    immutable: true,
    stringData: { API_KEY: "hunter2", TOKEN: "hunter3" },
  });
});

test("equal pods avoid the same zone and the same node", () => {
  expect(spread("api")).toMatchObject([
    { topologyKey: "topology.kubernetes.io/zone", labelSelector: { matchLabels: { app: "api" } } },
    { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { app: "api" } } },
  ]);
});

test("variables are listed as Kubernetes lists them", () => {
  expect(env({ A: "1", B: "2" })).toEqual([
    { name: "A", value: "1" },
    { name: "B", value: "2" },
  ]);
});
