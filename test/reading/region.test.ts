import { homeOf, isElsewhere } from "../../policies/reading/region";
import { type Registration, type Resource, Stack } from "../../policies/stack";

const vault = (inputs: Registration["inputs"], provider?: Registration["provider"]): Resource =>
  new Stack([
    { urn: "urn", type: "aws:backup/vault:Vault", name: "it", inputs, ...(provider && { provider }) },
  ]).resources[0] as Resource;

test("a home is known by the resource, its ARN or its provider", () => {
  const arn = "arn:aws:backup:eu-west-3:123456789012:backup-vault:it";
  expect(homeOf(vault({ arn }))).toEqual({ region: "eu-west-3", account: "123456789012" });
  expect(homeOf(vault({ region: "eu-north-1" }, { region: "eu-west-1" })).region).toBe("eu-north-1");
  expect(homeOf(vault({}, { region: "eu-west-1", allowedAccountIds: ["111111111111"] }))).toEqual({
    region: "eu-west-1",
    account: "111111111111",
  });
  const assumeRoles = [{ roleArn: "arn:aws:iam::222222222222:role/backup" }];
  expect(homeOf(vault({}, { assumeRoles })).account).toBe("222222222222");
  expect(homeOf(vault({}, { assumeRoles: JSON.stringify(assumeRoles) })).account).toBe("222222222222");
  expect(homeOf(vault({}))).toEqual({ region: undefined, account: undefined });
});

test("what differs for certain is elsewhere, what is not known may be", () => {
  const here = { region: "eu-west-3", account: "1" };
  expect(isElsewhere(here, { region: "eu-west-1", account: undefined })).toBe(true);
  expect(isElsewhere(here, { region: "eu-west-3", account: "2" })).toBe(true);
  expect(isElsewhere(here, here)).toBe(false);
  expect(isElsewhere(here, { region: "eu-west-3", account: undefined })).toBeUndefined();
});
