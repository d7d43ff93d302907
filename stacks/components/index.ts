// Building blocks that reference stacks share. What an argument leaves open, `transforms` in a component's options can change.
export { Alerts, type AlertsArgs, type Watch } from "./alerts";
export { Bucket, type BucketArgs, tidy } from "./bucket";
export { SharedFiles, type SharedFilesArgs } from "./files";
export { EncryptionKey, type EncryptionKeyArgs } from "./key";
export { Network, type NetworkArgs } from "./network";
export { Postgres, type PostgresArgs } from "./postgres";
export { Redis, type RedisArgs } from "./redis";
export { serviceRole } from "./role";
export { Secret, type SecretArgs } from "./secret";
export { Settings } from "./settings";
export type { Tags } from "./tags";
export { type Clients, openWay } from "./way";
