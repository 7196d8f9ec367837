/** What is fetched when a graph is edited: one chunk that no other page loads. */
export { default as AddPanel } from './AddPanel.svelte';
export { default as Bench } from './Bench.svelte';
export { default as KeysHelp } from './KeysHelp.svelte';
export { default as Layer } from './Layer.svelte';
export { default as Library } from './Library.svelte';
