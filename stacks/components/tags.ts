/** What every resource of a system carries, for bills and for people. */
export type Tags = Record<string, string>;
