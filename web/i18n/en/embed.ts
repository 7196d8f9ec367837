export const embed = {
  reset: 'Reset',
  resetLong: 'Reset the figure to its first state',
  openFull: 'Open in full',
  openFullLong: 'Open this figure in Backprop Playground, in a new tab',
  /** After what went wrong, where no figure could be shown. */
  tellAuthor: 'Please tell whoever wrote this page. The figures that exist are in the full playground.',
};
