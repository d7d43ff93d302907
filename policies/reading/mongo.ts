import { notApplicable, type Verdict } from "../rule";
import { text, Unknown } from "../value";
import { runsServer } from "./dataStore";
import { image } from "./image";
import type { Running, Word } from "./running";

const servers = [
  "mongo",
  "mongodb",
  "mongodb-sharded",
  "mongodb-community-server",
  "mongodb-enterprise-server",
  "mongodb-atlas-local",
  "percona-server-mongodb",
];

/** Whether an image holds a MongoDB server. Exporters, dumps and web front ends do not. */
export const isMongoImage = (reference: unknown): boolean => servers.includes(image(reference)?.name ?? "");

/** Whether what something is called lets one expect MongoDB, where its image is not known. */
export const soundsLikeMongo = (...names: unknown[]): boolean =>
  names.some(
    (name) => /mongo/i.test(text(name) ?? "") && !/express|exporter|backup|dump|client/i.test(String(name)),
  );

/** Variables by which images make a first user, and with that ask everybody for a password. */
const users = [
  "MONGO_INITDB_ROOT_USERNAME",
  "MONGO_INITDB_ROOT_USERNAME_FILE",
  "MONGODB_INITDB_ROOT_USERNAME",
  "MONGODB_INITDB_ROOT_USERNAME_FILE",
  // Bitnami's
  "MONGODB_ROOT_PASSWORD",
  "MONGODB_ROOT_PASSWORD_FILE",
  "MONGODB_PASSWORD",
  "MONGODB_PASSWORD_FILE",
  "MONGODB_PASSWORDS",
  "MONGODB_INITIAL_PRIMARY_ROOT_PASSWORD",
  "MONGODB_REPLICA_SET_KEY",
];

/** Whether a MongoDB server knows who it talks to. */
export function authenticates({ words, env, moreEnv }: Running): Verdict {
  if (!runsServer(words)) return notApplicable("runs a client of MongoDB");
  const flags = [...words, ...extra(env)];
  const has = (name: string) =>
    flags.some((flag) => typeof flag === "string" && (flag === name || flag.startsWith(`${name}=`)));
  if (["--noauth", "--transitionToAuth"].some(has)) return open;
  // A key file between members implies that clients are asked, too.
  if (["--auth", "--keyFile", "--clusterAuthMode"].some(has)) return;
  const named = users.map((name) => env.get(name));
  if (named.some((value) => typeof value === "string" && value !== "")) return;
  const unknown =
    flags.find((flag) => flag instanceof Unknown) ?? named.find((v) => v instanceof Unknown) ?? moreEnv;
  if (unknown instanceof Unknown) throw unknown;
  if (["--config", "-f"].some(has)) return notApplicable("takes its settings from a file");
  return open;
}

const open = "lets everybody in who reaches it";

const extra = (env: ReadonlyMap<string, Word>): Word[] => {
  const flags = env.get("MONGODB_EXTRA_FLAGS");
  return typeof flags === "string" ? flags.split(/\s+/) : [];
};
