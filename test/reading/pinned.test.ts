import { unpinned } from "../../policies/reading/pinned";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each(["redis:7.2", "registry:5000/api:1", `api@${digest}`, `api:latest@${digest}`, digest])(
  "%s is pinned",
  (image) => expect(unpinned(image, ["latest"])).toBeUndefined(),
);
test.each(["redis", "registry:5000/api", "redis:", "redis:latest", "redis:edge"])("%s is not", (image) =>
  expect(unpinned(image, ["latest", "edge"])).toContain(image),
);
