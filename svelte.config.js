/** Read by Vite, svelte-check and the editor. Warnings are errors: most of them are about access for everyone. */
export default {
  compilerOptions: { runes: true },
};
