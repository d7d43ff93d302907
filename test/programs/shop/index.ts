import { Settings } from "../../../stacks/components/settings";

const config = new Settings();
export const secretKey = config.secret("secretKey", { what: "SECRET_KEY", length: 32 });
export const password = config.secret("password", {
  what: "letters and digits",
  length: 16,
  pattern: /^\w+$/,
});
config.check();
