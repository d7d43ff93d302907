import { tagsOf } from "../../policies/reading/tags";
import { type Registration, type Resource, Stack } from "../../policies/stack";
import { Unknown } from "../../policies/value";
import { unknown } from "../support/examples";

const table = (inputs: Registration["inputs"], provider?: Registration["provider"]): Resource =>
  new Stack([
    { urn: "urn", type: "aws:dynamodb/table:Table", name: "it", inputs, ...(provider && { provider }) },
  ]).resources[0] as Resource;

test("its own tags stand over its provider's", () => {
  const provider = { defaultTags: { tags: { team: "all", env: "live" } } };
  expect(tagsOf(table({ tags: { team: "orders" } }, provider))).toEqual({ team: "orders", env: "live" });
  expect(tagsOf(table({}, { defaultTags: '{"tags":{"env":"live"}}' }))).toEqual({ env: "live" });
  expect(tagsOf(table({ tagsAll: { env: "live" } }))).toEqual({ env: "live" });
});

test("one that is not known yet is marked, what is no tag is none", () => {
  expect(tagsOf(table({ tags: { team: unknown } })).team).toBeInstanceOf(Unknown);
  expect(tagsOf(table({ tags: { team: 7, env: null } }))).toEqual({});
  expect(tagsOf(table({ tags: "none" }, { defaultTags: "{" }))).toEqual({});
});
