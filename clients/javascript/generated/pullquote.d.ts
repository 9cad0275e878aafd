export * from "./index.js";
export { createClient } from "./client/index.js";
export { client } from "./client.gen.js";
