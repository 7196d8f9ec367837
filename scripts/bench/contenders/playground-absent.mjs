/** In the place of nn.ts where it was not given: playground.mjs finds nothing in it. */
export {};
