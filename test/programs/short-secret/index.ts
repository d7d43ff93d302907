import { Secret } from "../../../stacks/components";

new Secret("salt", { description: "Salt", keyArn: "arn:key", value: "hunter2" });
