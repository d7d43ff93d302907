import { Alerts } from "./alerts";
import { App } from "./app";
import { Backups } from "./backups";
import { Edge } from "./edge";
import { Host } from "./host";
import { EncryptionKey } from "./key";
import { Network } from "./network";
import { settings } from "./settings";

const key = new EncryptionKey("studio");
const network = new Network("studio", { keyArn: key.arn });
const alerts = new Alerts("studio", {
  email: settings.alertEmail,
  monthlyBudget: settings.monthlyBudget,
  keyArn: key.arn,
});
const edge = new Edge("studio", {
  domain: settings.domain,
  zone: settings.zone,
  network,
  keyArn: key.arn,
  port: 8501,
  healthPath: "/_stcore/health",
});
const host = new Host("studio", {
  instanceType: settings.instanceType,
  sshPublicKey: settings.sshPublicKey,
  network,
  keyArn: key.arn,
});
edge.forwardTo(host.instance, host.securityGroup);

new App("studio", {
  image: settings.image,
  host,
  port: 8501,
  healthPath: "/_stcore/health",
  secretKey: settings.secretKey,
  adminPassword: settings.adminPassword,
  keyArn: key.arn,
});
new Backups("studio", {
  volumeArn: host.data.arn,
  keyArn: key.arn,
  topicArn: alerts.topicArn,
  elsewhere: settings.backupRegion,
});
alerts.watchHost(host.instance);
alerts.watchEdge(edge);

export const url = `https://${settings.domain}`;
