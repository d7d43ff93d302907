import type { Token } from "./resources";

/** The properties by which other resources call one of a type, beside its id and ARN, where it isn't `name`. */
export const names: { [T in Token]?: readonly string[] } = {
  "aws:s3/bucket:Bucket": ["bucket", "bucketDomainName", "bucketRegionalDomainName"],
  "aws:s3/bucketV2:BucketV2": ["bucket", "bucketDomainName", "bucketRegionalDomainName"],
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": ["alarmName"],
  "aws:rds/instance:Instance": ["identifier"],
  "aws:rds/cluster:Cluster": ["clusterIdentifier"],
  "aws:rds/clusterInstance:ClusterInstance": ["identifier"],
  "aws:docdb/cluster:Cluster": ["clusterIdentifier"],
  "aws:docdb/clusterInstance:ClusterInstance": ["identifier"],
  "aws:neptune/cluster:Cluster": ["clusterIdentifier"],
  "aws:neptune/clusterInstance:ClusterInstance": ["identifier"],
  "aws:redshift/cluster:Cluster": ["clusterIdentifier"],
  "aws:elasticache/cluster:Cluster": ["clusterId"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["replicationGroupId"],
  "aws:ecs/taskDefinition:TaskDefinition": ["family", "arnWithoutRevision"],
  "docker:index/remoteImage:RemoteImage": ["name", "imageId", "repoDigest"],
};
