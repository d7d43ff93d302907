// Building blocks that reference stacks share. What an argument leaves open, `transforms` in a component's options can change.
export { Alerts, type AlertsArgs, type Watch } from "./alerts";
export { Backups, type BackupsArgs } from "./backups";
export { Bucket, type BucketArgs } from "./bucket";
export { Budget, type BudgetArgs } from "./budget";
export { Domain, type DomainArgs } from "./domain";
export { SharedFiles, type SharedFilesArgs } from "./files";
export { Firewall, type FirewallArgs } from "./firewall";
export { EncryptionKey, type EncryptionKeyArgs } from "./key";
export { Network, type NetworkArgs } from "./network";
export { Postgres, type PostgresArgs } from "./postgres";
export { Redis, type RedisArgs } from "./redis";
export { serviceRole } from "./role";
export { Secret, type SecretArgs } from "./secret";
export { Settings } from "./settings";
export type { Tags } from "./tags";
export { Uptime, type UptimeArgs } from "./uptime";
export { type Clients, openWay } from "./way";
