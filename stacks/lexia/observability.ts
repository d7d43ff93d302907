import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Alerts, Tags } from "pulumi-preflight/components";
import type { Cluster } from "./cluster";
import type { Data } from "./data";
import type { Edge } from "./edge";

interface ObservabilityArgs {
  clusterName: string;
  cluster: Cluster;
  data: Data;
  edge: Edge;
  alerts: Alerts;
  tags: Tags;
}

/** What is seen of the running system: the state of its nodes and GPUs, and one page with it all. */
export class Observability extends pulumi.ComponentResource {
  constructor(
    private readonly prefix: string,
    private readonly args: ObservabilityArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("lexia:index:Observability", prefix, {}, opts);
    this.watchNodes();
    this.dashboard();
    this.registerOutputs();
  }

  private watchNodes(): void {
    const { alerts, clusterName } = this.args;
    const nodes = { namespace: "ContainerInsights", dimensions: { ClusterName: clusterName } };
    const alarm = (what: string, metricName: string, threshold: number, statistic = "Average") =>
      alerts.alarm(
        `${this.prefix}-${what}`,
        { ...nodes, metricName, threshold, statistic },
        { parent: this },
      );
    alarm("nodes-cpu", "node_cpu_utilization", 80);
    alarm("nodes-memory", "node_memory_utilization", 85);
    alarm("nodes-disk", "node_filesystem_utilization", 85, "Maximum");
    alarm("nodes-failed", "cluster_failed_node_count", 0, "Maximum");
    // Models may take nine tenths of it; more means that the next request fails.
    alarm("gpu-memory", "node_gpu_memory_utilization", 95, "Maximum");
    alarm("gpu-heat", "node_gpu_temperature", 85, "Maximum");
  }

  private dashboard(): void {
    const { cluster, data, edge } = this.args;
    const region = aws.getRegionOutput({}, { parent: this }).region;
    const balancer = ["LoadBalancer", edge.balancer.arnSuffix];
    const database = ["DBInstanceIdentifier", data.database.instance.identifier];
    const cache = ["CacheClusterId", pulumi.interpolate`${data.cache.group.id}-001`];
    const nodes = ["ClusterName", cluster.name];
    const pictures: [string, pulumi.Input<string>[][]][] = [
      ["Requests", [["AWS/ApplicationELB", "RequestCount", ...balancer]]],
      ["Response time (s)", [["AWS/ApplicationELB", "TargetResponseTime", ...balancer]]],
      ["Errors", [["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", ...balancer]]],
      [
        "Nodes (%)",
        [
          ["ContainerInsights", "node_cpu_utilization", ...nodes],
          ["ContainerInsights", "node_memory_utilization", ...nodes],
          ["ContainerInsights", "node_filesystem_utilization", ...nodes],
        ],
      ],
      [
        "GPUs (%)",
        [
          ["ContainerInsights", "node_gpu_utilization", ...nodes],
          ["ContainerInsights", "node_gpu_memory_utilization", ...nodes],
        ],
      ],
      [
        "Database",
        [
          ["AWS/RDS", "CPUUtilization", ...database],
          ["AWS/RDS", "DatabaseConnections", ...database],
          ["AWS/RDS", "DatabaseConnectionsCurrentlySessionPinned", "ProxyName", data.database.proxy.name],
        ],
      ],
      [
        "Cache (%)",
        [
          ["AWS/ElastiCache", "EngineCPUUtilization", ...cache],
          ["AWS/ElastiCache", "DatabaseMemoryUsagePercentage", ...cache],
        ],
      ],
    ];
    new aws.cloudwatch.Dashboard(
      this.prefix,
      {
        dashboardName: this.args.clusterName,
        dashboardBody: pulumi.jsonStringify({
          widgets: pictures.map(([title, metrics], i) => ({
            type: "metric",
            x: (i % 3) * 8,
            y: Math.floor(i / 3) * 6,
            width: 8,
            height: 6,
            properties: { title, region, metrics, period: 60, stat: "Average" },
          })),
        }),
      },
      { parent: this },
    );
  }
}
