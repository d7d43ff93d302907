import { image } from "../../policies/reading/image";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each([
  ["redis", {}, "redis"],
  ["redis:7.2", { tag: "7.2" }, "redis"],
  ["bitnami/redis:latest", { tag: "latest" }, "bitnami/redis"],
  ["localhost/api", { registry: "localhost" }, "api"],
  ["registry:5000/api", { registry: "registry:5000" }, "api"],
  ["registry:5000/team/api:1.4", { registry: "registry:5000", tag: "1.4" }, "team/api"],
  [`ghcr.io/team/api:1.4@${digest}`, { registry: "ghcr.io", tag: "1.4", digest }, "team/api"],
  [`ghcr.io/team/api@${digest}`, { registry: "ghcr.io", digest }, "team/api"],
  ["redis:", {}, "redis"],
])(
  "%s",
  (reference, {
    registry,
    tag,
    digest,
  }: { registry?: string; tag?: string; digest?: string }, repository) => {
    const name = repository.split("/").at(-1);
    expect(image(reference)).toEqual({ registry, repository, name, tag, digest });
  },
);

test.each([digest, digest.slice(7)])("the id of an image, %s, is a digest", (id) =>
  expect(image(id)).toMatchObject({ digest: id, name: "" }),
);

test.each(["", "a b", ":latest", "team/", null, 5, {}])("%j is no image", (value) =>
  expect(image(value)).toBeUndefined(),
);
