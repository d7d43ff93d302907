import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const database = config.requireSecretObject<{ host: string; ports: number[]; password: string }>("database");

new aws.rds.Instance("database", {
  instanceClass: "db.t4g.micro",
  allocatedStorage: config.requireNumber("size"),
  username: config.require("kept"),
  publiclyAccessible: config.requireBoolean("flag"),
  password: config.requireSecret("password"),
  identifier: database.host,
  port: database.ports[1],
  kmsKeyId: pulumi.interpolate`${database.password}`,
});
